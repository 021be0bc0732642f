"""From a place in a scalar's value back to the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import FrontMatter, Kind, Node
from enrich.frontmatter.yaml.decoding import decode

if TYPE_CHECKING:
    from enrich.text import Span


def source_span(front_matter: FrontMatter, node: Node, start: int, end: int) -> Span | None:
    """
    Where code points *start* up to *end* of the scalar *node*'s value are written, escapes whole.

    None where *node* is no scalar of its own (an alias, a list) or has no such
    code points.
    """
    if node.kind is not Kind.SCALAR or node.is_alias:
        return None
    if not 0 <= start <= end <= len(node.text):
        return None
    units = decode(front_matter.document.text, node.span, node.style, node.text)
    return units.span(start, end) or node.span if units else None
