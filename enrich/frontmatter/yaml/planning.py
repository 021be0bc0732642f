"""
Wishes to edits of the text, and to the tree that these edits must make.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Node, Style
from enrich.frontmatter.wishes import Addition, Impossible, Setting, Wish
from enrich.frontmatter.yaml.additions import Target, added_edits
from enrich.frontmatter.yaml.flow import FlowWriter
from enrich.frontmatter.yaml.folding import column
from enrich.frontmatter.yaml.layout import Entry, entries, entry, line_end
from enrich.frontmatter.yaml.lines import LineWriter
from enrich.frontmatter.yaml.removals import Entangled, removed_edits, replaced_block
from enrich.frontmatter.yaml.scalars import source_edits, string_edits
from enrich.frontmatter.yaml.spelling import Place, plain_text
from enrich.frontmatter.yaml.values import holds, meaning, meaning_of, node_of
from enrich.models import Map
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.yaml.manner import Manner
    from enrich.models import Value


@dataclass(frozen=True, slots=True)
class Where:
    """Where a node stands."""

    place: Place
    slot: int | None = None
    """Where its value begins behind dash or colon; None for the root."""
    is_block_value: bool = False
    """It is the value of a key in a block mapping."""


ROOT = Where(Place("", (), in_flow=False, indent=0))


class Planner:
    """Goes through the wishes once; gathers edits, each with the number of its operation."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._text = manner.text
        self.edits: list[tuple[int, Edit]] = []

    def plan(self, wish: Wish, where: Where) -> Node:
        """The node that is to stand where *wish*'s does. Raises Impossible."""
        if wish.setting:
            return self._set(wish, wish.setting, where)
        return wish.node if wish.is_empty else self._change(wish, where)

    # -- a collection that stays -------------------------------------------------------------

    def _change(self, wish: Wish, where: Where) -> Node:
        node = wish.node
        changed = {
            position: self.plan(child, _where(self._text, node, position, where.place))
            for position, child in wish.children.items()
        }
        if not wish.removed and not wish.added:
            return _rebuilt(node, changed, tuple(range(len(node.children))), [])
        found = entries(self._text, node)
        kept = tuple(position for position in range(len(found)) if position not in wish.removed)
        added = [replace(each, after=_behind_kept(kept, each.after)) for each in wish.added]
        try:
            self._remove(wish, found, where)
            target = Target(node, found, kept, where.place.key, where.place.indent)
            if added and not kept and found and node.style is Style.BLOCK:
                raise Entangled("nothing of it would stay beside what is added")
            for each, edit in added_edits(target, added, self._manner) if added else ():
                self.edits.append((each.number, edit))
        except Entangled as trouble:
            number = added[0].number if added else next(iter(wish.removed.values()))
            raise Impossible(number, str(trouble)) from trouble
        return _rebuilt(node, changed, kept, added)

    def _remove(self, wish: Wish, found: tuple[Entry, ...], where: Where) -> None:
        if wish.removed:
            for position, edit in removed_edits(self._text, wish.node, found, wish.removed, where.slot):
                self.edits.append((wish.removed[position], edit))

    # -- another value -----------------------------------------------------------------------

    def _set(self, wish: Wish, setting: Setting, where: Where) -> Node:
        node, value = wish.node, setting.value
        if holds(node, value):
            return node
        if node.is_alias:
            raise Impossible(setting.number, "it is an alias of another value")
        if node.is_tagged and node.tag != node_of(value).tag:
            raise Impossible(setting.number, "its tag says that it is something else")
        for step in (self._set_list, self._set_mapping, self._set_scalar, self._replace):
            made = step(node, setting, where)
            if made is not None:
                return made
        raise Impossible(setting.number, "there is no room for the value")

    def _set_list(self, node: Node, setting: Setting, where: Where) -> Node | None:
        """Only the items that differ are touched."""
        values = setting.value
        if node.kind is not Kind.SEQUENCE or not isinstance(values, tuple):
            return None
        wish = Wish(node)
        matcher = SequenceMatcher(
            None,
            [meaning(item) for item in node.items],
            [meaning_of(value) for value in values],
            autojunk=False,
        )
        for what, start, end, new_start, new_end in matcher.get_opcodes():
            if what == "equal":
                continue
            paired = min(end - start, new_end - new_start)
            for step in range(paired):
                _wish_child(wish, start + step, setting, values[new_start + step])
            wish.removed |= dict.fromkeys(range(start + paired, end), setting.number)
            wish.added += [
                Addition(setting.number, start + paired - 1, value)
                for value in values[new_start + paired : new_end]
            ]
        return self._change(wish, where)

    def _set_mapping(self, node: Node, setting: Setting, where: Where) -> Node | None:
        """Only the keys that differ are touched; those that stay keep their order."""
        if node.kind is not Kind.MAPPING or not isinstance(setting.value, Map):
            return None
        known = {key.text: position for position, (key, _) in enumerate(node.pairs)}
        wanted = dict(setting.value.pairs)
        if len(known) != len(node.pairs) or not known.keys() & wanted.keys():
            return None
        wish = Wish(node)
        wish.removed = {at: setting.number for key, at in known.items() if key not in wanted}
        after = -1
        for key, value in wanted.items():
            if key in known:
                after = known[key]
                _wish_child(wish, after, setting, value)
            else:
                wish.added.append(Addition(setting.number, after, value, key))
        return self._change(wish, where)

    def _set_scalar(self, node: Node, setting: Setting, where: Where) -> Node | None:
        value = setting.value
        if node.kind is not Kind.SCALAR or isinstance(value, (tuple, Map)):
            return None
        if isinstance(value, str):
            edits = string_edits(node, value, where.place, self._manner)
        else:
            edits = source_edits(self._text, node, plain_text(value))
        return self._made(edits, node, setting)

    def _replace(self, node: Node, setting: Setting, where: Where) -> Node | None:
        """A scalar by a collection, or the other way round."""
        if where.slot is None or where.slot < 0:
            return None
        edits = self._on_lines(node, setting.value, where) or self._in_brackets(node, setting, where)
        return self._made(edits, node, setting)

    def _on_lines(self, node: Node, value: Value, where: Where) -> tuple[Edit, ...] | None:
        """A block behind a key on whose line nothing else stands."""
        end = line_end(self._text, node.span.end)
        can_be = where.is_block_value and node.kind is Kind.SCALAR and node.start == node.span.start
        if not can_be or not isinstance(value, (tuple, Map)) or end is None or end.has_comment:
            return None
        writer = LineWriter(self._manner, end.newline)
        lines = writer.lines(value, where.place.indent - 2, node.start)
        stop = end.next_line - len(end.newline)
        start = stop if node.span.start == node.span.end else where.slot
        return (Edit(Span(start or stop, stop), lines),) if lines else None

    def _in_brackets(self, node: Node, setting: Setting, where: Where) -> tuple[Edit, ...] | None:
        in_flow = where.place.in_flow
        flow = FlowWriter(self._manner, column(self._text, node.span.start), None, in_flow=in_flow)
        flow.value(setting.value, where.place.neighbours, where.place.key)
        if node.kind is Kind.SCALAR or node.style is Style.FLOW or where.slot is None:
            return source_edits(self._text, node, flow.source)
        found = entries(self._text, node)
        try:
            return tuple(edit for _, edit in replaced_block(self._text, node, found, where.slot, flow.source))
        except Entangled as trouble:
            raise Impossible(setting.number, str(trouble)) from trouble

    def _made(self, edits: tuple[Edit, ...] | None, node: Node, setting: Setting) -> Node | None:
        if edits is None:
            return None
        self.edits += [(setting.number, edit) for edit in edits]
        return replace(node_of(setting.value), anchor=node.anchor)


