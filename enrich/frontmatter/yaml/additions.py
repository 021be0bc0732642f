"""
The edits that put new entries into a collection, behind or before those that stay.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.yaml.breaks import BREAK, NOT_BREAK, newline_before
from enrich.frontmatter.yaml.flow import FlowWriter, Wrapping, gaps
from enrich.frontmatter.yaml.folding import USUAL_WIDTH, column
from enrich.frontmatter.yaml.layout import behind_slot, indentation, line_end, line_start
from enrich.frontmatter.yaml.lines import LineWriter, gap_behind_dash
from enrich.frontmatter.yaml.removals import Entangled, has_brackets
from enrich.patterns import pattern
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.wishes import Addition
    from enrich.frontmatter.yaml.layout import Entry
    from enrich.frontmatter.yaml.manner import Manner

_LINE = pattern(rf"{NOT_BREAK}*{BREAK}")
_COMMENT_LINE = pattern(r"(?P<indent> *)#")


@dataclass(frozen=True, slots=True)
class Target:
    """The collection that is added to."""

    node: Node
    entries: tuple[Entry, ...]
    kept: tuple[int, ...]
    """Positions of the entries that stay."""
    key: str
    """Under which it stands, '' where under none."""
    indent: int
    """Column at which its other lines begin, where it has none yet."""


def added_edits(
    target: Target, additions: Sequence[Addition], manner: Manner
) -> Iterator[tuple[Addition, Edit]]:
    """An edit for each of *additions*, in their order. Raises Entangled."""
    if target.node.style is Style.FLOW:
        return _in_flow(target, additions, manner)
    return _in_block(target, additions, manner)


# -- in brackets -----------------------------------------------------------------------------


def _in_flow(
    target: Target, additions: Sequence[Addition], manner: Manner
) -> Iterator[tuple[Addition, Edit]]:
    node, text = target.node, manner.text
    if not has_brackets(text, node):
        raise Entangled("it is a pair without braces in a list")
    wrapping = _wrapping(target, manner)
    separator = _separator(target, manner, wrapping)
    columns: dict[int, int] = {}
    for addition in additions:
        at, is_behind, is_before = _flow_place(text, target, addition)
        writer = FlowWriter(manner, columns.get(at, column(text, at)), wrapping)
        if is_behind and text[at - 1] == ":":
            writer.put(" ")
        if is_behind or (at in columns and not is_before):
            writer.separate(separator, 0)
        _write(writer, addition, target)
        if is_before:
            writer.separate(separator, 0)
        columns[at] = writer.column
        yield addition, Edit(Span(at, at), writer.source)


def _flow_place(text: str, target: Target, addition: Addition) -> tuple[int, bool, bool]:
    """Where *addition* goes; whether behind another entry; whether right before one."""
    if addition.after >= 0:
        entry = target.entries[addition.after]
        return behind_slot(text, entry.end) if entry.end == entry.slot else entry.end, True, False
    if target.kept:
        return target.entries[target.kept[0]].start, False, True
    return target.node.span.start + 1, False, False


def _write(writer: FlowWriter, addition: Addition, target: Target) -> None:
    if addition.key is None:
        writer.value(addition.value, target.node.items, target.key, 1)
    else:
        writer.pair(addition.key, addition.value, (target.node,), 1)


def _separator(target: Target, manner: Manner, wrapping: Wrapping | None) -> str:
    """That between the entries; with its line break only where each stands on a line of its own."""
    found = [gap for gap in gaps(manner.text, target.node) if "#" not in gap]
    one_line = [gap for gap in found if not _is_broken(gap)]
    if found and not one_line and wrapping is None:
        return found[-1]
    return one_line[-1] if one_line else FlowWriter(manner, 0, None).separator((target.node,))


def _wrapping(target: Target, manner: Manner) -> Wrapping | None:
    """As the collection itself is wrapped, or, where it is short, as the file's long scalars are."""
    text, node = manner.text, target.node
    commas = [
        (column(text, one.end) + 1, _is_broken(gap), other)
        for (one, other), gap in zip(pairwise(target.entries), gaps(text, node), strict=True)
    ]
    broken = next((other for _, is_broken, other in commas if is_broken), None)
    fold = manner.fold(target.indent, "")
    width = fold.width if fold and fold.is_past else USUAL_WIDTH if broken else None
    if width is None or any(is_broken != (comma > width) for comma, is_broken, _ in commas):
        return None
    end = line_end(text, node.span.end)
    indent = column(text, broken.start) if broken else target.indent
    return Wrapping(width, indent, end.newline if end else "\n")


def _is_broken(gap: str) -> bool:
    return "\n" in gap or "\r" in gap


# -- on lines --------------------------------------------------------------------------------


def _in_block(
    target: Target, additions: Sequence[Addition], manner: Manner
) -> Iterator[tuple[Addition, Edit]]:
    text, node = manner.text, target.node
    indent = column(text, target.entries[0].start) if target.entries else 0
    for addition in additions:
        at, newline = _line_for(addition, target, text)
        writer = LineWriter(manner, newline)
        if addition.key is None:
            gap = gap_behind_dash(text, node)
            source = writer.item(addition.value, node.items, indent, gap, at)
            source = newline * _blank_lines(text, target) + " " * indent + source
        else:
            source = " " * indent + writer.pair(addition.key, addition.value, (node,), indent, at)
        yield addition, Edit(Span(at, at), source + newline)


def _line_for(addition: Addition, target: Target, text: str) -> tuple[int, str]:
    """Start of the line before which *addition* goes, and the line break to end it with."""
    if not target.entries:
        end = target.node.span.end
        return end, newline_before(text, end)
    if addition.after < 0:
        first = target.entries[target.kept[0]]
        if indentation(text, first.start) is None:
            raise Entangled("the first entry stands on its parent's line")
        at = line_start(text, first.start)
        return at, newline_before(text, at)
    entry = target.entries[addition.after]
    end_of_line = line_end(text, entry.end)
    if end_of_line is None:
        raise Entangled("more stands on the line behind which it would go")
    at = end_of_line.next_line
    if addition.key is not None:
        at = _after_comments_of(text, at, column(text, entry.start), target.node.pairs[addition.after][1])
    return at, end_of_line.newline


def _after_comments_of(text: str, at: int, indent: int, value: Node) -> int:
    """Behind the comment lines that are indented as the block above them is, and so belong to it."""
    if value.style is not Style.BLOCK:
        return at
    while (found := _COMMENT_LINE.match(text, at)) and len(found["indent"]) > indent:
        line = _LINE.match(text, at)
        at = line.end() if line else at
    return at


def _blank_lines(text: str, target: Target) -> int:
    """How many stand between the last two items of a list."""
    if len(target.entries) < 2:
        return 0
    one, other = target.entries[-2:]
    lines = _LINE.findall(text[one.end : other.start])
    return 0 if any(line.strip() for line in lines) else max(len(lines) - 1, 0)
