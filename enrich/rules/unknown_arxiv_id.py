"""
What: an arXiv identifier is well formed, but arXiv has no such paper.

Why: the link leads nowhere. A digit was mistyped, or the identifier was made up.

Example:

    _publications/a.md:7:47: E IDN202 arXiv has no paper 2410.99999

Applicability: to review where one paper has this title and these authors, and is
named elsewhere in the entry, has an identifier that is a slip away, or is found
by arXiv's search. Which digit is wrong can't be told from the identifier alone:
more than half of all one-digit slips are another real paper.

Source: https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.identifiers import read_arxiv_id
from enrich.identity import claims, is_unknown, judged_reading, sought_instead
from enrich.models import Fault, Finding, Role, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim, Judged, Sought
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    claimed = set()
    for claim in claims(entry, evidence, context.today):
        claimed.add(claim.path)
        judged = judged_reading(entry, claim, evidence)
        if claim.reading and judged and is_unknown(judged):
            sought = sought_instead(entry, claim, evidence, context.today)
            if sought is not None:
                yield _finding(claim, judged, sought, context)
    yield from _other_links(entry, evidence, context, claimed)


def _finding(claim: Claim, judged: Judged, sought: Sought, context: Context) -> Finding:
    best = sought.best
    return Finding(
        "IDN202",
        f"arXiv has no paper {judged.query.id}",
        claim.span,
        part=claim.part,
        field=claim.field,
        url=claim.text if claim.is_link else None,
        because=(judged.answer, best.answer) if best else (judged.answer,),
        evidence=(best.name, *best.evidence) if best else (),
        fix=sought.fix(claim, context.today),
    )


def _other_links(
    entry: Entry, evidence: Evidence, context: Context, claimed: set[tuple[str | int, ...]]
) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        mentioned = use.link.role is Role.BODY or use.link.path not in claimed
        reading = read_arxiv_id(use.link.url, today=context.today)
        if mentioned and reading and use.answer and use.check.fault is Fault.UNKNOWN_ID:
            yield Finding(
                "IDN202",
                use.check.detail,
                use.link.span,
                part=None if use.link.role is Role.BODY else reading.span,
                field=use.link.field,
                url=use.link.url,
                because=(use.answer,),
            )


RULE = Rule("IDN202", "unknown-arxiv-id", Severity.ERROR, check, __doc__)
