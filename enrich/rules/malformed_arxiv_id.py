"""
What: an arXiv identifier breaks the scheme it is meant to follow.

Why: the link is dead, and tools that read identifiers pass the entry by. One
catalogue held `hf2410.21276` in 1,644 of 4,722 entries.

Example:

    - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
    + {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}

Applicability: safe when arXiv has the repaired identifier and its title and
authors are the entry's, or were in an older version. To review when the title was
changed but authors agree, when a digit had to be guessed, and when the paper was
found by its title. Left for a person when nothing, or more than one paper, fits.

Source: https://info.arxiv.org/help/arxiv_identifier.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking
from enrich.identifiers import arxiv_span
from enrich.identity import claims, judged_repairs, understood
from enrich.models import Failure, Fault, Finding, Role, Severity
from enrich.rule import Rule
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim, Judged, Sought
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for claim in claims(entry, evidence, context.today):
        if not _is_malformed(claim):
            continue
        repairs = judged_repairs(entry, claim, evidence)
        sought = understood(entry, claim, evidence, context.today)
        if repairs is not None and sought is not None:
            yield _finding(claim, repairs, sought, context)
    yield from _other_links(entry, evidence, context)


def _is_malformed(claim: Claim) -> bool:
    return claim.reading is None and (bool(claim.candidates) or claim.is_link)


def _other_links(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    """Links that claim nothing, such as those of the text: the identifier is dead, and stays as it is."""
    claimed = {claim.path for claim in claims(entry, evidence, context.today)}
    for use in checking.link_uses(entry, evidence, context):
        unread = use.check.fault is Fault.UNKNOWN_ID and use.answer is None
        if unread and (use.link.role is Role.BODY or use.link.path not in claimed):
            span = arxiv_span(use.link.url) or Span(0, len(use.link.url))
            finding = checking.link_finding(
                "IDN201", use, f"`{span.of(use.link.url)}` is not an arXiv identifier"
            )
            yield replace(finding, help="links in the text are not edited" if not use.link.path else "")


def _finding(claim: Claim, repairs: tuple[Judged, ...], sought: Sought, context: Context) -> Finding:
    best = sought.best
    return Finding(
        "IDN201",
        f"`{claim.part.of(claim.text)}` is not an arXiv identifier",
        claim.span,
        part=claim.part,
        field=claim.field,
        url=claim.text if claim.is_link else None,
        because=tuple(repair.answer for repair in ([best] if best else repairs)),
        evidence=(best.name, *best.evidence) if best else (),
        help="" if best else _why_not(repairs, sought),
        fix=sought.fix(claim, context.today, source="arxiv"),
    )


def _why_not(repairs: tuple[Judged, ...], sought: Sought) -> str:
    if sought.several:
        return "several papers may be meant; left for a person"
    if sought.failure or any(isinstance(repair.answer.outcome, Failure) for repair in repairs):
        return "arXiv could not be asked about the likely repairs"
    if any(repair.record for repair in repairs):
        return "no paper with a similar identifier has this title and these authors; left for a person"
    return "arXiv has no paper under any likely repair; left for a person"


RULE = Rule("IDN201", "malformed-arxiv-id", Severity.ERROR, check, __doc__)
