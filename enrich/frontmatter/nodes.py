"""
Front matter as a tree of nodes that know where they stand.

Spans are code points of the document's text. Nothing here knows a format: YAML
builds these nodes, and so may others.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from enrich.models import Map
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Document, Path
    from enrich.text import Span

NULL = "tag:yaml.org,2002:null"
BOOL = "tag:yaml.org,2002:bool"
INT = "tag:yaml.org,2002:int"
FLOAT = "tag:yaml.org,2002:float"
TIMESTAMP = "tag:yaml.org,2002:timestamp"
STR = "tag:yaml.org,2002:str"
SEQ = "tag:yaml.org,2002:seq"
MAP = "tag:yaml.org,2002:map"


class Kind(Enum):
    SCALAR = "scalar"
    SEQUENCE = "sequence"
    MAPPING = "mapping"


class Style(Enum):
    """How a node is written."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"
    FLOW = "flow"
    BLOCK = "block"
    DOUBLE_LINES = '"""'
    SINGLE_LINES = "'''"


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a sequence or a mapping; of an alias only what it stands for, never its children."""

    kind: Kind
    span: Span
    """What is written, quotes and brackets included, anchor and tag not; ends with the last leaf."""
    start: int
    """Where its anchor or tag begins; `span.start` where it has none."""
    style: Style
    tag: str
    """As YAML 1.1 resolves it; TOML's types in the same terms: `…:float` for a plain 2410.21270."""
    text: str = ""
    """A scalar's decoded value, never typed: `2410.21270` keeps its zero."""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()
    """Keys and values as written, those of repeated keys included."""
    anchor: str = ""
    """The name after `&`, or after `*` where this is an alias."""
    is_alias: bool = False
    is_tagged: bool = False
    """The tag is written, not resolved."""

    @property
    def is_null(self) -> bool:
        return self.tag == NULL

    @property
    def plain(self) -> bool:
        """A scalar without quotes, so that its format gives it a type."""
        return self.style is Style.PLAIN

    def scalars(self) -> Map | None:
        """A mapping as text, where it holds nothing but scalars of its own, each key once; else None."""
        if self.kind is not Kind.MAPPING or self.is_alias:
            return None
        keys = {key.text for key, _ in self.pairs}
        if len(keys) < len(self.pairs) or any(
            value.kind is not Kind.SCALAR or value.is_alias for _, value in self.pairs
        ):
            return None
        return Map(tuple((key.text, value.text) for key, value in self.pairs))

    @property
    def children(self) -> tuple[Node, ...]:
        """Items, or the values of a mapping."""
        return self.items or tuple(value for _, value in self.pairs)

    def child(self, step: str | int) -> Node | None:
        """The item at *step*, or the value of key *step*: of the last one, as YAML readers do."""
        if isinstance(step, int):
            return self.items[step] if 0 <= step < len(self.items) else None
        for key, value in reversed(self.pairs):
            if key.is_key(step):
                return value
        return None

    def is_key(self, name: str) -> bool:
        return self.kind is Kind.SCALAR and self.text == name

    def walk(self) -> Iterator[Node]:
        """This node and all below it, keys included, in the order of the text."""
        yield self
        for item in self.items:
            yield from item.walk()
        for key, value in self.pairs:
            yield from key.walk()
            yield from value.walk()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A document whose front matter is a mapping; an empty one is a mapping without pairs."""

    document: Document
    root: Node
    header: Span
    """The lines between the fences."""
    body_start: int
    duplicates: tuple[tuple[Path, Span], ...] = ()
    """Keys that stand again in their mapping: path, and span of the later key."""
    format: str = "yaml"
    """Or `toml`."""

    @property
    def lines(self) -> tuple[tuple[Node, Node], ...]:
        """The pairs behind which another of the root may stand: in TOML those that no header begins."""
        if self.format != "toml":
            return self.root.pairs
        return tuple(pair for pair in self.root.pairs if pair[1].style is not Style.BLOCK)

    def get(self, path: Path) -> Node | None:
        """The value at *path*, or None where there is none; nothing is looked for behind an alias."""
        node: Node | None = self.root
        for step in path:
            node = node.child(step) if node else None
        return node

    def node_at(self, span: Span) -> Node | None:
        """The innermost node that holds *span*, or None outside all of them."""
        found = None
        for node in self.root.walk():
            if node.span.start <= span.start and span.end <= node.span.end:
                found = node
        return found


@dataclass(frozen=True, slots=True)
class Missing:
    """The document has no front matter."""

    detail: str
    """Why not, in a clause."""
    span: Span | None = None
    """What looks like front matter and isn't; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Unsupported(Missing):
    """The document has front matter in a format that is not read."""

    format: str = ""
    """`json`."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The document has front matter, and it can't be read."""

    code: str
    """The rule that reports it: `FMT401`, `FMT406`."""
    message: str
    span: Span
    """What a person must look at: an unclosed quote where it was opened."""
    evidence: str = ""
    """The parser's own words."""
