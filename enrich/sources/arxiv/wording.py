"""
How a title is asked for in the query language of arXiv's API.

Pure. A title isn't a query: without quotes every word becomes an alternative of
its own, `*` and `?` are wildcards, `ti:` and `AND` mean something. So only plain
words are asked for, in quotes, as the phrase that they make; what else stands in
a title (formulas, letters with accents, `C++`) divides it.

Source: https://info.arxiv.org/help/api/user-manual.html#query_details and the
service's code, github.com/arXiv/arxiv-search (2026).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from enrich.matching.forms import letters
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import SearchQuery

_FORMULA = pattern(r"\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]")
_DIVIDES = " \0 "
"""What can't be asked for: the words beside it are no neighbours."""
_BETWEEN_WORDS = pattern(r"[\s:;/()\[\]!–—-]+|[,.](?=\s|$)")
_PLAIN = pattern(r"[a-z0-9]+(?:\.[a-z0-9]+)?")
_STOP_WORDS = frozenset(
    word
    for line in (
        "a an and are as at be but by for if in into is it no not of on or such that the their then",
        "there these they this to was will with",
    )
    for word in line.split()
)
"""Which the service's index does not hold. Source: Lucene's English analyzer."""
_LONGEST_PHRASE = 16
"""Words; more make no title likelier, and an address has an end."""
_SPEAKING = 4
"""Words that count from which a phrase is likely to be one title's alone."""


def search_text(query: SearchQuery, *, narrow: bool = False) -> str | None:
    """
    What to ask for; None where the title has no plain words.

    A phrase of some length is asked for on its own, or either half of it beside
    the author, so that one word that arXiv divides in another way (*pre-training*)
    does not hide the paper. A short one, and any where *narrow* is set, is asked
    for together with the author, if there is one.

    >>> from enrich.models import SearchQuery
    >>> search_text(SearchQuery("Deep Learning: A Review", "LeCun"))
    'ti:"deep learning a review" AND au:lecun'
    """
    words = _longest_run(query.title)
    if not words:
        return None
    phrase, author = _phrase(words), _author(query.surname)
    if not author:
        return phrase
    if narrow or _weight(words) < _SPEAKING:
        return f"{phrase} AND {author}"
    middle = next(at for at in range(len(words)) if 2 * _weight(words[:at]) >= _weight(words))
    halves = f"({_phrase(words[:middle])} OR {_phrase(words[middle:])})"
    return f"{phrase} OR ({author} AND {halves})"


def _phrase(words: list[str]) -> str:
    return f'ti:"{" ".join(words)}"'


def _author(surname: str) -> str:
    """The longest plain part of *surname*: `Baker-Whitcomb` is two words to the index."""
    parts = re.findall("[a-z]+", letters(surname))
    longest = max(parts, key=len, default="")
    return f"au:{longest}" if len(longest) > 1 and longest not in _RESERVED else ""


_RESERVED = frozenset({"and", "andnot", "not", "or"})


def _longest_run(title: str) -> list[str]:
    """Neighbouring plain words, as many as count; the first such run."""
    runs: list[list[str]] = [[]]
    for word in _words(title):
        if word is None:
            runs.append([])
        else:
            runs[-1].append(word)
    best = max(runs, key=_weight)[:_LONGEST_PHRASE]
    return best if _weight(best) else []


def _words(title: str) -> Iterator[str | None]:
    """The words of *title*, None for what isn't plain."""
    text = _FORMULA.sub(_DIVIDES, html.unescape(title))
    for word in _BETWEEN_WORDS.split(text):
        plain = word.strip("'\"").casefold()
        if plain:
            yield plain if _PLAIN.fullmatch(plain) and plain.isascii() else None


def _weight(words: list[str]) -> int:
    return sum(word not in _STOP_WORDS for word in words)
