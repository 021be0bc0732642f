"""
A new value for a scalar that stands there, with as little change to its source as it takes.

Several spellings are tried, the least change first; the first one that reads
back as the new value is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.yaml.blocks import block_edits
from enrich.frontmatter.yaml.breaks import BREAKS, newline_after
from enrich.frontmatter.yaml.decoding import decode
from enrich.frontmatter.yaml.folding import NEVER, column, fold_of, folded
from enrich.frontmatter.yaml.layout import into_slot
from enrich.frontmatter.yaml.patching import Old, patch
from enrich.frontmatter.yaml.spelling import new_style
from enrich.frontmatter.yaml.strings import Escapes, escapes_in, fits_a_line, may_be_plain, quoting
from enrich.text import Edit, Span, splice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.yaml.manner import Manner
    from enrich.frontmatter.yaml.spelling import Place

LEAST_KEPT = 0.4
"""Share of a folded scalar that must stay for it to be patched rather than folded anew."""


def string_edits(node: Node, value: str, place: Place, manner: Manner) -> tuple[Edit, ...] | None:
    """The edits after which *node* is the string *value*; None where no spelling of it fits."""
    for style, edits in _spellings(node, value, place, manner):
        if _reads_as(manner.text, node, edits, style, value):
            return edits
    return None


def source_edits(text: str, node: Node, source: str) -> tuple[Edit, ...] | None:
    """The edits after which *source* stands for the scalar or flow collection *node*."""
    if node.span.start < node.span.end:
        return (Edit(_whole(text, node), source),)
    if node.start == node.span.start and text[node.start - 1] not in ":-":
        return None
    return (into_slot(text, node.span.start, source),)


def _whole(text: str, node: Node) -> Span:
    """All of *node* but the line breaks that `|+` and `>+` end with."""
    end = node.span.start + len(node.span.of(text).rstrip(BREAKS))
    return Span(node.span.start, end) if node.style in (Style.LITERAL, Style.FOLDED) else node.span


def _spellings(
    node: Node, value: str, place: Place, manner: Manner
) -> Iterator[tuple[Style, tuple[Edit, ...]]]:
    text = manner.text
    if node.is_null or node.span.start == node.span.end:
        style = new_style(value, place, manner)
        if edits := source_edits(text, node, _fresh(node, value, style, place, manner)):
            yield style, edits
        return
    if node.style in (Style.LITERAL, Style.FOLDED):
        for edits in block_edits(text, node, value):
            yield node.style, edits
        style = Style.DOUBLE
    else:
        style = _kept_style(node, value, place, manner)
        if edits := _patched(node, value, style, place, manner):
            yield style, edits
        style = style if fits_a_line(value) else Style.DOUBLE
    whole = _whole(text, node)
    yield style, (Edit(whole, _fresh(node, value, style, place, manner)),)
    yield Style.DOUBLE, (Edit(whole, folded(value, Style.DOUBLE, NEVER, 0, manner.escapes)),)


def _kept_style(node: Node, value: str, place: Place, manner: Manner) -> Style:
    """That of *node* where it can hold *value*: plain gives way to quotes, quotes never to plain."""
    flat = value.replace("\n", " ")
    if node.style is Style.PLAIN and not may_be_plain(flat, in_flow=place.in_flow):
        return quoting(flat, manner.quote(place.key, place.neighbours), manner.escapes)
    if node.style is Style.SINGLE and not fits_a_line(flat):
        return Style.DOUBLE
    return node.style


def _patched(node: Node, value: str, style: Style, place: Place, manner: Manner) -> tuple[Edit, ...] | None:
    """None where too little stays, or where one line becomes too long for the file's manner."""
    text, quote = manner.text, len(node.style.value)
    units = decode(text, node.span, node.style, node.text)
    if units is None:
        return None
    fold = fold_of(text, node)
    inner = Span(node.span.start + quote, node.span.end - quote)
    made = patch(Old(text, inner, node.text, units, node.style, fold), value, style, _escapes(node, manner))
    if made is None or (fold and made.kept < LEAST_KEPT * max(len(value), len(node.text))):
        return None
    if fold is None and "\n" in _fresh(node, value, style, place, manner):
        return None
    if style is node.style:
        return made.edits
    opening = Edit(Span(node.span.start, inner.start), style.value)
    return (opening, *made.edits, Edit(Span(inner.end, node.span.end), style.value))


def _fresh(node: Node, value: str, style: Style, place: Place, manner: Manner) -> str:
    text, start = manner.text, column(manner.text, node.span.start)
    fold = fold_of(text, node)
    if fold and style is not node.style:
        fold = replace(fold, is_escaped=fold.is_past)
    if fold is None and not place.in_flow:
        fold = manner.fold(place.indent, newline_after(text, node.span.end))
    return folded(value, style, fold or NEVER, start, _escapes(node, manner))


def _escapes(node: Node, manner: Manner) -> Escapes:
    if node.style is not Style.DOUBLE:
        return manner.escapes
    return escapes_in(node.span.of(manner.text), manner.escapes)


def _reads_as(text: str, node: Node, edits: tuple[Edit, ...], style: Style, value: str) -> bool:
    shifted = [
        Edit(Span(edit.span.start - node.span.start, edit.span.end - node.span.start), edit.replacement)
        for edit in edits
    ]
    if node.span.start == node.span.end:
        source = edits[0].replacement.removeprefix(" ")
    else:
        source = splice(
            _whole(text, node).of(text) if style is not node.style else node.span.of(text), shifted
        )
    return decode(source, Span(0, len(source)), style, value) is not None