def _wish_child(wish: Wish, position: int, setting: Setting, value: Value) -> None:
    child = wish.node.children[position]
    wish.children[position] = Wish(child, Setting(setting.number, value))


def _behind_kept(kept: tuple[int, ...], after: int) -> int:
    return max((position for position in kept if position <= after), default=-1)


def _rebuilt(node: Node, changed: dict[int, Node], kept: tuple[int, ...], added: list[Addition]) -> Node:
    """*node* with the children that stay, changed or not, and those that are added."""
    children: list[tuple[Node | None, Node]] = _new_children(added, -1)
    standing = node.children
    for position in kept:
        key = node.pairs[position][0] if node.kind is Kind.MAPPING else None
        children.append((key, changed.get(position, standing[position])))
        children += _new_children(added, position)
    if node.kind is Kind.SEQUENCE:
        return replace(node, items=tuple(child for _, child in children))
    return replace(node, pairs=tuple((key, child) for key, child in children if key))


def _new_children(added: list[Addition], after: int) -> list[tuple[Node | None, Node]]:
    return [
        (None if each.key is None else node_of(each.key), node_of(each.value))
        for each in added
        if each.after == after
    ]


def _where(text: str, node: Node, position: int, place: Place) -> Where:
    found = entry(text, node, position)
    key = node.pairs[position][0].text if node.kind is Kind.MAPPING else place.key
    in_flow = place.in_flow or node.style is Style.FLOW
    indent = column(text, found.start) + 2
    is_block_value = node.kind is Kind.MAPPING and not in_flow
    return Where(Place(key, node.children, in_flow, indent), found.slot, is_block_value)
