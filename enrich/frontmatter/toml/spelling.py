"""Values where none stands yet, written as those around them are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Node, Style
from enrich.frontmatter.toml.scalars import written
from enrich.frontmatter.toml.strings import fits, spell
from enrich.models import Map
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.models import Value

_BARE_KEY = pattern(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Speller:
    text: str
    root: Node
    newline: str

    def value(self, value: Value, alike: Iterable[Node] = ()) -> str:
        """*value* on one line, in the manner of *alike*, the values beside it; no null is in it."""
        nodes = tuple(alike)
        if isinstance(value, str):
            return self._string(value, nodes)
        if isinstance(value, tuple):
            inner = tuple(item for node in nodes for item in node.items)
            return f"[{', '.join(self.value(item, inner) for item in value)}]"
        if isinstance(value, Map):
            return self._table(value, [node for node in nodes if node.kind is Kind.MAPPING])
        return written(value) if value is not None else ""

    def _string(self, value: str, alike: tuple[Node, ...]) -> str:
        style = self._quote(alike or tuple(self.root.children))
        return spell(value, style if fits(value, style) else Style.DOUBLE, self.newline)

    def _quote(self, nodes: Iterable[Node]) -> Style:
        """How most of *nodes* are quoted."""
        counts = Counter(node.style for node in nodes)
        return Style.SINGLE if counts[Style.SINGLE] > counts[Style.DOUBLE] else Style.DOUBLE

    def _table(self, value: Map, alike: list[Node]) -> str:
        inline = [node for node in alike if node.style is Style.FLOW and node.pairs]
        padding = " " if inline and self.text[inline[-1].span.start + 1] == " " else ""
        equals = equals_sign(self.text, inline[-1]) if inline else " = "
        children = tuple(child for node in alike for child in node.children)
        pairs = (
            f"{key_text(key)}{equals}{self.value(each, children)}" for key, each in in_order(value, alike)
        )
        body = ", ".join(pairs)
        return f"{{{padding}{body}{padding}}}" if body else "{}"


def key_text(key: str) -> str:
    """*key* bare where it may be, else in quotes."""
    return key if _BARE_KEY.fullmatch(key) else spell(key, Style.DOUBLE, "\n")


def equals_sign(text: str, node: Node) -> str:
    """What stands between the last key and its value in the inline table *node*, dotted keys left out."""
    spans = [(key.span.end, value.span.start) for key, value in node.pairs if value.style is not Style.BLOCK]
    return text[slice(*spans[-1])] if spans else " = "


def in_order(value: Map, alike: Iterable[Node]) -> list[tuple[str, Value]]:
    """The pairs of *value* in the order that those of *alike* have; what they don't have comes last."""
    names = [key.text for node in alike for key, _ in node.pairs]
    return sorted(value.pairs, key=lambda pair: names.index(pair[0]) if pair[0] in names else len(names))
