"""
Tiers 3 to 6 of repair: identifiers that differ from what is written by one slip in the digits.

There are up to about 170 of them, and in recent years more than half are other
works that exist: only title and authors together can tell (`matching`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.identifiers.debris import Repair, Step
from enrich.identifiers.scheme import canonical_id
from enrich.patterns import pattern

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

SWAPPED, TOO_MANY, WRONG, MISSING = 3, 4, 5, 6

_SHAPE = pattern(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7}")
_DIGITS = "0123456789"
_LONGEST = len("astro-ph/0703750") + 1


def guesses(digits: str, tier: int, today: dt.date) -> Iterator[Repair]:
    """
    Every well-formed identifier one slip away from *digits*: a text as `digits_of` gives it.

    A missing dot is put after four digits once the slip is undone.
    """
    if len(digits) > _LONGEST:
        return
    for text, step in _SLIPS[tier](digits):
        dotted = text if "." in text or "/" in text else f"{text[:4]}.{text[4:]}"
        bare = canonical_id(dotted, today) if _SHAPE.fullmatch(dotted) else None
        if bare:
            yield Repair(bare, None, (step,))


def _swapped(text: str) -> Iterator[tuple[str, Step]]:
    places = _places(text)
    for left, right in pairwise(places):
        if text[left] != text[right]:
            pair = f"{text[left]}{text[right]}"
            swapped = text[:left] + text[right] + text[left + 1 : right] + text[left] + text[right + 1 :]
            yield swapped, Step("digits-swapped", f"swap the digits `{pair}`")


def _one_less(text: str) -> Iterator[tuple[str, Step]]:
    for at in _places(text):
        yield text[:at] + text[at + 1 :], Step("digit-too-many", f"remove a digit `{text[at]}`")


def _one_other(text: str) -> Iterator[tuple[str, Step]]:
    for at in _places(text):
        for digit in _DIGITS.replace(text[at], ""):
            step = Step("digit-wrong", f"write `{digit}` for a digit `{text[at]}`")
            yield text[:at] + digit + text[at + 1 :], step


def _one_more(text: str) -> Iterator[tuple[str, Step]]:
    places = _places(text)
    for at in sorted({*places, *(place + 1 for place in places)}):
        for digit in _DIGITS:
            yield text[:at] + digit + text[at:], Step("digit-missing", f"insert a digit `{digit}`")


_SLIPS = {SWAPPED: _swapped, TOO_MANY: _one_less, WRONG: _one_other, MISSING: _one_more}


def _places(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if char in _DIGITS]
