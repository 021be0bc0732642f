"""
Text as a sequence of code points: spans, edits, lines, and making it fit to be shown.

Knows nothing of files, front matter or rules.
"""

from __future__ import annotations

import difflib
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE_BREAK = pattern(r"\r\n|\r|\n")


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
    """
    A patch that `git apply` takes, '' where nothing differs; a missing final newline is marked.

    Lines before the first and behind the last that differ are not looked at, so
    that the patch of a part of a file is that of the whole: the review page has
    the part with the front matter alone, and must write the same patch.
    """
    old, new = _lines_with_breaks(before), _lines_with_breaks(after)
    rows = [f"--- a/{path}\n", f"+++ b/{path}\n"]
    for hunk in _hunks(_changed_blocks(old, new), context):
        (start, _, new_start, _), (_, end, _, new_end) = hunk[0], hunk[-1]
        ahead, behind = min(context, start), min(context, len(old) - end)
        place = _range(start - ahead, end + behind), _range(new_start - ahead, new_end + behind)
        rows.append(f"@@ -{place[0]} +{place[1]} @@\n")
        done = start - ahead
        for first, last, new_first, new_last in hunk:
            rows += (f" {line}" for line in old[done:first])
            rows += (f"-{line}" for line in old[first:last])
            rows += (f"+{line}" for line in new[new_first:new_last])
            done = last
        rows += (f" {line}" for line in old[done : end + behind])
    text = "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)
    return text if before != after else ""


_Block: TypeAlias = "tuple[int, int, int, int]"
"""Lines of the old text, from and up to, and those of the new one that come in their place."""


def _changed_blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    ahead = _common(old, new)
    behind = _common(old[ahead:][::-1], new[ahead:][::-1])
    middle, new_middle = old[ahead : len(old) - behind], new[ahead : len(new) - behind]
    # Not with autojunk: whether a line is frequent would hang on the lines around it.
    matcher = difflib.SequenceMatcher(None, middle, new_middle, autojunk=False)
    return [
        (ahead + start, ahead + end, ahead + new_start, ahead + new_end)
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind != "equal"
    ]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _hunks(blocks: Iterable[_Block], context: int) -> list[list[_Block]]:
    """Blocks whose contexts meet share a hunk."""
    hunks: list[list[_Block]] = []
    for block in blocks:
        if hunks and block[0] - hunks[-1][-1][1] <= 2 * context:
            hunks[-1].append(block)
        else:
            hunks.append([block])
    return hunks


def _range(start: int, end: int) -> str:
    """As diff writes it: from 1, without a length of 1; none begin where the line before them is."""
    length = end - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _lines_with_breaks(text: str) -> Sequence[str]:
    # Not str.splitlines: a patch knows LF alone, and a title may hold U+2028.
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def is_slip(one: str, other: str) -> bool:
    """
    Are the two one slip of the keys apart: a letter more, less or other, or two neighbours swapped?

    >>> is_slip("arvix", "arxiv")
    True
    """
    same = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    at = min(len(one), len(other)) if same is None else same
    one, other = one[at:], other[at:]
    is_swapped = one[1::-1] == other[:2] and one[2:] == other[2:]
    return one != other and (one[1:] in (other, other[1:]) or one == other[1:] or is_swapped)


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
