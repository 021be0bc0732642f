"""
What an API told in JSON, read with distrust.

Pure. Fields are null, missing or of another type, numbers come as strings, and every
text is somebody else's: what is not as expected is left out, and nothing raises.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from typing import TYPE_CHECKING, Any

from enrich.identifiers import read_arxiv_id, read_doi
from enrich.matching import plain_text
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 2_000
"""Code points of a title or a name; what is longer is no such thing."""
LONGEST_ABSTRACT = 50_000

_UNWRITABLE = pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ADDRESS = pattern(r"https?://[^\s\"'<>\\^`{|}\x00-\x1f\x7f-\x9f]{1,500}")
_DAY = pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def mapping(value: object) -> Mapping[str, Any]:
    """*value*, where it is a JSON object; else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """The items of a list; what stands alone is a list of one, null is none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects among the items of *value*."""
    return [item for item in items(value) if isinstance(item, dict)]


def text(value: object, most: int = LONGEST) -> str:
    """*value* on one line, without characters that can't be written; empty where it is no text."""
    if not isinstance(value, str) or len(value) > most:
        return ""
    return " ".join(_UNWRITABLE.sub("", value).split())


def first_text(value: object) -> str:
    """The first text among the items of *value*."""
    return next(filter(None, map(text, items(value))), "")


def plain(value: object) -> str:
    """A title or a name without markup; as it is where its markup can't be read without loss."""
    written = text(value)
    return plain_text(written) or written


def whole(value: object) -> int | None:
    """A whole number, be it written as text."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 9:
        return int(value)
    return value if type(value) is int else None


def year(value: object) -> int | None:
    number = whole(value)
    return number if number is not None and 1400 <= number <= 2999 else None


def day(value: object) -> dt.date | None:
    """The date with which *value* begins, `2019-02-07T09:22:51Z`."""
    found = _DAY.match(value) if isinstance(value, str) else None
    return _date(*(int(part) for part in found.groups())) if found else None


def parted_day(value: object) -> dt.date | None:
    """A date as Crossref and CSL write it, `{"date-parts": [[2019, 2, 7]]}`; None where a part is missing."""
    parts = [whole(part) for part in items(next(iter(items(mapping(value).get("date-parts"))), None))]
    known = [part for part in parts if part is not None]
    return _date(*known) if len(known) == len(parts) == 3 else None


def parted_year(value: object) -> int | None:
    parts = items(next(iter(items(mapping(value).get("date-parts"))), None))
    return year(parts[0]) if parts else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def doi(value: object) -> str | None:
    """A DOI in its canonical spelling, however it is wrapped."""
    reading = read_doi(text(value))
    return reading.doi.id if reading else None


def named_doi(value: object) -> str:
    """A DOI as a registration agency writes it, in its canonical spelling: only ASCII has two cases."""
    return text(value).translate(_LOWER)


def arxiv_id(value: object) -> str | None:
    """arXiv's identifier without its version, however it is wrapped."""
    reading = read_arxiv_id(text(value), today=dt.date.max)
    return reading.arxiv.id if reading else None


def address(value: object) -> str | None:
    written = text(value)
    return written if _ADDRESS.fullmatch(written) else None


def turned(name: str) -> str:
    """
    A name as it is spoken.

    >>> turned("van der Maaten, Laurens"), turned("King, Martin Luther, Jr.")
    ('Laurens van der Maaten', 'Martin Luther King Jr.')
    """
    family, *rest = (part.strip() for part in name.split(","))
    return " ".join(filter(None, (*rest[:1], family, *rest[1:])))


def later_year(value: object, arxiv: str) -> int | None:
    """
    A year of publication, told of a work whose preprint is *arxiv*.

    None where it isn't after the preprint's own: sources that have both in one record keep the
    earliest date, so that is the preprint's as likely as not.
    """
    found = re.search(r"(?:\A|/)([0-9]{2})[0-9]{2}", arxiv)
    number = year(value)
    if found is None or number is None:
        return None
    submitted = int(found[1]) + (1900 if int(found[1]) > 90 else 2000)
    return number if number > submitted else None
