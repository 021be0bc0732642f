"""
Which quote was opened and never closed, in a header that does not parse.

A parser runs on to the next quote, several lines further down, and complains
there. A person sees that the line with the next key should have been another one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.patterns import pattern

if TYPE_CHECKING:
    from enrich.text import Span

_LINE = pattern(r"[^\r\n]*")
_BREAK = pattern(r"\r\n|\r|\n")
_NEXT_ENTRY = pattern(
    r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*"
    r"[ \t]*(?:- |[\"']?\w(?:[\w .-]*[\w.-])?[\"']?[ \t]*:(?:[ \t\r\n]|$))",
)
"""Behind blank lines and comments."""
_OPENED = pattern(r"(?:^|(?<=[\[{,])|(?<=[:,\-?\[{][ \t]))[ \t]*([\"'])")
_CLOSED = {
    '"': pattern(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": pattern(r"'(?:[^']|'')*'"),
}


def unclosed_quote(text: str, header: Span, stop: int) -> int | None:
    """Where the first quote stands that is open at the end of its line while the next begins an entry."""
    position = header.start
    while position < min(stop, header.end):
        line = _LINE.match(text, position, header.end)
        end = line.end() if line else header.end
        opened = _open_at_the_end(text, position, end)
        following = _BREAK.match(text, end, header.end)
        position = following.end() if following else header.end
        if opened is None:
            continue
        if position >= header.end or _NEXT_ENTRY.match(text, position, header.end):
            return opened
        closed = _CLOSED[text[opened]].match(text, opened, header.end)
        if closed is None:
            return opened
        position = closed.end()
    return None


def _open_at_the_end(text: str, start: int, end: int) -> int | None:
    """The quote in the line from *start* to *end* that no other on that line closes."""
    line = text[start:end]
    position = 0
    while opening := _OPENED.search(line, position):
        quote = opening.start(1)
        closed = _CLOSED[opening[1]].match(line, quote)
        if closed is None:
            return start + quote
        position = closed.end()
    return None
