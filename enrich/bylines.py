"""
The names in a line of prose, as citations have them: `Geiger, R. Stuart and David Ribes`.

Pure. Careful rather than clever: where not all of a line is names, none are read.
"""

from __future__ import annotations

import html
import re

from enrich.patterns import pattern

_TAIL = pattern(r"[\s,]*\bet\.? al\.?\Z|(?<=\w\w)[.,]\Z")
_BETWEEN = pattern(r",? (?:and|&) |; ?|, (?!(?:[A-Z]\.?[ -]?){1,4}(?:,|;|\Z| (?:and|&)))")
INITIALS = pattern(r"(?:[A-Z]\.-?){1,4}|[A-Z]{1,3}")
_CAPITALISED = pattern(r"[^\W\d_a-z][\w'’-]*\w")
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "van", "von",
    "zu",
})  # fmt: skip
_MOST_GIVEN = 3
"""Names before a surname; more words are a title rather."""
_BEHIND_AUTHORS = pattern(r"[<“”\"]|``|\(?(?:19|20)\d\d")
"""What follows the authors in a citation: a year, a title in quotes, markup."""
_EMPHASIS = pattern(r"</?(?:b|strong|u)>|\*\*|__", re.IGNORECASE)
"""With which people mark their own name."""
LONGEST = 2_000
"""Code points of a citation that are looked at."""


def people(text: str) -> tuple[str, ...]:
    """
    The names in *text*, none where not all of it is names.

    >>> people("Matias, N. and R. Stuart Geiger")
    ('Matias, N.', 'R. Stuart Geiger')
    """
    names = _pieces(text)
    return names if all(map(_is_person, names)) else ()


def cited_authors(citation: str) -> tuple[str, ...]:
    """
    The authors with whom a *citation* begins, HTML and all; none where that can't be told.

    A first name may stand behind its surname, as it does for the first author or for all.

    >>> cited_authors("Geiger, R. Stuart and David Ribes (2011). “Trace Ethnography.” HICSS.")
    ('Geiger, R. Stuart', 'David Ribes')
    """
    text = " ".join(_EMPHASIS.sub("", html.unescape(citation[:LONGEST])).split())
    end = _BEHIND_AUTHORS.search(text)
    if end is None:
        return ()
    line = text[: end.start()].strip(" ,:")
    return people(line) or _turned(line)


def _turned(line: str) -> tuple[str, ...]:
    """The names in *line*, of which some have their surname first: a lone one goes with what follows."""
    names: list[str] = []
    surname = ""
    for piece in _pieces(line):
        if surname and not _is_given(piece):
            return ()
        if surname:
            names.append(f"{surname}, {piece}")
            surname = ""
        elif _is_surname(piece):
            surname = piece
        elif _is_person(piece):
            names.append(piece)
        else:
            return ()
    return () if surname else tuple(names)


def _pieces(text: str) -> tuple[str, ...]:
    found = (_TAIL.sub("", name).strip() for name in _BETWEEN.split(text.strip(" ,:")))
    return tuple(name for name in found if name)


def _is_person(name: str) -> bool:
    """Whether *name* has a surname and something beside it: `A. Vaswani`, `Vaswani, A.`, `Aaron Hurst`."""
    words = name.replace(",", " ").split()
    full = sum(_CAPITALISED.fullmatch(word) is not None for word in words)
    known = (_CAPITALISED.fullmatch(word) or INITIALS.fullmatch(word) or word in _PARTICLES for word in words)
    return 2 <= len(words) <= 5 and full >= 1 and all(known)


def _is_surname(name: str) -> bool:
    *before, last = name.split()
    return _CAPITALISED.fullmatch(last) is not None and _PARTICLES.issuperset(before)


def _is_given(name: str) -> bool:
    words = name.split()
    return len(words) <= _MOST_GIVEN and all(
        _CAPITALISED.fullmatch(word) or INITIALS.fullmatch(word) for word in words
    )
