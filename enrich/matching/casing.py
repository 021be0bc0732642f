"""
Which capitals of a record's title are its words' own, and which are only a style.

A catalogue may write its titles in sentence case though the record is in Title
Case: `Rough sets` lost nothing against `Rough Sets`, but `bert` did against `BERT`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from enrich.matching.forms import letters
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTICLES = frozenset({
    "af", "al", "and", "av", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "e", "el", "et", "for", "i", "ibn", "in", "la", "las", "le", "los", "of", "ter", "ten", "the",
    "und", "van", "von", "y", "zu", "zum", "zur",
})  # fmt: skip
"""Words of names and of collaborations that people write small."""
SMALL_WORDS = PARTICLES - {"do"} | frozenset({
    "a", "an", "as", "at", "between", "by", "from", "if", "into", "is", "nor", "on", "or", "over", "per",
    "than", "through", "to", "toward", "towards", "under", "using", "via", "vs", "when", "with", "without",
})  # fmt: skip
"""Words that many write small in titles."""
_PART = pattern(r"(?P<opening>[:?!–—][\s\"'“‘(]*|[.-]\s+)?(?P<part>[^\W_]+)")
"""A word without its hyphens, and what stands before the first word of a subtitle."""
_INNER_WORD = pattern(r"(?<=[^\s:.?!–—-]\s)[^\W\d_]+(?!\w)")
_SYMBOL = pattern(r"[\W_]*[^\W\d_]-")
"""Of `k-means`, which is small at the start of a title as well."""


def with_proved_capitals(entry: str, record: str) -> str:
    """
    *record*, small where *entry* is small and nothing proves that it lost a capital there.

    Both are plain text, the same but for case, accents and typography. Proved are
    the capitals of a word that has one after its first letter, or a digit (`BERT`,
    `arXiv`, `Qwen2`); those of a record in sentence case, but for the first of a
    subtitle; and all where *entry* has none and even begins with a small letter.

    >>> with_proved_capitals("Rough sets for bert", "Rough Sets for BERT")
    'Rough sets for BERT'
    """
    small = [not glyph.upper for glyph in glyphs(entry)]
    proved = _proved(entry, record)
    written: list[str] = []
    at = 0
    for place, char in enumerate(record):
        is_style = char.isupper() and place not in proved and all(small[at : at + _width(char)])
        written.append(char.lower() if is_style else char)
        at += _width(char)
    return "".join(written)


def _proved(entry: str, record: str) -> set[int]:
    """The places in *record* whose capitals no style explains."""
    if _is_all_small(entry, record):
        return set(range(len(record)))
    is_sentence = _is_sentence_case(record)
    places: set[int] = set()
    for found in _PART.finditer(record):
        if _is_its_own(found["part"]) or (is_sentence and not found["opening"]):
            places.update(range(*found.span("part")))
    return places


def _is_its_own(part: str) -> bool:
    has_number = any(map(str.isdigit, part)) and any(map(str.isupper, part))
    return has_number or (any(map(str.isupper, part[1:])) and part.lower() not in SMALL_WORDS)


def _is_all_small(entry: str, record: str) -> bool:
    """Whether *entry* has no capital though its first letter should be one: `3d vision` is sentence case."""
    first = next(filter(str.isalnum, record), "")
    return first.isupper() and not any(map(str.isupper, entry)) and not _SYMBOL.match(record)


def _is_sentence_case(record: str) -> bool:
    """Whether most words of *record* are small that Title Case has large."""
    words = [word for word in _INNER_WORD.findall(record) if word.lower() not in SMALL_WORDS]
    plain = [word for word in words if not _is_its_own(word)]
    return 2 * sum(map(str.islower, plain)) > len(plain)


@dataclass(frozen=True, slots=True)
class Glyph:
    """What a letter has beyond its base: a capital, accents, or a shape of its own (`ß` for `ss`)."""

    upper: bool
    marks: frozenset[str]

    def has_more(self, other: Glyph) -> bool:
        return self.upper > other.upper or not self.marks <= other.marks


def glyphs(text: str) -> Iterator[Glyph]:
    """One for each letter that *text* folds to."""
    base, marks = "", ""
    for char in unicodedata.normalize("NFD", text) + " ":
        if unicodedata.combining(char):
            marks += char
            continue
        yield from _glyphs_of(base, marks)
        base, marks = char, ""


@lru_cache(maxsize=4_096)
def _glyphs_of(base: str, marks: str) -> tuple[Glyph, ...]:
    folded = letters(base)
    shape = {base.lower()} if folded != base.lower() else set()
    return (Glyph(base.isupper(), frozenset(marks) | shape),) * sum(map(str.isalpha, folded))


@lru_cache(maxsize=4_096)
def _width(char: str) -> int:
    """How many letters *char* folds to."""
    return sum(1 for _ in glyphs(char))
