"""
Which papers may be called so: a few candidates out of millions, within milliseconds.

Candidates only: whether one of them is the work in question is for `matching` to say. Those
whose titles are equal to that rule are found by a digest of the title, all of them and no
other. Those that differ in trifles are found by their words: of a title of which at most two
words are damaged, one third of the words is whole. So the words are dealt out to three groups,
the rare ones first, and a paper that has all words of any group is a candidate. Nothing is
ranked, for to rank is to read every paper that has a word of the title.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from enrich.matching.forms import squash, words
from enrich.matching.titles import STOP_WORDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

COMMON = 1_000
"""Titles from which the number of those that have a word is kept; to count fewer costs nothing."""
MOST = 200
"""Candidates of one title."""
_MOST_OF_A_GROUP = 400
"""Papers that have all words of one group; of more, the later ones are not looked at."""

_EQUAL = "SELECT number, title FROM papers WHERE digest = ? LIMIT ?"
_WITH_WORDS = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
_TITLES = "SELECT number, title FROM papers WHERE number IN (SELECT value FROM json_each(?))"
_FREQUENT = "SELECT word, titles FROM frequencies WHERE word IN (SELECT value FROM json_each(?))"
_RARE = "SELECT doc FROM temp.vocabulary WHERE term = ?"


def digest(title: str) -> int:
    """64 bits, signed; equal for titles that `matching` calls equal, and for all that have no words."""
    return _digest(words(title))


def indexed(title: str) -> str:
    """The words under which a title is found, divided by spaces."""
    return " ".join(_counting(words(title)))


def keys(title: str) -> tuple[int, str]:
    """`digest` and `indexed` of *title*, for half the price."""
    read = words(title)
    return _digest(read), " ".join(_counting(read))


def _digest(read: Sequence[str]) -> int:
    held = blake2b("".join(read).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(held, "big", signed=True)


def _counting(read: Sequence[str]) -> list[str]:
    """Each once."""
    return [word for word in dict.fromkeys(read) if word not in STOP_WORDS]


# -- looking -----------------------------------------------------------------------------------

_EXPENSIVE = 20_000
"""Titles with a word from which a group must have a rarer word besides."""


def candidates(
    database: sqlite3.Connection, title: str, *, only_equal: bool = False
) -> list[tuple[int, str]]:
    """
    Numbers and titles of papers that may be called *title*: those of equal titles first, or they alone.

    At most `MOST`; where more papers than that have an equal title, the list is empty.
    """
    read = words(title)
    if not read:
        return []
    equal: list[tuple[int, str]] = database.execute(_EQUAL, (_digest(read), MOST + 1)).fetchall()
    if len(equal) > MOST:
        return []
    if only_equal:
        return equal
    known = {row for row, _ in equal}
    alike = [(row, theirs) for row, theirs in _with_words(database, _counting(read)) if row not in known]
    return equal + _likest(title, alike, MOST - len(equal))


def _with_words(database: sqlite3.Connection, counting: Sequence[str]) -> list[tuple[int, str]]:
    found: dict[int, None] = {}
    for group in _groups(_rarest_first(database, counting), len(counting)):
        wanted = " AND ".join(f'"{word}"' for word in group)
        found |= dict.fromkeys(row for (row,) in database.execute(_WITH_WORDS, (wanted, _MOST_OF_A_GROUP)))
    return database.execute(_TITLES, (f"[{','.join(map(str, found))}]",)).fetchall() if found else []


def _rarest_first(database: sqlite3.Connection, counting: Sequence[str]) -> list[tuple[int, str]]:
    """In how many titles each word is, without those that are in none: a typo, mostly."""
    frequent = dict(database.execute(_FREQUENT, (json.dumps(counting),)))
    counts = [(frequent.get(word) or _count(database, word), word) for word in counting]
    return sorted((count, word) for count, word in counts if count)


def _count(database: sqlite3.Connection, word: str) -> int:
    found: tuple[int] | None = database.execute(_RARE, (word,)).fetchone()
    return found[0] if found else 0


def _groups(known: Sequence[tuple[int, str]], asked: int) -> list[list[str]]:
    """
    *known* words of *asked* ones, so divided that a paper whose title is near has all of one group.

    One group less for every word that is unknown: that one is damaged, so the others may not be.
    """
    damaged = 2 if asked >= 6 else 1 if asked >= 3 else 0
    unknown = asked - len(known)
    if not known or unknown > asked // 2:
        return []
    rare = sum(count < _EXPENSIVE for count, _ in known)
    number = min(max(damaged - unknown, 0) + 1, max(rare, 1))
    return [[word for _, word in known[begin::number]] for begin in range(number)]


def _likest(title: str, others: list[tuple[int, str]], most: int) -> list[tuple[int, str]]:
    """Those of *others* that are written alike, letter by letter, the likest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 13 ms that a run without a search need not spend

    found = process.extract(
        squash(title),
        [squash(theirs) for _, theirs in others],
        scorer=fuzz.ratio,
        score_cutoff=_ALIKE,
        limit=most,
    )
    return [others[at] for _, _, at in found]


_ALIKE = 85.0
"""Of 100: a little below what `matching` calls near at the least."""


# -- what the index is of ------------------------------------------------------------------------

_SAMPLES = (
    r"Schr\"odinger's $\alpha$-Cat: CodeT5+ v2.5, a (Re)Pre-Training of {BERT} & Co.",
    "Über Łódź: naïve Ω-limits, C# and 3D x–y Data of the 2nd Kind",
    r"Deep $L^2$-Hashing via \emph{All} You Need &amp; Towards GPT-4o/4 in 1,000 days?",
)


def forms() -> str:
    """
    Another one where titles are divided into words in another way than before.

    An index is of use to those only who read titles as whoever made it.
    """
    told = "\n".join(f"{squash(title)} {indexed(title)}" for title in _SAMPLES)
    return blake2b(told.encode(), digest_size=8).hexdigest()
