"""
Tables that are still being read: keys may come to them from anywhere in a text.

Source: https://toml.io/en/v1.0.0#table
"""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from enrich.frontmatter.nodes import MAP, SEQ, Kind, Node, Style
from enrich.frontmatter.toml.trouble import TooMuch, Trouble
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_DEPTH = 60
"""Collections inside each other. Real front matter has 4 at most."""


@dataclass(slots=True)
class Table:
    start: int
    style: Style
    end: int = 0
    pairs: dict[str, tuple[Node, Child]] = field(default_factory=dict)
    is_defined: bool = False
    """It has a header of its own."""

    def put(self, keys: Sequence[Node], value: Node) -> None:
        """Raises Trouble where a key is taken."""
        table = self
        for key, following in pairwise(keys):
            table = table.into(key, Span(following.span.start, value.span.end))
        table.take(keys[-1], value)

    def take(self, key: Node, child: Child) -> None:
        if key.text in self.pairs:
            raise Trouble(f"`{key.text}` stands twice", key.span)
        self.pairs[key.text] = key, child

    def into(self, key: Node, span: Span) -> Table:
        """The table at *key*, of a list of tables the last; a new one at *span* where there is none."""
        if key.text not in self.pairs:
            self.take(key, Table(span.start, Style.BLOCK, span.end))
        child = self.pairs[key.text][1]
        if isinstance(child, Node):
            raise Trouble(f"`{key.text}` stands twice", key.span)
        return child if isinstance(child, Table) else child.items[-1]

    def node(self, depth: int = 0) -> Node:
        span = Span(self.start, self.end)
        pairs = tuple((key, _node(child, depth, key)) for key, child in self.pairs.values())
        return Node(Kind.MAPPING, span, span.start, self.style, MAP, pairs=pairs)


@dataclass(slots=True)
class Tables:
    """What `[[headers]]` begin."""

    items: list[Table]


Child: TypeAlias = "Node | Table | Tables"


def _node(child: Child, depth: int, key: Node) -> Node:
    if isinstance(child, Node):
        return child
    if depth > MAX_DEPTH:
        raise TooMuch(f"nests deeper than {MAX_DEPTH} levels", key.span)
    if isinstance(child, Table):
        return child.node(depth + 1)
    items = tuple(item.node(depth + 1) for item in child.items)
    span = Span(items[0].span.start, items[0].span.end)
    return Node(Kind.SEQUENCE, span, span.start, Style.BLOCK, SEQ, items=items)
