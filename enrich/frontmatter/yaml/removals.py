"""
The edits that take entries out of a collection, one for each entry where that is possible.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Style
from enrich.frontmatter.yaml.layout import (
    after_blank_lines,
    before_blank_lines,
    has_comment,
    indentation,
    into_slot,
    line_end,
    line_start,
)
from enrich.patterns import pattern
from enrich.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.yaml.layout import Entry

_INDENTED_COMMENT = pattern(r"[ \t]+#")


class Entangled(Exception):  # noqa: N818 - leaves this package as a `Refused`
    """What should be cut out can't be told from what should stay."""


def removed_edits(
    text: str, node: Node, entries: tuple[Entry, ...], removed: Collection[int], slot: int | None
) -> Iterator[tuple[int, Edit]]:
    """
    Position of each entry in *removed* and an edit for it.

    *slot* is where the value that *node* is begins, None for the root. Raises Entangled.
    """
    kept = [position for position in range(len(entries)) if position not in removed]
    if node.style is Style.FLOW:
        if not has_brackets(text, node):
            raise Entangled("it is a pair without braces in a list")
        return _from_flow(text, node, entries, kept)
    if kept or slot is None:
        return _from_block(text, node, entries, kept)
    return replaced_block(text, node, entries, slot, "[]" if node.kind is Kind.SEQUENCE else "{}")


def has_brackets(text: str, node: Node) -> bool:
    """A pair in a flow list, `[a: b]`, is a mapping without."""
    return text[node.span.start] in "[{" and not (node.pairs and node.pairs[0][0].start == node.span.start)


def _from_flow(
    text: str, node: Node, entries: tuple[Entry, ...], kept: list[int]
) -> Iterator[tuple[int, Edit]]:
    """Up to the next entry; behind the last one that stays from the end of what stands before."""
    last = kept[-1] if kept else -1
    done = entries[last].end if kept else node.span.start + 1
    if kept and text[done - 1 : done + 1] == ": ":
        done += 1
    for position, entry in enumerate(entries):
        if position in kept:
            continue
        if position < last:
            start, end = entry.start, entries[position + 1].start
        else:
            is_final = not kept and position == len(entries) - 1
            start, end = done, node.span.end - 1 if is_final else entry.end
            done = end
        if has_comment(text, Span(start, entry.start)) or has_comment(text, Span(entry.end, end)):
            raise Entangled("a comment stands beside it")
        yield position, Edit(Span(start, end), "")


def _from_block(
    text: str, node: Node, entries: tuple[Entry, ...], kept: list[int]
) -> Iterator[tuple[int, Edit]]:
    last = kept[-1] if kept else -1
    for position, entry in enumerate(entries):
        if position in kept:
            continue
        if indentation(text, entry.start) is None:
            yield position, _to_the_next(text, entries, position)
        else:
            before = entries[position - 1].end if 0 <= last < position else None
            lines = _lines(text, entry, before)
            above = max((number for number in kept if number < position), default=None)
            would_join = above is not None and _ends_open(node.children[above])
            if would_join and _INDENTED_COMMENT.match(text, lines.end):
                raise Entangled("the comment behind it would become text")
            yield position, Edit(lines, "")


def _ends_open(node: Node) -> bool:
    """Does *node* end with a block scalar, which goes on as long as lines are indented?"""
    while node.children:
        node = node.children[-1]
    return node.style in (Style.LITERAL, Style.FOLDED)


def _to_the_next(text: str, entries: tuple[Entry, ...], position: int) -> Edit:
    """The first entry stands on its parent's line (`- name: x`): the next one takes its place."""
    entry = entries[position]
    following = entries[position + 1] if position + 1 < len(entries) else None
    if following is None or text[entry.end : following.start].strip():
        raise Entangled("a comment stands beside it")
    return Edit(Span(entry.start, following.start), "")


def _lines(text: str, entry: Entry, before: int | None) -> Span:
    """The lines of *entry* and the blank ones behind them; where it is the last, those up to *before*."""
    end = line_end(text, entry.end)
    if end is None:
        raise Entangled("more stands on its line")
    start = line_start(text, entry.start)
    if before is not None:
        return Span(max(before_blank_lines(text, start), before), end.next_line)
    return Span(start, after_blank_lines(text, end.next_line))


def replaced_block(
    text: str, node: Node, entries: tuple[Entry, ...], slot: int, source: str
) -> Iterator[tuple[int, Edit]]:
    """
    *source* in the slot, and the lines of every entry of a block away. Raises Entangled.
    """
    if line_start(text, entries[0].start) <= slot:
        if any(has_comment(text, Span(one.end, other.start)) for one, other in pairwise(entries)):
            raise Entangled("a comment stands in it")
        yield 0, Edit(node.span, source)
        return
    yield 0, into_slot(text, slot, source)
    for position, entry in enumerate(entries):
        end = line_end(text, entry.end)
        if end is None:
            raise Entangled("more stands on its line")
        yield position, Edit(Span(line_start(text, entry.start), end.next_line), "")
