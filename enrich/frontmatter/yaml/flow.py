"""
Values in brackets, written as those beside them are: quotes, padding, order of keys, blanks around colons.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import STR, Kind, Node, Style
from enrich.frontmatter.yaml.layout import entries
from enrich.frontmatter.yaml.spelling import Place, new_string, plain_text
from enrich.models import Map
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from enrich.frontmatter.yaml.manner import Manner
    from enrich.models import Value

Alike = tuple[Node, ...]
"""Nodes that a new one is to look like, the likest last."""

_SPACES = pattern(r" *")
_COMMA = pattern(r"[ \t]*,[ \t]*")
_COLON = pattern(r"[ \t]*:[ \t]+")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """Flow collections are broken after a comma past *width*, as PyYAML does, and go on at *indent*."""

    width: int
    indent: int
    newline: str


class FlowWriter:
    """Writes on from a column; a scalar that is not in brackets is *in_flow* only if told so."""

    def __init__(
        self, manner: Manner, column: int, wrapping: Wrapping | None, *, in_flow: bool = True
    ) -> None:
        self._manner = manner
        self._in_flow = in_flow
        self._wrapping = wrapping
        self.column = column
        self._parts: list[str] = []

    @property
    def source(self) -> str:
        return "".join(self._parts)

    def put(self, source: str) -> None:
        self._parts.append(source)
        last_break = max(source.rfind("\n"), source.rfind("\r"))
        self.column = len(source) - 1 - last_break if last_break >= 0 else self.column + len(source)

    def separate(self, separator: str, depth: int) -> None:
        """A comma and what follows it, a line break where the line is full."""
        comma = separator.index(",") + 1
        self.put(separator[:comma])
        if not self._break_line(depth):
            self.put(separator[comma:])

    def value(self, value: Value, alike: Alike, key: str = "", depth: int = 0) -> None:
        if isinstance(value, tuple):
            self._sequence(value, _of_kind(alike, Kind.SEQUENCE), key, depth)
        elif isinstance(value, Map):
            self._mapping(value, _of_kind(alike, Kind.MAPPING), depth)
        elif isinstance(value, str):
            place = Place(key, _of_kind(alike, Kind.SCALAR), self._in_flow or depth > 0, indent=0)
            self.put(new_string(value, place, self._manner))
        else:
            self.put(plain_text(value))

    def pair(self, key: str, value: Value, alike: Alike, depth: int) -> None:
        """*key* with its *value* in a mapping like those of *alike*."""
        self.put(key_like(key, alike, self._manner, in_flow=True))
        self.put(colon_like(self._manner.text, alike))
        self.value(value, values_like(key, alike), key, depth)

    def _sequence(self, items: tuple[Value, ...], alike: Alike, key: str, depth: int) -> None:
        known = tuple(item for node in alike for item in node.items)
        padding, separator = self._padding(alike) if items else "", self.separator(alike)
        self.put(f"[{padding}")
        self._break_line(depth)
        for position, item in enumerate(items):
            if position:
                self.separate(separator, depth)
            self.value(item, known, key, depth + 1)
        self.put(f"{padding}]")

    def _mapping(self, value: Map, alike: Alike, depth: int) -> None:
        padding, separator = self._padding(alike) if value.pairs else "", self.separator(alike)
        self.put(f"{{{padding}")
        self._break_line(depth)
        for position, (key, each) in enumerate(in_usual_order(value, alike)):
            if position:
                self.separate(separator, depth)
            self.pair(key, each, alike, depth + 1)
        self.put(f"{padding}}}")

    def _break_line(self, depth: int) -> bool:
        wrapping = self._wrapping
        if wrapping is None or self.column <= wrapping.width:
            return False
        self.put(wrapping.newline + " " * (wrapping.indent + 2 * depth))
        return True

    def separator(self, alike: Alike) -> str:
        """The comma between two entries on one line, with the blanks around it."""
        return _usual(_COMMA, (gap for node in alike for gap in gaps(self._manner.text, node))) or ", "

    def _padding(self, alike: Alike) -> str:
        """The blanks behind an opening bracket."""
        return _usual(_SPACES, (_first_gap(self._manner.text, node) for node in alike)) or ""


def in_usual_order(value: Map, alike: Alike) -> tuple[tuple[str, Value], ...]:
    """The pairs of *value*, its keys as the likest mapping orders them; others stay behind the one before."""
    usual = {key.text: place for place, (key, _) in enumerate(alike[-1].pairs)} if alike else {}
    places, place = [], -1
    for key, _ in value.pairs:
        place = usual.get(key, place)
        places.append(place)
    order = sorted(range(len(places)), key=places.__getitem__)
    return tuple(value.pairs[position] for position in order)


def key_like(key: str, alike: Alike, manner: Manner, *, in_flow: bool) -> str:
    """*key* as it stands in one of *alike*, else as their other keys do."""
    keys = tuple(known for node in alike for known, _ in node.pairs if not known.is_alias)
    same = next((known for known in reversed(keys) if known.is_key(key) and _is_copied(known)), None)
    return same.span.of(manner.text) if same else new_string(key, Place("", keys, in_flow, indent=0), manner)


def _is_copied(key: Node) -> bool:
    """Not an anchor with it, nor what YAML takes for something else than a string, as plain `on`."""
    return key.start == key.span.start and key.tag == STR


def values_like(key: str, alike: Alike) -> Alike:
    """What stands under *key* in *alike*, else all that stands there."""
    same = tuple(child for node in alike if (child := node.child(key)))
    return same or tuple(child for node in alike for child in node.children)


def colon_like(text: str, alike: Alike) -> str:
    """The colon between a key and a value on one line, with the blanks around it."""
    pairs = (pair for node in alike for pair in node.pairs)
    return _usual(_COLON, (text[key.span.end : value.start] for key, value in pairs)) or ": "


def gaps(text: str, node: Node) -> tuple[str, ...]:
    """What stands between each two entries of the flow collection *node*."""
    if node.style is not Style.FLOW or node.is_alias:
        return ()
    found = entries(text, node)
    return tuple(
        text[one.end : other.start].lstrip(" " if one.end == one.slot else "")
        for one, other in pairwise(found)
    )


def _first_gap(text: str, node: Node) -> str:
    found = entries(text, node) if node.style is Style.FLOW else ()
    return text[node.span.start + 1 : found[0].start] if found else ""


def _of_kind(nodes: Iterable[Node], kind: Kind) -> Alike:
    return tuple(node for node in nodes if node.kind is kind and not node.is_alias)


def _usual(pattern: re.Pattern[str], sources: Iterable[str]) -> str | None:
    """The last of *sources* that is all *pattern*."""
    return next((source for source in reversed(tuple(sources)) if pattern.fullmatch(source)), None)
