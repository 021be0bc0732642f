"""
What: the year is more than one before the paper was first submitted to arXiv, or more than three after.

Why: it is a slip of the keys, or the year of another paper. Of 2,412 entries with a
venue 98 in a hundred have the year of submission or the next one, which is the venue's.

Example:

    - year: 2014
    + year: 2024

Applicability: to review, for an entry without a venue; with one, only shown. Off by
default: usually it is the venue's year, and right.

Source: the record's date of submission, not its identifier: `2501.00192` was submitted in 2024.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.models import Applicability, Finding, Severity, format_path
from enrich.publication import is_placeholder
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context

EARLIEST, LATEST = -1, 3
"""Years from the first submission to that of the venue."""


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if entry.year is None or known is None or known.record is None or known.record.published is None:
        return
    written, submitted = entry.year.value.strip(), known.record.published.year
    if not (len(written) == 4 and written.isdecimal()) or EARLIEST <= int(written) - submitted <= LATEST:
        return
    is_preprint = entry.venue is None or is_placeholder(entry.venue.value, context.shape.unset)
    yield Finding(
        "MET307",
        f"the paper was first submitted in {submitted}",
        entry.year.span,
        field=format_path(entry.year.path),
        because=(known.answer,),
        evidence=known.evidence,
        fix=known.fix(
            "take the year of submission",
            entry.year.path,
            entry.year.value,
            submitted,
            most=Applicability.UNSAFE,
        )
        if is_preprint
        else None,
    )


RULE = Rule("MET307", "year-differs", Severity.INFO, check, __doc__, on_by_default=False)
