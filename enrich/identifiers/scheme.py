"""
The arXiv identifier and its two schemes.

Old: `archive/YYMMNNN`, July 1991 to March 2007. New: `YYMM.NNNN` from April 2007,
`YYMM.NNNNN` from January 2015. Source: https://info.arxiv.org/help/arxiv_identifier.html

Well formed means possible by the calendar, not known to exist. There is no clock
here: `today` is the newest day on which an identifier can have been given (UTC).
"""

from __future__ import annotations

import datetime as dt
import re

from enrich.patterns import pattern
from enrich.words import dataclass

ANY_CASE = re.IGNORECASE | re.ASCII
"""For every pattern here: `ſ` and `ı` are no letters of an archive."""

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat "
    "cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol "
    "physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
)
ARCHIVES = frozenset(_ARCHIVES.split())
"""
Every archive that gave identifiers of the old scheme, the defunct ones included.

Source: arXiv/arxiv-base, taxonomy/definitions.py. `stat`, `q-fin`, `econ` and `eess` began too late.
"""

_CATEGORY = pattern(r"([a-z]+(?:-[a-z]+)?)(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)?))?")
_YOUNG_ARCHIVES = frozenset({"econ", "eess", "q-fin", "stat"})


def is_category(text: str) -> bool:
    """
    Whether *text* is a category of arXiv's, such as `cs.CL` or `hep-th`.

    Records hold the classes of ACM and MSC that authors gave beside them (`I.2.7`, `68T50`).

    Source: https://arxiv.org/category_taxonomy
    """
    found = _CATEGORY.fullmatch(text)
    return found is not None and found[1] in ARCHIVES | _YOUNG_ARCHIVES


ARCHIVE = "(?:" + "|".join(sorted(ARCHIVES, key=len, reverse=True)) + ")"
"""A pattern for one of them; the longest first, since `math` begins `math-ph`."""

OLD_STYLE = rf"{ARCHIVE}(?:\.[a-z-]{{2,12}})?/[0-9]{{7}}"
"""A pattern for the old scheme, with or without a subject class: `math.GT/0309136`."""

ANY_ID = pattern(rf"(?<![0-9])[0-9]{{4}}\.[0-9]{{4,5}}(?![0-9])|{OLD_STYLE}", ANY_CASE)
"""What has the shape of an identifier, well formed or not."""

VERSION = r"(?:v(?P<version>[1-9][0-9]{0,2}))?"

_FIRST_NEW = 704
_FIRST_FIVE_DIGITS = 1501
_FIRST_OLD, _LAST_OLD = (1991, 7), (2007, 3)
_CANONICAL = pattern(rf"(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}|{OLD_STYLE}){VERSION}", ANY_CASE)


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An identifier in its canonical spelling, as `parse_arxiv_id` and the readers give it."""

    id: str
    """Without version and subject class: `2410.21276`, `math/0309136`."""
    version: int | None = None
    """None where the text names the newest one."""

    def __str__(self) -> str:
        return self.id if self.version is None else f"{self.id}v{self.version}"

    @property
    def url(self) -> str:
        """The address of its abstract page, of its version if it has one."""
        return f"https://arxiv.org/abs/{self}"

    @property
    def bare(self) -> ArxivId:
        """The same work, whatever its version."""
        return ArxivId(self.id)

    @property
    def yymm(self) -> str:
        """Year and month as the identifier writes them: `2410`."""
        return self.id.rpartition("/")[2][:4]

    @property
    def month(self) -> dt.date:
        """
        First day of the month in which the identifier was given.

        The work may have been submitted on the last days of the month before:
        2501.00192 is of 31 December 2024.
        """
        year, month = int(self.yymm[:2]), int(self.yymm[2:])
        return dt.date(1900 + year if year > 90 and "/" in self.id else 2000 + year, month, 1)


def parse_arxiv_id(text: str, *, today: dt.date) -> ArxivId | None:
    """
    The identifier that *text* is, without anything around it, or None where it is not well formed.

    >>> parse_arxiv_id("math.GT/0309136v2", today=dt.date(2026, 11, 22))
    ArxivId(id='math/0309136', version=2)
    >>> parse_arxiv_id("2410.2127", today=dt.date(2026, 11, 22)) is None
    True
    """
    found = _CANONICAL.fullmatch(text)
    bare = canonical_id(found["id"], today) if found else None
    if found is None or bare is None:
        return None
    return ArxivId(bare, int(found["version"]) if found["version"] else None)


def canonical_id(text: str, today: dt.date) -> str | None:
    """
    The canonical spelling of *text*, which has the shape of an identifier without version.

    None where the calendar forbids it: a month that does not exist or is not yet,
    a number of the wrong length for its month, or number zero.
    """
    archive, slash, digits = text.rpartition("/")
    if slash:
        return f"{archive.partition('.')[0].lower()}/{digits}" if _fits_old(digits) else None
    return text if _fits_new(text[:4], text[5:], today) else None


def number_length(yymm: str) -> int:
    """How many digits stand after the dot of a new identifier of that month."""
    return 5 if int(yymm) >= _FIRST_FIVE_DIGITS else 4


def _fits_new(yymm: str, number: str, today: dt.date) -> bool:
    month = int(yymm)
    return (
        _FIRST_NEW <= month <= today.year % 100 * 100 + today.month
        and 1 <= month % 100 <= 12
        and len(number) == number_length(yymm)
        and int(number) > 0
    )


def _fits_old(digits: str) -> bool:
    year, month = int(digits[:2]), int(digits[2:4])
    year += 1900 if year > 90 else 2000
    return _FIRST_OLD <= (year, month) <= _LAST_OLD and 1 <= month <= 12 and int(digits[4:]) > 0
