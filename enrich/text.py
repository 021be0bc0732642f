"""
Text as a sequence of code points: spans, edits, lines, and making it fit to be shown.

Knows nothing of files, front matter or rules.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what stands at `span` by `replacement`; an empty span inserts."""

    span: Span
    replacement: str


def splice(text: str, edits: Iterable[Edit]) -> str:
    """
    *text* with *edits* made; insertions at one place keep their given order.

    Raises ValueError where two edits overlap or one leaves the text.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done or edit.span.end < edit.span.start or edit.span.end > len(text):
            raise ValueError(f"edit at {edit.span.start}:{edit.span.end} overlaps another or leaves the text")
        parts += (text[done : edit.span.start], edit.replacement)
        done = edit.span.end
    parts.append(text[done:])
    return "".join(parts)


class Lines:
    """Where the lines of a text begin. Lines end at LF, CRLF or CR, as editors and YAML count them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[int, str] = {}
        self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of *offset*, both from 1, columns in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Line *number* (from 1) without its line break; the same string however often it is asked for."""
        if number not in self._known:
            self._known[number] = self._line(number)
        return self._known[number]

    def _line(self, number: int) -> str:
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


def unified_diff(path: str, before: str, after: str, context: int = 3) -> str:
    """A patch that `git apply` takes, '' where nothing differs; a missing final newline is marked."""
    rows = difflib.unified_diff(
        _lines_with_breaks(before), _lines_with_breaks(after), f"a/{path}", f"b/{path}", n=context
    )
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines_with_breaks(text: str) -> Sequence[str]:
    # Not str.splitlines: a patch knows LF alone, and a title may hold U+2028.
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def printable(text: str) -> str:
    """
    *text* on one line, with nothing in it that could steer a terminal or a log reader.

    Control, bidirectional and unassigned characters and lone surrogates are shown
    as `\\xNN` or `\\uNNNN`; a workflow command (`::error`, `##[`) is broken up
    by a space, since GitHub reads `##[` anywhere in a line.
    """
    shown = "".join(_shown(char) for char in text).replace("##[", "## [")
    bare = shown.lstrip()
    return shown[: len(shown) - len(bare)] + ": :" + bare[2:] if bare.startswith("::") else shown


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char in "\n\t" or unicodedata.category(char) == "Zs":
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
