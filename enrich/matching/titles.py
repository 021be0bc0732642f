"""
How alike two titles are.

No score decides that two titles are one: a search of 84,000 pairs of neighbouring
titles shows hundreds of different works above any threshold. What decides is
which words are left over.
"""

from __future__ import annotations

from collections import Counter

from enrich.matching.forms import words
from enrich.text import is_slip
from enrich.words import dataclass

MATCHING = 0.90
"""The score below which a title that is not near counts as another one, in what people read."""
_NEAR_RATIO = 0.88
STOP_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "using", "via", "with"}
)
"""Never `towards`, `not`, `without`, `survey`: they make another work's title."""
_TYPO_FROM = 5
_TYPO_KEEPS = 3
"""Letters at the beginning that a typo leaves alone: *ramified* and *unramified* are two works."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two titles compare. Symmetric in the titles."""

    score: float
    """Common letters in order, from 0 to 1; 1 exactly where `equal`."""
    equal: bool
    """The squashed titles are equal, and not empty."""
    near: bool
    """Equal, or nothing differs but stop words, plurals and one-letter typos."""
    unlike: bool
    """By every measure another title; never so where the two can't be compared."""
    comparable: bool
    """Both have words, in one script: a translated title says nothing."""
    words: int
    """Of the title that has fewer."""
    left_over: tuple[str, ...]
    """Words that only one of the two has, stop words aside, sorted."""


def likeness(ours: str, theirs: str) -> Likeness:
    from rapidfuzz import fuzz  # noqa: PLC0415 - 13 ms that a run without two titles need not spend

    left, right = words(ours), words(theirs)
    squashed = "".join(left), "".join(right)
    equal = bool(left or right) and (squashed[0] == squashed[1] or _written_alike(ours, theirs))
    ratio = fuzz.ratio(*squashed) / 100
    near = equal or (ratio >= _NEAR_RATIO and _differ_in_trifles(left, right))
    common = Counter(left) & Counter(right)
    either = Counter(left) | Counter(right)
    comparable = bool(left and right) and _is_latin(squashed[0]) == _is_latin(squashed[1])
    unlike = (
        comparable
        and not near
        and ratio < 0.75
        and fuzz.token_set_ratio(" ".join(left), " ".join(right)) < 85
        and common.total() / either.total() < 0.5
    )
    left_over = tuple(sorted(set(either - common) - STOP_WORDS))
    score = 1.0 if equal else min(ratio, 0.99)
    return Likeness(score, equal, near, unlike, comparable, min(len(left), len(right)), left_over)


def _written_alike(ours: str, theirs: str) -> bool:
    """
    Whether the two are equal but for case, before any markup is decoded.

    Lower-casing a title may change which command it holds: `\\R` becomes `\\r`,
    the ring accent.
    """
    return ours.casefold().split() == theirs.casefold().split()


def _is_latin(squashed: str) -> bool:
    # Greek letters are spelled out by now.
    return all(char <= "\u02af" for char in squashed)


def _differ_in_trifles(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    # Word by word and in order, so that no *survey*, *part* or *erratum* can be left over,
    # and *A Survey on X* is not *X: A Survey*.
    ours = [word for word in left if word not in STOP_WORDS]
    theirs = [word for word in right if word not in STOP_WORDS]
    if "".join(ours) == "".join(theirs):
        return bool(ours)
    return len(ours) == len(theirs) and all(map(_is_same_word, ours, theirs))


def _is_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()):
        return False  # a version, a number, a `+`
    short, long = sorted((one, other), key=len)
    if long == f"{short}s":
        return len(short) >= _TYPO_KEEPS
    is_typo = len(short) >= _TYPO_FROM and short[:_TYPO_KEEPS] == long[:_TYPO_KEEPS]
    return is_typo and is_slip(short, long)
