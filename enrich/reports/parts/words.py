"""Numbers and lists in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """
    >>> counted(1, "entry"), counted(4722, "entry"), counted(0, "day")
    ('1 entry', '4,722 entries', '0 days')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


def ranked(counts: Iterable[tuple[str, int]], most: int = 6) -> str:
    """
    The largest first, equal ones by name.

    >>> ranked([("timeout", 5), ("rate-limited", 1200)])
    '1,200 rate-limited, 5 timeout'
    """
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    left = sum(number for _, number in ordered[most:])
    shown = [f"{number:,} {name}" for name, number in ordered[:most]]
    return ", ".join(shown + ([f"{left:,} others"] if left else []))
