"""
What: the authors differ from the record's by more than spelling: another order, more names, fewer, or others.

Why: lists are cut, and authors join in later versions. Of 2,412 entries 4 in a
hundred had more names than the record and 1 fewer.

Example:

    _publications/a.md:4:10: I MET304 the record has 5 authors, the entry 3

Applicability: to review. Off by default: a catalogue may cut long lists on purpose.

Source: the record's list of authors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.matching import restored_authors
from enrich.models import Applicability, AuthorForm, Finding, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Judged
    from enrich.models import Authors, Entry, Fix, Value
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if entry.authors is None or known is None or known.record is None or not known.record.authors:
        return
    if entry.authors.form is AuthorForm.CITATION:
        return  # it may name a few of many
    record = known.record
    if restored_authors(entry.authors.names, record.authors, collaboration=record.collaboration) is None:
        yield Finding(
            "MET304",
            _message(entry.authors.names, known.record.authors),
            entry.authors.span,
            field=format_path(entry.authors.path),
            because=(known.answer,),
            evidence=known.evidence,
            fix=_fix(entry.authors, known.record.authors, known),
        )


def _message(names: tuple[str, ...], record_names: tuple[str, ...]) -> str:
    if len(names) != len(record_names):
        return f"the record has {len(record_names)} authors, the entry {len(names)}"
    return "the record's authors are others, or in another order"


def _fix(authors: Authors, record_names: tuple[str, ...], known: Judged) -> Fix | None:
    if authors.form not in (AuthorForm.COMMA, AuthorForm.LIST):
        return None  # what stands beside the names would be lost
    before: Value = authors.text if authors.form is AuthorForm.COMMA else authors.names
    after: Value = ", ".join(record_names) if authors.form is AuthorForm.COMMA else record_names
    return known.fix("take the record's authors", authors.path, before, after, most=Applicability.UNSAFE)


RULE = Rule("MET304", "authors-differ", Severity.INFO, check, __doc__, on_by_default=False)
