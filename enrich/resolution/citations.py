"""
What a free text cites: title, authors and year, where its form tells them apart.

Pure. Careful rather than clever: of a text whose form is not known nothing is
read, for a wrong title is searched for in vain, and a right one needs no guess.
"""

from __future__ import annotations

from itertools import islice

from enrich.bylines import INITIALS, people
from enrich.matching import plain_text
from enrich.patterns import pattern
from enrich.resolution.bibtex import bibtex_fields
from enrich.words import dataclass

LONGEST = 2_000
"""Code points; whatever is longer is no citation."""
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Citation:
    titles: tuple[str, ...]
    """What its title may be, the likeliest first; at least one."""
    authors: tuple[str, ...] = ()
    """Those that are named, surnames alone among them."""
    year: int | None = None
    is_title: bool = False
    """The whole text is the title."""


def read_citation(text: str) -> Citation | None:
    """
    What *text* cites, None where that can't be told.

    >>> read_citation("Hurst et al., GPT-4o System Card, 2024")
    Citation(titles=('GPT-4o System Card',), authors=('Hurst',), year=2024, is_title=False)
    """
    if len(text) > LONGEST:
        return None
    fields = bibtex_fields(text)
    if fields:
        return _of_bibtex(fields)
    plain = _NUMBERED.sub("", " ".join(text.split()), count=1)
    return _quoted(plain) or _by_authors(plain) or _title_alone(plain)


# -- BibTeX ----------------------------------------------------------------------------------

_AND = pattern(r"\s+and\s+")


def _of_bibtex(fields: dict[str, str]) -> Citation | None:
    title = _plain(fields.get("title", ""))
    if not title:
        return None
    names = (_plain(name) for name in _AND.split(fields.get("author", "")))
    authors = tuple(name for name in names if name and name != "others")
    return Citation((title,), authors, _year(fields.get("year", "")))


def _plain(text: str) -> str:
    return plain_text(text) or " ".join(text.translate({ord("{"): None, ord("}"): None}).split())


# -- citations in prose ----------------------------------------------------------------------

_YEAR = pattern(r"(?<![\d.:/-])(?:19|20)\d\d(?![\d.:/-]\d)")
_QUOTED = pattern(r"“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\"|``(?P<tex>[^`']+)''")
_NUMBERED = pattern(r"(?:\[\d+\]|\(\d+\)|\d+\.) +")
_ET_AL = pattern(r"(?P<authors>.{2,200}?)[, ]+et\.? al\.?(?:,? \((?:19|20)\d\d[a-z]?\))?[,.:]* +(?P<rest>.+)")
_YEAR_FIRST = pattern(r"(?P<authors>.{2,}?)[,.]? \((?:19|20)\d\d[a-z]?\)[.,:]? +(?P<rest>.+)")
_PERIOD = pattern(r"\. +(?=\S)")
_MOST_PERIODS = 100
"""Looked at; more initials have few lists of authors."""
_SENTENCE = pattern(r"(?<![A-Z])(?<!\bal)(?<!-[A-Z])\. +(?=\S)")
_ENDING = pattern(r"(?:[,.;]\s*(?:19|20)\d\d[a-z]?|\s*[\[(](?:19|20)\d\d[a-z]?[\])])?[\s,.;]*\Z")
_AROUND = ' .,;"“”'


def _quoted(text: str) -> Citation | None:
    """The one text in quotes is the title, where authors or a year stand beside it."""
    found = list(_QUOTED.finditer(text))
    if len(found) != 1:
        return None
    title = (found[0][found[0].lastgroup or 0]).strip(" ,.;")
    before, after = text[: found[0].start()], text[found[0].end() :]
    if not _may_be_title(title) or not (before + after).strip(" ,.;"):
        return None
    return Citation((title,), people(before), _year(before + " " + after))


def _by_authors(text: str) -> Citation | None:
    """`Hurst et al., Title, 2024`; `Vaswani, A. (2017). Title. Venue`; `A. Vaswani. Title. Venue, 2017`."""
    year = _year(text)
    if found := _ET_AL.match(text):
        authors = people(found["authors"]) or _surname_alone(found["authors"])
        return _cited(found["rest"], authors, year) if authors else None
    if (found := _YEAR_FIRST.match(text)) and (authors := people(found["authors"])):
        return _cited(found["rest"], authors, year)
    ends = [found.start() + 1 for found in islice(_PERIOD.finditer(text), _MOST_PERIODS)]
    for end in reversed(ends):
        authors = people(text[:end])
        # *Deep Learning. A Review* begins like a name; two people, an initial or a year tell.
        if authors and (len(authors) > 1 or year or "." in text[: end - 1]):
            return _cited(text[end:].lstrip(), authors, year)
    return None


def _surname_alone(text: str) -> tuple[str, ...]:
    return () if set(text) & set(",.;:()") else (text,)


def _cited(rest: str, authors: tuple[str, ...], year: int | None) -> Citation | None:
    """The title is the first sentence of *rest*, or what stands before its last comma: a venue may follow."""
    sentences = (_ENDING.sub("", sentence) for sentence in _SENTENCE.split(rest))
    sentence = next(filter(_may_be_title, sentences), "")
    shorter = _ENDING.sub("", sentence.rpartition(", ")[0])
    titles = tuple(dict.fromkeys(title for title in (sentence, shorter) if _may_be_title(title)))
    return Citation(titles, authors, year) if titles else None


def surname(name: str) -> str:
    """
    >>> surname("Vaswani, A."), surname("Aaron Hurst"), surname("Vaswani AN")
    ('Vaswani', 'Hurst', 'Vaswani')
    """
    before, comma, _ = name.partition(",")
    words = (before if comma else name).split()
    full = [word for word in words if not INITIALS.fullmatch(word)]
    return (full or words or [""])[-1]


def _title_alone(text: str) -> Citation | None:
    if "://" in text:
        return None
    spellings = (text.strip(_AROUND), _ENDING.sub("", text).strip(_AROUND))
    titles = tuple(dict.fromkeys(filter(_may_be_title, spellings)))
    return Citation(titles, is_title=True) if titles else None


def _may_be_title(text: str) -> bool:
    """Two words at least, and most of it letters: an identifier or a date is none."""
    letters = sum(map(str.isalpha, text))
    return len(text) <= _LONGEST_TITLE and len(text.split()) >= 2 and 2 * letters >= len(text)


def _year(text: str) -> int | None:
    """The only year in *text*."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None
