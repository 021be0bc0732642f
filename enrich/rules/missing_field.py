"""
What: a field of `metadata.add` is absent, and the verified record has it.

Why: an identifier in a field of its own is what other tools read.

Example:

    + arxiv_id: '2410.21276'
    + arxiv_published: 2024-10-25

Applicability: safe when the record is verified: title and authors are the
entry's. To review when the record has another title but common authors. A DOI that
authors told arXiv is safe where its registration agency has it with the entry's title
and authors, to review where it can't tell, and nothing where it is another work's. A
field that is present under any name the shape knows is not absent. `citations` are asked
for by themselves, see MET302, and are all that an entry with a DOI and no identifier of
arXiv gets: the other keys tell of arXiv's record.

Source: https://info.arxiv.org/help/api/user-manual.html#52-details-of-atom-results-returned
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.catalogues.shape import path_of
from enrich.citations import Cited, cited
from enrich.identifiers import Doi
from enrich.identity import identity
from enrich.matching import plain_text
from enrich.models import Applicability, Finding, RecordQuery, Severity
from enrich.publication import stated_works
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.catalogues.shape import Added
    from enrich.evidence import Evidence
    from enrich.identity import Judged
    from enrich.models import Entry, Record, Value
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    count = context.shape.added_key("citations")
    if count and "citations" in context.config.metadata.add and "citations" not in entry.present:
        counted = cited(entry, evidence, context)
        if counted:
            yield _finding(count, counted.count, counted, context)
    known = identity(entry, evidence, context.today)
    if known is None or known.record is None:
        return
    for role in context.config.metadata.add:
        added = context.shape.added_key(role)
        value = value_of(role, known.record, context)
        if added and value is not None and role not in entry.present:
            found = _finding(added, value, known, context)
            doi = known.record.doi if role in ("doi", "published_version") else None
            yield from (found,) if doi is None else _as_registered(found, doi, entry, evidence, context)


def _as_registered(
    found: Finding, doi: str, entry: Entry, evidence: Evidence, context: Context
) -> Iterator[Finding]:
    """
    *found*, which adds *doi*, if its registration agency does not say that it is another work's.

    Authors tell arXiv the DOI by hand: some are an erratum's, a whole book's, or nobody's.
    Safe only where the agency has it with the entry's title and authors.
    """
    works = [work for work in stated_works(entry, evidence, context) if work.record.id == doi]
    if any(work.is_another for work in works):
        return
    if any(work.is_verified for work in works):
        answers = tuple(work.answer for work in works)
        yield replace(found, because=(*found.because, *answers))
    elif found.fix and evidence.get(RecordQuery("doi", doi)):
        fix = replace(found.fix, applicability=min(found.fix.applicability, Applicability.UNSAFE))
        yield replace(found, fix=fix)


def value_of(role: str, record: Record, context: Context) -> Value:
    """What the record has for *role*, None where it has nothing."""
    match role:
        case "arxiv_id":
            return record.id
        case "doi" if record.doi is None and context.config.metadata.doi_fallback == "arxiv":
            return f"10.48550/arXiv.{record.id}"
        case "doi" | "published" | "updated" | "primary_category" | "journal_ref" | "comment" | "license":
            value: Value = getattr(record, role)
            return value
        case "categories":
            return record.categories or None
        case "arxiv_version":
            return record.version
        case "pdf":
            return f"https://arxiv.org/pdf/{record.id}"
        case "abstract":
            return plain_text(record.abstract or "") or record.abstract
        case "versions":
            return record.versions or None
        case "citations":
            return None  # a question of its own
        case "published_version":
            return Doi(record.doi).url if record.doi else None
    raise ValueError(f"no field of a record is called {role}")


def _finding(added: Added, value: Value, known: Judged | Cited, context: Context) -> Finding:
    return Finding(
        "MET301",
        f"{added.key} is absent",
        None,
        field=added.key,
        because=(known.answer,),
        evidence=known.evidence,
        fix=known.fix(
            f"add {added.key}",
            path_of(added.key),
            None,
            value,
            anchor=(added.after, *context.shape.after) if added.after else context.shape.after,
        ),
    )


RULE = Rule("MET301", "missing-field", Severity.INFO, check, __doc__)
