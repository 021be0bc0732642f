"""
What: the venue stands for none (`No Venue`, `Arxiv`, `CoRR`, or nothing at all), and a
published version of the paper is known; so is the year, where the entry has none.

Why: the venue is what readers look for after the title. Of 4,722 entries of one
catalogue 2,414 have none.

Example:

    - conference: No Venue
    + conference: Physical Review D

Applicability: safe from the registration agency's record (Crossref, DataCite) of a DOI
that the entry or its verified arXiv record states, where title and authors are the
entry's, and the work is an article, a paper of a conference or a chapter, in more than
a series of books that is named alone. To review
from all else, such as OpenAlex. A preprint server is no venue, a
year that stands is never changed, and a key that most entries of the catalogue lack is
not added.

Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.catalogues.shape import path_of
from enrich.models import Applicability, Finding, Severity, format_path
from enrich.publication import is_placeholder, published
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Text, Value
    from enrich.publication import Work
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    fill, customs, shape = context.config.metadata.fill, context.customs, context.shape
    blank = dict(entry.blank)
    venue, year = entry.venue or blank.get("venue"), blank.get("year")
    has_none = is_placeholder(entry.venue.value, shape.unset) if entry.venue else bool(venue or customs.venue)
    wants_venue = "venue" in fill and has_none
    wants_year = "year" in fill and entry.year is None and bool(year or customs.year)
    work = published(entry, evidence, context) if wants_venue or wants_year else None
    if work is None:
        return
    if wants_venue:
        yield _finding("venue", venue, customs.venue, work.venue, shape.title, work)
    if wants_year and work.record.year is not None:
        yield _finding("year", year, customs.year, work.record.year, (customs.venue, *shape.title), work)


def _finding(
    role: str, stands: Text | None, place: str, after: Value, anchor: tuple[str, ...], work: Work
) -> Finding:
    path = stands.path if stands else path_of(place)
    before = stands.value if stands and not (stands.plain and not stands.value) else None
    most = Applicability.SAFE if work.is_placed else Applicability.UNSAFE
    known = f"the {role} is {'absent' if stands is None else f'`{stands.value}`' if before else 'empty'}"
    return Finding(
        "MET312",
        f"{known}, and it was published: {work.venue} {work.record.year or ''}".strip(),
        stands.span if stands else None,
        field=format_path(path),
        because=(work.answer,),
        evidence=work.evidence,
        fix=work.fix(f"fill the {role}", path, before, after, most=most, anchor=anchor),
    )


RULE = Rule("MET312", "placeholder-venue", Severity.INFO, check, __doc__)
