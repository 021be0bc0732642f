"""
What: an arXiv identifier breaks the scheme it is meant to follow.

Why: the link is dead, and tools that read identifiers pass the entry by. One
catalogue held `hf2410.21276` in 1,644 of 4,722 entries.

Example:

    - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
    + {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}

Applicability: safe when arXiv has the repaired identifier and its title and
authors are the entry's. To review when the title was changed but authors agree.
Left for a person when nothing, or more than one paper, fits.

Source: https://info.arxiv.org/help/arxiv_identifier.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking
from enrich.identifiers import arxiv_span, read_arxiv_id
from enrich.identity import claims, judged_repairs, only_verified
from enrich.models import Failure, Fault, Finding, Role, Severity
from enrich.rule import Rule
from enrich.text import Edit, Span, splice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identifiers import ArxivId, Candidate
    from enrich.identity import Claim, Judged
    from enrich.models import Entry, Fix
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for claim in claims(entry, evidence, context.today):
        if not _is_malformed(claim):
            continue
        repairs = judged_repairs(entry, claim, evidence)
        if repairs is not None:
            yield _finding(claim, repairs, context)
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


def _finding(claim: Claim, repairs: tuple[Judged, ...], context: Context) -> Finding:
    best = only_verified(repairs) or _only_alike(repairs)
    part = _part(claim)
    return Finding(
        "IDN201",
        f"`{part.of(claim.text)}` is not an arXiv identifier",
        claim.span,
        part=part,
        field=claim.field,
        url=claim.text if claim.is_link else None,
        because=tuple(repair.answer for repair in ([best] if best else repairs)),
        evidence=_evidence(best) if best else (),
        help="" if best else _why_not(repairs),
        fix=_fix(claim, best.candidate, best, context) if best and best.candidate else None,
    )


def _part(claim: Claim) -> Span:
    if claim.candidates:
        return claim.candidates[0].span
    return arxiv_span(claim.text) or Span(0, len(claim.text))


def _only_alike(repairs: tuple[Judged, ...]) -> Judged | None:
    """The one paper that may well be meant; none where verified ones contradict each other."""
    if any(repair.is_verified for repair in repairs):
        return None
    alike = [repair for repair in repairs if repair.is_alike]
    return alike[0] if len({repair.query for repair in alike}) == 1 else None


def _evidence(best: Judged) -> tuple[str, ...]:
    record, match = best.record, best.match
    return (f"arXiv {best.query.id} “{record.title}”", *match.evidence) if record and match else ()


def _fix(claim: Claim, candidate: Candidate, best: Judged, context: Context) -> Fix:
    return best.fix(
        candidate.title, claim.path, claim.text, repaired(claim, candidate.arxiv, context), source="arxiv"
    )


def repaired(claim: Claim, arxiv: ArxivId, context: Context) -> str:
    """The text with the identifier put right in place; arXiv's own address where that isn't enough."""
    if not claim.is_link:
        return str(arxiv)
    in_place = splice(claim.text, [Edit(_part(claim), str(arxiv))])
    reading = read_arxiv_id(in_place, today=context.today)
    return in_place if reading and reading.is_address and reading.arxiv == arxiv else arxiv.url


def _why_not(repairs: tuple[Judged, ...]) -> str:
    if any(repair.is_verified for repair in repairs):
        return "several papers fit; left for a person"
    if any(isinstance(repair.answer.outcome, Failure) for repair in repairs):
        return "arXiv could not be asked about the likely repairs"
    if any(repair.record for repair in repairs):
        return "no paper with a similar identifier has this title and these authors; left for a person"
    return "arXiv has no paper under any likely repair; left for a person"


RULE = Rule("IDN201", "malformed-arxiv-id", Severity.ERROR, check, __doc__)
