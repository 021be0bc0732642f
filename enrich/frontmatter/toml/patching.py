"""A new value into a string's old source: what stays keeps its bytes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.toml.scanning import Scanner
from enrich.frontmatter.toml.strings import ON_LINES, decode, fits, inner, spell, spell_part
from enrich.frontmatter.toml.trouble import Trouble
from enrich.patterns import pattern
from enrich.text import Edit, Span, splice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.frontmatter.nodes import Node

_WORD = pattern(r"\s+|[^\s]+")


def string_edits(text: str, node: Node, value: str, newline: str) -> tuple[Edit, ...]:
    """What makes the string *node* say *value*, in its own style where that can."""
    source = node.span.of(text)
    is_ascii = source.isascii() and re.search(r"\\[uU]", source) is not None and not node.text.isascii()
    if not fits(value, node.style):
        style = Style.DOUBLE_LINES if node.style in ON_LINES else Style.DOUBLE
        return (Edit(node.span, spell(value, style, newline)),)
    patched = tuple(_patch(text, node, value, newline, is_ascii=is_ascii))
    if reads_as(text, node, patched, value):
        return patched
    return (Edit(node.span, spell(value, node.style, newline, is_ascii=is_ascii)),)


def reads_as(text: str, node: Node, edits: tuple[Edit, ...], value: str) -> bool:
    """Would the string say *value* with *edits* made, and end where it should?"""
    source = splice(text, edits)[node.span.start : node.span.end + sum(map(_growth, edits))]
    try:
        made = Scanner(source, 0, len(source)).value(0)
    except Trouble:
        return False
    return made.span.end == len(source) and made.text == value


def _patch(text: str, node: Node, value: str, newline: str, *, is_ascii: bool) -> Iterator[Edit]:
    """Only the words that differ."""
    units = decode(text, node.span, node.style)
    within = inner(text, node.span, node.style)
    old, new = _words(node.text), _words(value)
    matcher = SequenceMatcher(
        None, [node.text[a:b] for a, b in old], [value[a:b] for a, b in new], autojunk=False
    )
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            continue
        words = value[new[new_start][0] : new[new_end - 1][1]] if new_start < new_end else ""
        if start < end:
            span = Span(units.starts[old[start][0]], units.ends[old[end - 1][1] - 1])
        else:
            # Not before a joined line, but behind the word that stands ahead of it.
            at = units.ends[old[start - 1][1] - 1] if start else within.start
            span = Span(at, at)
        yield Edit(span, spell_part(words, node.style, newline, is_ascii=is_ascii))


def _words(value: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(value)]


def _growth(edit: Edit) -> int:
    return len(edit.replacement) - (edit.span.end - edit.span.start)
