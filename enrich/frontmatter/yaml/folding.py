"""
Long scalars over several lines: how one was folded, and folding another alike.

PyYAML, libyaml and ruamel break at the first space past the width; formatters
such as prettier before it. Source: `Emitter.write_plain`, `write_single_quoted`
and `write_double_quoted` of PyYAML 6, to whose output the past-the-width form is
identical.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.yaml.breaks import LINE_BREAK
from enrich.frontmatter.yaml.strings import Escapes, spell
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import Node

USUAL_WIDTH = 80

_INDENT = pattern(r"[ \t]*")
_SPACES = pattern(r"( +)")


@dataclass(frozen=True, slots=True)
class Fold:
    width: int
    """Columns, counted in code points as PyYAML does."""
    is_past: bool
    """Lines end at the first space past the width, else at the last before it."""
    indent: str
    newline: str
    is_escaped: bool = False
    """In double quotes a line ends with a backslash, and a space that begins the next has one too."""

    def line_break(self, style: Style) -> str:
        """What stands for a single space where a line ends."""
        if style is Style.DOUBLE and self.is_escaped:
            return f"\\{self.newline}{self.indent}\\ "
        return self.newline + self.indent

    def is_full(self, column: int, next_word: int) -> bool:
        """Must a line that has come to *column* end before a word of *next_word* characters?"""
        return column > self.width if self.is_past else column + 1 + next_word > self.width


NEVER = Fold(width=10**9, is_past=True, indent="", newline="\n")


def fold_of(text: str, node: Node) -> Fold | None:
    """How the flow scalar *node* is folded; None where it stands on one line."""
    source = node.span.of(text)
    first_break = LINE_BREAK.search(source)
    if first_break is None or node.style in (Style.LITERAL, Style.FOLDED):
        return None
    lines = [_Line.of(line) for line in LINE_BREAK.split(source)]
    lines[0] = _Line.of(source[: first_break.start()], column(text, node.span.start))
    is_escaped = node.style is Style.DOUBLE and source[: first_break.start()].endswith("\\")
    indent = _INDENT.match(source, first_break.end())
    width, is_past = _width(lines)
    return Fold(width, is_past, indent.group() if indent else "", first_break.group(), is_escaped)


def column(text: str, offset: int) -> int:
    """How many code points stand before *offset* on its line."""
    return offset - 1 - max(text.rfind(char, 0, offset) for char in "\n\r")


@dataclass(frozen=True, slots=True)
class _Line:
    end: int
    """Its length, a backslash that joins it to the next left out."""
    last_space: int
    """Column of the last place where it could have been broken; 0 where there is none."""
    first_word: int
    """Characters up to the first space."""

    @classmethod
    def of(cls, source: str, before: int = 0) -> _Line:
        line = source.rstrip(" \t").removesuffix("\\")
        bare = line.lstrip(" \t").removeprefix("\\ ")
        indent = len(line) - len(bare) + before
        space = bare.rfind(" ")
        word = bare.find(" ")
        return cls(before + len(line), indent + space if space > 0 else 0, word if word >= 0 else len(bare))


def _width(lines: list[_Line]) -> tuple[int, bool]:
    """The width nearest to the usual one that explains where *lines* end, and on which side of it they do."""
    full = [(line, after) for line, after in pairwise(lines) if line.end and after.end]
    past = (max(line.last_space for line in lines), min((line.end - 1 for line, _ in full), default=0))
    before = (
        max(line.end for line in lines),
        min((line.end + after.first_word for line, after in full), default=0),
    )
    choices = [
        (abs(width - USUAL_WIDTH), not is_past, width)
        for (low, high), is_past in ((past, True), (before, False))
        if low <= high
        for width in (min(max(USUAL_WIDTH, low), high),)
    ]
    if not choices:
        return max(line.end for line in lines), False
    _, is_before, width = min(choices)
    return width, not is_before


def folded(value: str, style: Style, fold: Fold, start: int, escapes: Escapes) -> str:
    """
    *value* as a scalar of *style*, quotes included, that begins at column *start* and is folded.

    It must be one that *style* can hold.
    """
    if style is Style.DOUBLE and fold.is_escaped and fold.is_past:
        return f'"{_folded_with_escapes(value, fold, start + 1, escapes)}"'
    column = start + len(style.value)
    parts = _SPACES.split(value)
    out = [spell(parts[0], style, escapes) or ""]
    column += len(out[0])
    for spaces, word in zip(parts[1::2], parts[2::2], strict=True):
        spelled = spell(word, style, escapes) or ""
        is_inside = spelled and (len(out) > 1 or out[0])
        if spaces == " " and is_inside and fold.is_full(column, len(spelled)):
            out += (fold.line_break(style), spelled)
            column = len(fold.indent) + len(spelled)
        else:
            out += (spaces, spelled)
            column += len(spaces) + len(spelled)
    return f"{style.value}{''.join(out)}{style.value}"


def _folded_with_escapes(value: str, fold: Fold, column: int, escapes: Escapes) -> str:
    """As PyYAML does: also inside a word, after an escape."""
    out: list[str] = []
    start = 0
    for end, char in enumerate((*value, "")):
        code = spell(char, Style.DOUBLE, escapes) or ""
        if code != char or not char:
            out += (value[start:end], code)
            column += end - start + len(code)
            start = end + 1 if char else end
        may_break = 0 < end < len(value) - 1 and (char == " " or start >= end)
        if may_break and column + end - start > fold.width:
            out += (value[start:end], f"\\{fold.newline}{fold.indent}")
            start, column = max(start, end), len(fold.indent)
            if value[start] == " ":
                out.append("\\")
                column += 1
    return "".join(out)
