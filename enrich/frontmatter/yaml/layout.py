"""
Where the entries of a collection stand in the text, and the lines that they take.

Between two nodes there is nothing but white space, comments and the indicators
`- ? : ,`, so forward from the end of one node the next indicator is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Style
from enrich.frontmatter.yaml.breaks import BREAK, BREAKS, NOT_BREAK, newline_before
from enrich.patterns import pattern
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import Node

_GAP = pattern(rf"(?:[ \t\ufeff{BREAKS}]|#{NOT_BREAK}*)*")
_PROPERTY = pattern(r"[&!]\S*")
_REST_OF_LINE = pattern(rf"(?P<rest>[ \t]*(?:(?<=[ \t])#{NOT_BREAK}*)?)(?P<break>{BREAK}|\Z)")
_BLANK_LINES = pattern(rf"(?:[ \t]*{BREAK})*")
_BLANKS_THEN_END = pattern(rf"[ \t]+(?=[{BREAKS},\]}}])")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its dash, or a key with its value."""

    start: int
    """Of the dash, the key or the `?`."""
    slot: int
    """Right behind the dash or colon, or behind the value's anchor and tag; -1 where there is no colon."""
    end: int
    """Of the value's content."""


def entries(text: str, node: Node) -> tuple[Entry, ...]:
    """One for each item or pair of *node*."""
    return tuple(entry(text, node, position) for position in range(len(node.items) + len(node.pairs)))


def entry(text: str, node: Node, position: int) -> Entry:
    """That of the item or pair at *position*."""
    return _item(text, node, position) if node.kind is Kind.SEQUENCE else _pair(text, node, position)


def _item(text: str, node: Node, position: int) -> Entry:
    item = node.items[position]
    if node.style is Style.FLOW:
        return Entry(item.start, item.start, item.span.end)
    dash = skip_gap(text, node.items[position - 1].span.end if position else node.span.start)
    slot = dash + 1 if item.start == item.span.start else behind_properties(text, item.start, item.span.start)
    return Entry(dash, slot, item.span.end)


def _pair(text: str, node: Node, position: int) -> Entry:
    key, value = node.pairs[position]
    start = skip_gap(text, node.pairs[position - 1][1].span.end if position else node.span.start)
    while start < key.start and text[start] in "{,":
        start = skip_gap(text, start + 1)
    colon = skip_gap(text, key.span.end)
    slot = colon + 1 if text[colon : colon + 1] == ":" else -1
    if value.start != value.span.start:
        slot = behind_properties(text, value.start, value.span.start)
    return Entry(min(start, key.start), slot, max(value.span.end, key.span.end))


def behind_properties(text: str, start: int, stop: int) -> int:
    """The end of the anchor and the tag that begin at *start*; the node itself begins at *stop* or before."""
    end = position = start
    while position < stop and (found := _PROPERTY.match(text, position, stop)):
        end = found.end()
        position = skip_gap(text, end)
    return end


def skip_gap(text: str, position: int) -> int:
    """The first offset from *position* on at which neither white space nor a comment stands."""
    found = _GAP.match(text, position)
    return found.end() if found else position


def has_comment(text: str, span: Span) -> bool:
    """Is there a `#` between two nodes?"""
    return text.find("#", span.start, span.end) >= 0


def line_start(text: str, offset: int) -> int:
    return max(text.rfind(char, 0, offset) for char in BREAKS) + 1


def indentation(text: str, offset: int) -> str | None:
    """The white space before *offset* on its line; None where something else stands there."""
    before = text[line_start(text, offset) : offset]
    return before if not before.strip(" ") else None


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The end of the line on which some content ends."""

    next_line: int
    newline: str
    has_comment: bool


def line_end(text: str, offset: int) -> LineEnd | None:
    """Of the line on which the content before *offset* ends; None where more content follows on it."""
    if offset > 0 and text[offset - 1] in BREAKS:
        newline = "\r\n" if text[offset - 2 : offset] == "\r\n" else text[offset - 1]
        return LineEnd(offset, newline, has_comment=False)
    found = _REST_OF_LINE.match(text, offset)
    if found is None or not found["break"]:
        return None
    return LineEnd(found.end(), found["break"], has_comment="#" in found["rest"])


def after_blank_lines(text: str, offset: int) -> int:
    """The start of the first line, from the one that begins at *offset*, that is not blank."""
    found = _BLANK_LINES.match(text, offset)
    return found.end() if found else offset


def before_blank_lines(text: str, offset: int) -> int:
    """The start of the first of the blank lines right above the line that begins at *offset*."""
    above = _line_above(text, offset)
    while not text[above:offset].strip(" \t" + BREAKS):
        offset, above = above, _line_above(text, above)
    return offset


def _line_above(text: str, line: int) -> int:
    return line_start(text, line - len(newline_before(text, line)))


def into_slot(text: str, slot: int, source: str) -> Edit:
    """*source* right behind a colon or dash, with a space between; one that is there already serves."""
    at = behind_slot(text, slot)
    return Edit(Span(at, at), source if at > slot else f" {source}")


def behind_slot(text: str, slot: int) -> int:
    """Where what comes into an empty slot begins: behind a space that nothing but the line's end follows."""
    return slot + 1 if _BLANKS_THEN_END.match(text, slot) else slot
