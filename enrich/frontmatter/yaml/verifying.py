"""
Edits made, and what they made read again.

The proof that nothing else moved: the fences stand where they stood, the tree is
the intended one, what is outside of the header is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.fences import Fenced, cut
from enrich.frontmatter.yaml.compose import NotReadable, compose
from enrich.frontmatter.yaml.reading import empty_mapping
from enrich.frontmatter.yaml.values import same_tree
from enrich.text import splice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.frontmatter.nodes import FrontMatter, Node
    from enrich.text import Edit


class Unverified(Exception):  # noqa: N818 - leaves this package as a `Refused`
    """The edits don't do what they should; the text says what they would do."""


def verified(front_matter: FrontMatter, edits: Iterable[Edit], wanted: Node) -> str:
    """The document's text with *edits* made, its tree *wanted*. Raises Unverified."""
    before, header = front_matter.document.text, front_matter.header
    try:
        text = splice(before, edits)
    except ValueError as error:
        raise Unverified("two edits would overlap") from error
    fenced, grown = cut(text), len(text) - len(before)
    if not isinstance(fenced, Fenced) or fenced.header.end != header.end + grown:
        raise Unverified("the fences would move")
    if text[: header.start] != before[: header.start] or text[fenced.header.end :] != before[header.end :]:
        raise Unverified("something outside of the front matter would change")
    try:
        root = compose(text, fenced.opening, fenced.header.end)
    except (yaml.YAMLError, NotReadable) as error:
        raise Unverified("the result would not be valid YAML") from error
    if not same_tree(root or empty_mapping(fenced.header), wanted):
        raise Unverified("the result would read differently")
    return text
