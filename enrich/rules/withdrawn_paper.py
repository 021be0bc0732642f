"""
What: the authors, or arXiv, have withdrawn the paper that an entry names.

Why: its results may be wrong, and readers of a catalogue take it for what it was.
Older versions stay readable, so the link works all the same.

Example:

    _publications/a.md:7:45: W IDN206 arXiv 0704.0001 was withdrawn

Applicability: no fix. Whether the entry stays is for a person.

Source: arXiv has no mark for it in its feed; the newest version's comment or
abstract says so in a sentence of its own (https://info.arxiv.org/help/withdraw.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import claims, identity, judged_reading
from enrich.models import Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim, Judged
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if known is None or known.record is None or not known.record.withdrawn:
        return
    claim = _claim_of(known, entry, evidence, context)
    yield Finding(
        "IDN206",
        f"arXiv {known.query.id} was withdrawn",
        claim.span if claim else None,
        part=claim.part if claim else None,
        field=claim.field if claim else "",
        url=claim.text if claim and claim.is_link else None,
        because=(known.answer,),
        evidence=tuple(filter(None, [known.record.comment])),
    )


def _claim_of(known: Judged, entry: Entry, evidence: Evidence, context: Context) -> Claim | None:
    """The first claim that reads as that paper; else the first, which was repaired to it."""
    stated = claims(entry, evidence, context.today)
    for claim in stated:
        judged = judged_reading(entry, claim, evidence)
        if judged and judged.query == known.query:
            return claim
    return stated[0] if stated else None


RULE = Rule("IDN206", "withdrawn-paper", Severity.WARNING, check, __doc__)
