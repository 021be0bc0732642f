"""What ends a line in YAML 1.1. Source: https://yaml.org/spec/1.1/#id871136"""

from __future__ import annotations

from enrich.patterns import pattern

BREAKS = "\r\n\x85\u2028\u2029"
BREAK = rf"(?:\r\n|[{BREAKS}])"
"""A pattern."""
LINE_BREAK = pattern(BREAK)
NOT_BREAK = rf"[^{BREAKS}]"
"""A pattern for any other character."""


def newline_after(text: str, offset: int) -> str:
    """The first line break from *offset* on."""
    found = LINE_BREAK.search(text, offset)
    return found.group() if found else "\n"


def newline_before(text: str, line: int) -> str:
    """The break that ends the line above the one that begins at *line*."""
    return "\r\n" if text[max(line - 2, 0) : line] == "\r\n" else text[line - 1 : line]
