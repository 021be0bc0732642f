"""
What an archive has of a link that is broken: something to look at, never a change.

Pure. The question is asked about links that are confirmed broken, so a catalogue in
good health asks no archive; where it can't be answered, nothing is said of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.models import Answer, Applicability, Fix, Role, Snapshot, SnapshotQuery

if TYPE_CHECKING:
    from enrich.evidence import Evidence
    from enrich.models import Entry, Finding, LinkUse
    from enrich.rule import Context


def with_copy(finding: Finding, use: LinkUse, entry: Entry, evidence: Evidence, context: Context) -> Finding:
    """*finding* with the archived copy of its link nearest to the entry's year, where there is one."""
    if context.config.links.archive == "off":
        return finding
    match evidence.get(SnapshotQuery(use.url, _year(entry))):
        case Answer(outcome=Snapshot() as copy) as answer:
            finding = replace(finding, because=(*finding.because, answer))
            if use.link.role is Role.BODY:
                told = f"an archived copy of {copy.taken_at:%Y-%m-%d}: {copy.url}"
                return replace(finding, evidence=(*finding.evidence, told))
            return replace(finding, fix=_fix(use, copy, answer.source))
        case _:
            return finding


def _fix(use: LinkUse, copy: Snapshot, source: str) -> Fix:
    return Fix(
        title=f"look at the archived copy of {copy.taken_at:%Y-%m-%d}",
        path=use.link.path,
        before=use.link.url,
        after=copy.url,
        applicability=Applicability.DISPLAY,
        source=source,
        confidence=1.0,
    )


def _year(entry: Entry) -> int | None:
    digits = entry.year.value.strip()[:4] if entry.year else ""
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
