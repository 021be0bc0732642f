"""
What arXiv knows of a paper, from a plain dictionary: dates made whole, versions counted, text cleaned.

Pure. Where a record is silent (most have no abstract, many no date) a value is derived from its
identifier, so that every paper makes a whole entry.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ABSTRACT = "No abstract is known here."
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{2}):(\d{2}):(\d{2}))?")
_YYMM = re.compile(r"(?:^|/)(\d{2})(\d{2})")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INDENTED_BEFORE = 2009
"""Summaries of papers until 2008 begin with two spaces, as recorded feeds show."""


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    """Without version: `2104.12255`, `astro-ph/0601001`."""
    title: str
    authors: tuple[Author, ...]
    categories: tuple[str, ...]
    primary_category: str
    published: dt.datetime
    updated: dt.datetime
    """Of the newest version."""
    versions: int
    abstract: str
    comment: str | None = None
    journal_ref: str | None = None
    dois: tuple[str, ...] = ()
    old_titles: tuple[str, ...] = ()
    """Of the first versions, in their order; later ones have the title of the newest."""

    def titled(self, version: int) -> str:
        return self.old_titles[version - 1] if version <= len(self.old_titles) else self.title

    def dated(self, version: int) -> dt.datetime:
        """When *version* was submitted; those between the first and the newest a day apart."""
        if version == 1 or version == self.versions:
            return self.published if version == 1 else self.updated
        return min(self.published + dt.timedelta(days=version - 1), self.updated)


def paper(record: Mapping[str, Any]) -> Paper:
    """
    The paper that *record* describes.

    Read are `id`, `title`, `authors` (names, or mappings with `name` and `affiliations`), `categories`,
    `primary_category`, `published`, `updated`, `versions` (their number), `old_titles`, `abstract`,
    `comment`, `journal_ref`, `doi` (several divided by spaces) and `withdrawn`. All but the first two
    may be absent.
    """
    published = _moment(record.get("published")) or _month_of(record["id"])
    updated = max(_moment(record.get("updated")) or published, published)
    primary = record.get("primary_category") or (record.get("categories") or ["cs.LG"])[0]
    others = tuple(category for category in record.get("categories") or () if category != primary)
    return Paper(
        id=record["id"],
        title=" ".join(_clean(record["title"]).split()),
        authors=tuple(_author(author) for author in record.get("authors") or ()),
        categories=(primary, *others),
        primary_category=primary,
        published=published,
        updated=updated,
        versions=record.get("versions") or (2 if updated > published else 1),
        abstract=_abstract(record.get("abstract"), published),
        comment=_comment(record),
        journal_ref=_clean(record["journal_ref"]) if record.get("journal_ref") else None,
        dois=tuple((record.get("doi") or "").split()),
        old_titles=tuple(record.get("old_titles") or ()),
    )


def _author(author: str | Mapping[str, Any]) -> Author:
    if isinstance(author, str):
        return Author(_clean(author))
    return Author(_clean(author["name"]), tuple(_clean(text) for text in author.get("affiliations", ())))


def _abstract(text: str | None, published: dt.datetime) -> str:
    cleaned = _clean(text) if text else NO_ABSTRACT
    indent = "  " if published.year < _INDENTED_BEFORE and not cleaned.startswith(" ") else ""
    return indent + cleaned


def _comment(record: Mapping[str, Any]) -> str | None:
    comment = _clean(record.get("comment") or "")
    if record.get("withdrawn") and "withdraw" not in comment.lower():
        return f"{comment} This paper has been withdrawn by the author".strip()
    return comment or None


def _moment(text: str | None) -> dt.datetime | None:
    """A date, or a date and a time taken as UTC; a date alone is its noon. None where *text* is neither."""
    found = _DATE.match(text or "")
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
    assert year is not None
    assert month is not None
    assert day is not None
    return dt.datetime(
        year, month, day, 12 if hour is None else hour, minute or 0, second or 0, tzinfo=dt.UTC
    )


def _month_of(identifier: str) -> dt.datetime:
    """Noon of the first day of the month in which the identifier was given out."""
    found = _YYMM.search(identifier)
    assert found is not None
    year, month = int(found[1]), int(found[2])
    century = 1900 if year > 90 else 2000
    return dt.datetime(century + year, month if 1 <= month <= 12 else 1, 1, 12, tzinfo=dt.UTC)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
