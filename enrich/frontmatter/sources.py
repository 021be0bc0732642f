"""From a place in a scalar's value back to the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import FrontMatter, Kind, Node, Style
from enrich.frontmatter.units import Units
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
    units = _units(front_matter, node)
    return units.span(start, end) or node.span if units else None


def _units(front_matter: FrontMatter, node: Node) -> Units | None:
    text = front_matter.document.text
    if front_matter.format == "yaml":
        return decode(text, node.span, node.style, node.text)
    if node.style is not Style.PLAIN:
        from enrich.frontmatter.toml import strings as toml  # noqa: PLC0415 - few catalogues have any

        return toml.decode(text, node.span, node.style)
    units = Units()
    units.verbatim(node.text, node.span.start)
    return units
