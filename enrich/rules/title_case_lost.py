"""
What: a title is the record's, but lost its capitals or accents, or has debris in it.

Why: `Gpt-4o System Card` looks careless, and searches that mind case miss it.

Example:

    - title: Gpt-4o System Card
    + title: GPT-4o System Card

Applicability: safe when the record is verified and the loss is proved: either
capitalising every word of the record's title gives the entry's, or the record
nowhere has less than the entry. A catalogue's own Title Case is left alone, and
nothing is re-cased without a record.

Source: the record's title, decoded to plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.matching import restored
from enrich.models import Finding, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if "title" not in context.config.metadata.restore or entry.title is None:
        return
    if known is None or known.record is None:
        return
    title = restored(entry.title.value, known.record.title)
    if title is not None:
        yield Finding(
            "MET310",
            f"the title is “{title}” in the record",
            entry.title.span,
            field=format_path(entry.title.path),
            because=(known.answer,),
            evidence=known.evidence,
            fix=known.fix("restore the record's spelling", entry.title.path, entry.title.value, title),
        )


RULE = Rule("MET310", "title-case-lost", Severity.INFO, check, __doc__)
