"""
What the mirror has of a paper, and how arXiv's own fields become a record.

Pure. The fields are the same in the snapshot and in OAI-PMH's `arXivRaw`, which are both
arXiv's internal ones: texts in TeX, lines broken anywhere, the newest version's metadata
with the dates of all versions. The record is that which arXiv's API would give.

Source: https://info.arxiv.org/help/oa/, https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.identifiers.doi import is_arxiv_doi, read_doi
from enrich.identifiers.scheme import is_category, parse_arxiv_id
from enrich.matching import clean_authors
from enrich.models import Record
from enrich.sources import told
from enrich.sources.arxiv.feed import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    """Canonical, without version."""
    datestamp: dt.date
    """Of the last change of its metadata (UTC); of two states of a paper the newer counts."""
    record: Record | None
    """None where the mirror is to know nothing of it: arXiv deleted it, or it can't be read."""
    tells_marks: bool = True
    """Whether it would say so, had arXiv marked its newest version as withdrawn."""


class FlawError(ValueError):
    """Why fields make no record; a clause."""


@dataclass(frozen=True, slots=True)
class Fields:
    """arXiv's own fields of a paper, as they are written. None is what arXiv does not have."""

    id: str
    title: str
    authors: Sequence[str]
    """One by one, as arXiv's service divides them; TeX or Unicode."""
    categories: str
    versions: Sequence[str]
    """When each was submitted, the first first: `Mon, 2 Apr 2007 19:18:42 GMT`."""
    comment: str | None
    journal_ref: str | None
    doi: str | None
    license: str | None
    abstract: str | None
    withdrawn: bool = False
    """The newest version is marked as such; authors may say so besides."""


def record_of(fields: Fields) -> Record:
    """Raises FlawError where *fields* make no whole record."""
    title = _line(fields.title)
    authors, collaboration = clean_authors([told.text(name) for name in fields.authors])
    versions = tuple(_day(text) for text in fields.versions)
    categories = tuple(filter(is_category, fields.categories.split()))
    for name, value in (("title", title), ("authors", authors), ("versions", versions)):
        if not value:
            raise FlawError(f"it has no {name}")
    comment, abstract = _line(fields.comment), _line(fields.abstract)
    return Record(
        scheme="arxiv",
        id=canonical_id(fields.id),
        title=title or "",
        authors=authors,
        collaboration=collaboration,
        published=versions[0],
        updated=versions[-1],
        version=len(versions),
        categories=categories,
        primary_category=categories[0] if categories else None,
        doi=_publishers_doi(fields.doi or ""),
        journal_ref=_line(fields.journal_ref),
        comment=comment,
        abstract=abstract,
        withdrawn=fields.withdrawn or is_withdrawn(comment, abstract),
        license=_line(fields.license),
        versions=versions,
    )


def canonical_id(text: str) -> str:
    """Raises FlawError where *text* is no identifier of arXiv's, or one with a version."""
    identifier = parse_arxiv_id(text.strip(), today=dt.date.max)
    if identifier is None or identifier.version is not None:
        raise FlawError(f"`{text[:60]}` is no arXiv identifier")
    return identifier.id


def read_day(text: str) -> dt.date:
    """A day in ISO's form. Raises FlawError for anything else."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise FlawError(f"`{text[:60]}` is no date") from None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOMENT = re.compile(
    r"\s*(?:[A-Z][a-z]{2},\s+)?([0-9]{1,2})\s+([A-Za-z]{3})\s+([0-9]{4})\s+"
    r"[0-9]{2}:[0-9]{2}:[0-9]{2}\s+(?:GMT|UTC|\+0000)\s*"
)


def _day(text: str) -> dt.date:
    found = _MOMENT.fullmatch(text)
    if found and found[2].lower() in _MONTHS:
        try:
            return dt.date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
        except ValueError:
            pass  # the 31st of April; told like everything else that is no moment
    raise FlawError(f"`{text[:60]}` is not when a version was submitted")


def _publishers_doi(text: str) -> str | None:
    # Not one from which something must be left out: that would be another.
    whole = (word for word in text.split() if told.text(word) == word)
    dois = (reading.doi.id for reading in map(read_doi, whole) if reading)
    return next((doi for doi in dois if not is_arxiv_doi(doi)), None)


def _line(text: str | None) -> str | None:
    """*text* on one line, without characters that can't be written; None where nothing is left."""
    return told.text(text, told.LONGEST_ABSTRACT) or None
