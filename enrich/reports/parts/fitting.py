"""Tables that are cut by whole rows, so that a text stays within the bytes that a platform takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOTE_BYTES = 120
"""Kept free for the line that says how many rows are left out."""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that stand in any case, and rows of which the last are left out first."""

    head: tuple[str, ...]
    rows: tuple[str, ...] = ()
    left_out: str = "{} more are left out here."
    """Says how many rows are, in place of `{}`."""


def fitting(tables: Sequence[Table], budget: int) -> list[str]:
    """The lines of *tables* in at most *budget* UTF-8 bytes, line ends included; heads are never cut."""
    heads = sum(_size(table.head) for table in tables)
    notes = _NOTE_BYTES * sum(bool(table.rows) for table in tables)
    room = budget - heads - notes
    lines: list[str] = []
    for table in tables:
        kept = list(_kept(table.rows, room))
        room -= _size(kept)
        lines += [*table.head, *kept]
        if hidden := len(table.rows) - len(kept):
            lines += ["", table.left_out.format(f"{hidden:,}")]
    return lines


def _kept(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= _size([row])
        if room < 0:
            return
        yield row


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8", "surrogatepass")) + 1 for line in lines)
