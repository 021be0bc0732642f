"""How many columns of a terminal a character takes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell: TypeAlias = "tuple[str, int]"
"""What is shown for one code point, and the columns it takes."""

_TAB = "    "
_JAMO_MEDIAL_AND_FINAL = range(0x1160, 0x1200)


def cells(text: str) -> list[Cell]:
    """
    One cell per code point of *text*, made printable. A tab is four spaces wherever it stands.

    Code points are measured one by one, so a terminal that joins an emoji sequence
    into one picture shows fewer columns than are counted here.
    """
    if text.isascii() and text.isprintable() and "##[" not in text:
        return [(char, 1) for char in text]
    shown = [_cell(char) for char in text]
    at = text.find("##[")
    while at >= 0:  # a workflow command anywhere in a line; printable() breaks it up in the same way
        shown[at + 1] = ("# ", 2)
        at = text.find("##[", at + 1)
    return shown


def join(row: Sequence[Cell]) -> str:
    return "".join(shown for shown, _ in row)


def columns(row: Sequence[Cell]) -> int:
    return sum(width for _, width in row)


def width(text: str) -> int:
    """Columns that *text*, which is printable already, takes."""
    return len(text) if text.isascii() else sum(_columns(char) for char in text)


def cut(text: str, room: int) -> str:
    """*text*, which is printable already, in at most *room* columns, its end replaced by `…` if need be."""
    if width(text) <= room:
        return text
    used, kept = 1, 0
    for char in text:
        used += _columns(char)
        if used > room:
            break
        kept += 1
    return text[:kept] + "…"


def wrap(text: str, room: int) -> list[str]:
    """*text*, which is printable already, in lines of at most *room* columns; at spaces if possible."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, room)
        lines += full
    return [*lines, line]


def _pieces(word: str, room: int) -> list[str]:
    pieces, used = [""], 0
    for char in word:
        columns_of_char = _columns(char)
        if used + columns_of_char > room and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += char
        used += columns_of_char
    return pieces


@lru_cache(maxsize=4096)
def _cell(char: str) -> Cell:
    shown = _TAB if char == "\t" else printable(char)
    return shown, sum(_columns(each) for each in shown)


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"} or ord(char) in _JAMO_MEDIAL_AND_FINAL:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
