"""
What: an entry's arXiv identifier leads nowhere or lacks, and several papers may be meant.

Why: papers share titles, and authors call a sequel nearly as the first part. Which
one it is takes a look that no rule has.

Example:

    _publications/a.md:2:8: I IDN221 2 papers may be meant

Applicability: no fix; the candidates are shown.

Source: arXiv's records; title and authors compared as `matching` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import (
    SHOWN,
    claims,
    is_unknown,
    judged_reading,
    sought_for,
    sought_instead,
    understood,
)
from enrich.matching import Verdict
from enrich.models import Finding, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim, Judged, Sought
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    stated = claims(entry, evidence, context.today)
    for claim in stated:
        sought = _meant(entry, claim, evidence, context)
        if sought and sought.several:
            yield _finding(entry, claim, sought)
    # A search is asked for by the rule that proposes what it finds; alone this one asks none.
    if not stated and "IDN220" in context.selected:
        sought = sought_for(entry, evidence, context.today)
        if sought and sought.several:
            yield _finding(entry, None, sought)


def _meant(entry: Entry, claim: Claim, evidence: Evidence, context: Context) -> Sought | None:
    """What is known where *claim* leads nowhere; None where it leads somewhere, or that isn't known yet."""
    if claim.reading is None:
        return understood(entry, claim, evidence, context.today)
    judged = judged_reading(entry, claim, evidence)
    if judged is None:
        return None
    is_other = judged.match is not None and judged.match.verdict is Verdict.DIFFERENT
    if not is_other and not is_unknown(judged):
        return None
    return sought_instead(entry, claim, evidence, context.today)


def _finding(entry: Entry, claim: Claim | None, sought: Sought) -> Finding:
    papers = list({one.query: one for one in sought.several}.values())
    title = entry.title
    count = f"{len(papers)} papers" if len(papers) > 1 else "1 paper"
    return Finding(
        "IDN221",
        f"{count} may be meant",
        claim.span if claim else title.span if title else None,
        part=claim.part if claim else None,
        field=claim.field if claim else format_path(title.path) if title else "",
        url=claim.text if claim and claim.is_link else None,
        because=tuple(dict.fromkeys(one.answer for one in papers)),
        evidence=tuple(map(_shown, papers[:SHOWN])),
        help="left for a person",
    )


def _shown(paper: Judged) -> str:
    record = paper.record
    names = ", ".join(record.authors[:3]) if record else ""
    more = ", …" if record and len(record.authors) > 3 else ""
    return f"{paper.name} by {names}{more}"


RULE = Rule("IDN221", "ambiguous-identifier", Severity.INFO, check, __doc__)
