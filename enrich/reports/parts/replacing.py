"""
A change as a replacement of characters in one line, for formats that can carry one.

Only where it is certain to be right: the old value stands in the line as it is, once,
and the new one needs no quoting that the old one did not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Result

_PLAIN = pattern(r"[A-Za-z0-9:/.?=&%+~_-]+")
"""An address or identifier that reads the same between any quotes, and without."""


@dataclass(frozen=True, slots=True)
class Replacement:
    column: int
    """From 1, in code points."""
    end_column: int
    """Exclusive."""
    text: str


def replacement(result: Result) -> Replacement | None:
    if result.change is None or result.place is None:
        return None
    before, after = result.change.fix.before, result.change.fix.after
    if not (isinstance(before, str) and isinstance(after, str)):
        return None
    if not (_PLAIN.fullmatch(before) and _PLAIN.fullmatch(after)):
        return None
    if result.place.source.count(before) != 1:
        return None
    column = result.place.source.index(before) + 1
    return Replacement(column, column + len(before), after)
