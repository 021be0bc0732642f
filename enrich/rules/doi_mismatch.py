"""
What: the DOI in the entry belongs to another work: neither its title nor its authors are the entry's.

Why: readers and tools that follow it get a paper that nobody meant.

Example:

    _publications/a.md:5:6: E IDN212 10.1145/3292500.3330701 is “Optuna: A Next-generation …”

Applicability: no fix. Silent where only one of the two differs, and where either side
has no authors to compare.

Source: the record of the DOI's registration agency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Finding, Severity, format_path
from enrich.publication import own_doi, stated_works
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if entry.doi is None or own_doi(entry) is None:
        return
    for work in stated_works(entry, evidence, context):
        if work.record.id == own_doi(entry) and work.is_another:
            yield Finding(
                "IDN212",
                f"{work.record.id} is “{work.record.title}”",
                entry.doi.span,
                field=format_path(entry.doi.path),
                because=(work.answer,),
                evidence=work.evidence,
            )


RULE = Rule("IDN212", "doi-mismatch", Severity.ERROR, check, __doc__)
