"""
What: a field of `metadata.refresh` holds what the source said once, and it says something else now.

Why: citations are counted on, papers get new versions and categories.

Example:

    - citations: 120
    + citations: 131

Applicability: safe when the record is verified: title and authors are the entry's. Off
unless fields are listed in `metadata.refresh`. Only what an entry has is refreshed
(`metadata.add` adds), and only where it has the form that the value has: `12k` stays.
What somebody wrote over a value of enrich's stays for good.

Numbers, dates and versions never go down: a source that lost data, or merged two works
into one, says nothing of the paper. A count is taken over only where it grew by
`metadata.refresh-min-change`, so that not every run touches every file. It is that of the
first of `metadata.sources` that has the work, OpenAlex or Semantic Scholar; where that one
fails, the other one's is not taken, for they count differently. All else is from arXiv's
own record; categories in another order are the same.

Source: https://developers.openalex.org/api-reference/works (`cited_by_count`),
https://api.semanticscholar.org/api-docs/graph (`citationCount`)
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from enrich.citations import cited
from enrich.identity import identity
from enrich.models import Finding, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.citations import Cited
    from enrich.evidence import Evidence
    from enrich.identity import Judged
    from enrich.models import Entry, Held, Value
    from enrich.rule import Context

ARXIV = "arxiv"
"""Others tell of its papers too, but write dates, categories and comments otherwise."""


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for held in entry.held:
        if held.role not in context.config.metadata.refresh:
            continue
        if held.role == "citations":
            yield from _citations(held, entry, evidence, context)
        else:
            yield from _of_the_record(held, entry, evidence, context)


def _citations(held: Held, entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    stands = _whole(held.value)
    known = cited(entry, evidence, context) if stands is not None else None
    if stands is None or known is None or known.count <= stands:
        return
    if known.count - stands >= context.config.metadata.refresh_min_change * stands:
        yield _finding(held, known.count, f"the source counts {known.count:,} now", known)


def _of_the_record(held: Held, entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if known is None or known.record is None or not known.is_verified or known.answer.source != ARXIV:
        return
    value: Value = getattr(known.record, "version" if held.role == "arxiv_version" else held.role)
    if value and _is_newer(held.value, value):
        yield _finding(held, value, f"`{held.path[-1]}` is another one in the record", known)


def _is_newer(stands: str | tuple[str, ...], now: Value) -> bool:
    """Whether *now* goes over what stands, which is of the same form."""
    match now:
        case int():
            number = _whole(stands)
            return number is not None and number < now
        case dt.date():
            day = _day(stands)
            return day is not None and day < now
        case str():
            return isinstance(stands, str) and " ".join(stands.split()) != now
        case tuple() if isinstance(stands, tuple):
            texts = {str(item) for item in now}
            # Dates of versions: one that is missing from the record was not taken back by anybody.
            return set(stands) < texts if isinstance(now[0], dt.date) else set(stands) != texts
    return False


def _whole(stands: str | tuple[str, ...]) -> int | None:
    return int(stands) if isinstance(stands, str) and re.fullmatch("[0-9]{1,9}", stands) else None


def _day(stands: str | tuple[str, ...]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stands) if isinstance(stands, str) and len(stands) == 10 else None
    except ValueError:
        return None


def _finding(held: Held, value: Value, message: str, known: Judged | Cited) -> Finding:
    is_text = isinstance(held.value, str) and not held.plain
    after = str(value) if is_text else value
    return Finding(
        "MET302",
        message,
        held.span,
        field=format_path(held.path),
        because=(known.answer,),
        evidence=known.evidence,
        fix=known.fix(f"refresh {held.path[-1]}", held.path, held.value, after),
    )


RULE = Rule("MET302", "stale-field", Severity.INFO, check, __doc__)
