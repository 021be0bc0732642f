"""Scalars of the front matter as text, whatever types their format gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter import Kind
from enrich.models import Text

if TYPE_CHECKING:
    from enrich.frontmatter import Node
    from enrich.models import Path


def text_of(node: Node | None, path: Path = ()) -> Text | None:
    """What *node*, which stands at *path*, says; None for null, blanks, an alias, and what is no scalar."""
    if node is None or node.kind is not Kind.SCALAR or node.is_null or node.is_alias or not node.text.strip():
        return None
    return Text(node.text, path, node.span, node.plain)


def is_filled(node: Node | None) -> bool:
    """Whether *node* holds anything."""
    return node is not None and (node.kind is not Kind.SCALAR or text_of(node) is not None or node.is_alias)
