"""Where lines begin and end."""

from __future__ import annotations

from enrich.patterns import pattern

_END = pattern(r"[^\r\n]*")
_BREAK = pattern(r"\r?\n")


def line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Before the line break."""
    found = _END.match(text, offset)
    return found.end() if found else offset


def next_line(text: str, offset: int) -> int:
    """Behind the line break."""
    end = line_end(text, offset)
    found = _BREAK.match(text, end)
    return found.end() if found else end


def newline_at(text: str, offset: int) -> str:
    """The break that ends the line of *offset*."""
    return text[line_end(text, offset) : next_line(text, offset)] or "\n"


def indentation(text: str, offset: int) -> str:
    """The blanks with which the line of *offset* begins."""
    start = line_start(text, offset)
    line = text[start : line_end(text, start)]
    return line[: len(line) - len(line.lstrip(" \t"))]
