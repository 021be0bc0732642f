"""
Entries on lines of their own: pairs of a block mapping and items of a block list,
written as those beside them are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Style
from enrich.frontmatter.yaml.flow import Alike, FlowWriter, colon_like, in_usual_order, key_like, values_like
from enrich.frontmatter.yaml.folding import folded
from enrich.frontmatter.yaml.layout import entries
from enrich.frontmatter.yaml.spelling import Place, new_string, new_style, plain_text
from enrich.models import Map
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.yaml.manner import Manner
    from enrich.models import Value


@dataclass(frozen=True, slots=True)
class LineWriter:
    manner: Manner
    newline: str

    def pair(self, key: str, value: Value, alike: Alike, indent: int, near: int) -> str:
        """
        A pair of a block mapping like those of *alike*, without its first indentation and last line break.

        *indent* is the mapping's column, *near* an offset close to which it goes.
        """
        values = values_like(key, alike)
        name = key_like(key, alike, self.manner, in_flow=False)
        colon = colon_like(self.manner.text, alike)
        if isinstance(value, str):
            place = Place(key, values, in_flow=False, indent=indent + 2)
            return name + colon + self._string(value, place, indent + len(name + colon))
        if not isinstance(value, (tuple, Map)):
            return name + colon + plain_text(value)
        if lines := self.lines(value, indent, near):
            return f"{name}{colon.rstrip()}{lines}"
        found = self.manner.like(value, near)
        writer = FlowWriter(self.manner, indent + len(name + colon), None, in_flow=False)
        writer.value(value, (found.node,) if found else values, key)
        return name + colon + writer.source

    def lines(self, value: tuple[Value, ...] | Map, indent: int, near: int) -> str | None:
        """
        *value* on lines of its own, the line break before them included; None where it is rather in brackets.

        *indent* is the column of its key.
        """
        found = self.manner.like(value, near)
        offset = found.offset if found else 2 if isinstance(value, Map) else self.manner.list_offset
        is_block = found.is_block if found else offset is not None
        if not is_block or offset is None or not (value if isinstance(value, tuple) else value.pairs):
            return None
        inner = indent + offset
        alike = (found.node,) if found else ()
        if isinstance(value, Map):
            lines = self._pairs(value, alike, inner, near)
        else:
            siblings = tuple(item for node in alike for item in node.items)
            gap = gap_behind_dash(self.manner.text, alike[-1]) if alike else " "
            items = (self.item(item, siblings, inner, gap, near) for item in value)
            lines = f"{self.newline}{' ' * inner}".join(items)
        return f"{self.newline}{' ' * inner}{lines}"

    def item(self, value: Value, siblings: Alike, dash: int, gap: str, near: int) -> str:
        """An item of a block list like *siblings*, its dash at column *dash* with *gap* behind it."""
        mappings = tuple(node for node in siblings if node.kind is Kind.MAPPING and not node.is_alias)
        inner = dash + 1 + len(gap)
        if isinstance(value, Map) and value.pairs and mappings and mappings[-1].style is Style.BLOCK:
            return f"-{gap}{self._pairs(value, mappings, inner, near)}"
        if isinstance(value, str):
            return f"-{gap}{self._string(value, Place('', siblings, in_flow=False, indent=inner), inner)}"
        writer = FlowWriter(self.manner, inner, None, in_flow=False)
        writer.value(value, siblings)
        return f"-{gap}{writer.source}"

    def _pairs(self, value: Map, alike: Alike, indent: int, near: int) -> str:
        pairs = (self.pair(key, each, alike, indent, near) for key, each in in_usual_order(value, alike))
        return f"{self.newline}{' ' * indent}".join(pairs)

    def _string(self, value: str, place: Place, start: int) -> str:
        fold = self.manner.fold(place.indent, self.newline)
        if fold is None:
            return new_string(value, place, self.manner)
        return folded(value, new_style(value, place, self.manner), fold, start, self.manner.escapes)


def gap_behind_dash(text: str, node: Node) -> str:
    """The blanks between the last dash of the block list *node* and its item."""
    last, item = entries(text, node)[-1], node.items[-1]
    gap = text[last.start + 1 : item.start]
    return gap if gap and not gap.strip(" ") else " "
