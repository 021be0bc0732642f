"""Edits made, and what they made read again: the tree is the intended one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.splicing import Unverified, spliced
from enrich.frontmatter.yaml.compose import NotReadable, compose
from enrich.frontmatter.yaml.reading import empty_mapping
from enrich.frontmatter.yaml.values import same_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.frontmatter.nodes import FrontMatter, Node
    from enrich.text import Edit


def verified(front_matter: FrontMatter, edits: Iterable[Edit], wanted: Node) -> str:
    """The document's text with *edits* made, its tree *wanted*. Raises Unverified."""
    text, fenced = spliced(front_matter, edits)
    try:
        root = compose(text, fenced.opening, fenced.header.end)
    except (yaml.YAMLError, NotReadable) as error:
        raise Unverified("the result would not be valid YAML") from error
    if not same_tree(root or empty_mapping(fenced.header), wanted):
        raise Unverified("the result would read differently")
    return text
