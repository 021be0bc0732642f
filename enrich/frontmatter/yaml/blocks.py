"""A new value for a block scalar (`|`, `>`): its lines patched, or written anew under the same indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.yaml.breaks import BREAK, BREAKS, NOT_BREAK
from enrich.frontmatter.yaml.decoding import decode
from enrich.frontmatter.yaml.patching import Old, patch
from enrich.frontmatter.yaml.strings import Escapes, fits_a_line
from enrich.patterns import pattern
from enrich.text import Edit, Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from enrich.frontmatter.nodes import Node

_HEADER = pattern(
    rf"[|>](?P<indicators>[-+0-9]*){NOT_BREAK}*(?P<newline>{BREAK})(?:[ \t]*{BREAK})*(?P<indent> *)"
)
_NEWLINES = pattern(r"\n+")


def block_edits(text: str, node: Node, value: str) -> Iterator[tuple[Edit, ...]]:
    """Sets of edits, each of which may make *value* of *node*; the caller tries them in order."""
    header = _HEADER.match(text, node.span.start, node.span.end)
    units = decode(text, node.span, node.style, node.text)
    if header is None or units is None or not value.strip():
        return
    chomping = _chomping_edits(header, value)
    ending = node.text[len(node.text.rstrip("\n")) :]
    old = Old(text, Span(header.end("newline"), node.span.end), node.text, units, node.style, None)
    patched = patch(old, value.rstrip("\n") + ending, node.style, Escapes())
    if patched and 2 * patched.kept >= len(value):
        yield (*chomping, *patched.edits)
    lines = value.rstrip("\n")
    if fits_a_line(lines.replace("\n", " ")):
        end = node.span.start + len(node.span.of(text).rstrip(BREAKS))
        written = header["indent"] + _indented(lines, header, node.style)
        yield (*chomping, Edit(Span(header.end("newline"), end), written))


def _chomping_edits(header: re.Match[str], value: str) -> tuple[Edit, ...]:
    """`-` where *value* ends without a line break, nothing where it ends with one."""
    indicators = header["indicators"]
    if "+" in indicators or value.endswith("\n") == ("-" not in indicators):
        return ()
    wanted = indicators.replace("-", "") if value.endswith("\n") else f"{indicators}-"
    return (Edit(Span(*header.span("indicators")), wanted),)


def _indented(lines: str, header: re.Match[str], style: Style) -> str:
    newline, indent = header["newline"], header["indent"]
    # In a folded scalar one line break is a space, two are one.
    more = 1 if style is Style.FOLDED else 0
    return _NEWLINES.sub(lambda found: newline * (len(found.group()) + more) + indent, lines)
