"""
What: the publisher retracted the work, or expressed concern about it.

Why: a reader should learn it from the catalogue that lists the work.

Example:

    _publications/a.md:5:6: W MET306 retracted on 2021-03-04, see 10.1016/j.example.2021.01.001

Applicability: no fix. What to do about the entry is for a person to say.

Source: Crossref's records, Retraction Watch among them:
https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Finding, NoticeKind, Severity, format_path
from enrich.publication import stated_works
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Notice
    from enrich.publication import Work
    from enrich.rule import Context

_SAID = {NoticeKind.RETRACTION: "retracted", NoticeKind.CONCERN: "its publisher expressed concern"}


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for work in stated_works(entry, evidence, context):
        if work.is_another:
            continue
        gravest = next(
            (notice for kind in _SAID for notice in work.record.notices if notice.kind is kind), None
        )
        if gravest:
            yield _finding(entry, work, gravest)
            return


def _finding(entry: Entry, work: Work, notice: Notice) -> Finding:
    where = entry.doi or entry.title
    said = _SAID[notice.kind]
    on = f" on {notice.date.isoformat()}" if notice.date else ""
    see = f", see {notice.doi}" if notice.doi and notice.doi != work.record.id else ""
    return Finding(
        "MET306",
        f"{said}{on}{see}",
        where.span if where else None,
        field=format_path(where.path) if where else "",
        because=(work.answer,),
        evidence=work.evidence,
        help=f"the notice is of {work.record.id}",
    )


RULE = Rule("MET306", "retracted", Severity.WARNING, check, __doc__)
