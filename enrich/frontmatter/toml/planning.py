"""
Wishes to edits of the text.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import STR, Kind, Node, Style
from enrich.frontmatter.toml.inline import member_edits
from enrich.frontmatter.toml.lines import newline_at
from enrich.frontmatter.toml.outline import outline
from enrich.frontmatter.toml.patching import string_edits
from enrich.frontmatter.toml.sections import Lines
from enrich.frontmatter.toml.spelling import Speller
from enrich.frontmatter.toml.values import holds, sketch, sketch_of
from enrich.frontmatter.wishes import Addition, Impossible, Setting, Wish
from enrich.models import Map
from enrich.text import Edit

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import FrontMatter
    from enrich.models import Path, Value

LARGEST = 2**63
"""Readers of TOML need not take integers from here on. Source: https://toml.io/en/v1.0.0#integer"""


class Planner:
    """Goes through the wishes once; gathers edits, each with the number of its operation."""

    def __init__(self, front_matter: FrontMatter) -> None:
        self._text = front_matter.document.text
        self._speller = Speller(self._text, front_matter.root, newline_at(self._text, 0))
        self._lines = Lines(outline(self._text, front_matter.header), self._speller)
        self.edits: list[tuple[int, Edit]] = []

    def plan(self, wish: Wish, path: Path = (), alike: tuple[Node, ...] = ()) -> None:
        """*alike* are the values beside the one of *wish*. Raises Impossible."""
        for each in (wish.setting, *wish.added):
            if each:
                _demand_writable(each)
        if wish.setting:
            self._set(wish.node, wish.setting, path, alike)
        else:
            self._change(wish, path)

    # -- a collection that stays -------------------------------------------------------------

    def _change(self, wish: Wish, path: Path) -> None:
        node = wish.node
        if node.kind is Kind.SEQUENCE and node.style is Style.FLOW:
            wish = _paired(wish)
        for position, child in wish.children.items():
            self.plan(child, (*path, _step(node, position)), node.children)
        if not wish.removed and not wish.added:
            return
        if node.style is Style.FLOW:
            self.edits += member_edits(node, wish.removed, wish.added, self._speller)
        else:
            self._change_lines(wish, path)

    def _change_lines(self, wish: Wish, path: Path) -> None:
        node, is_list = wish.node, wish.node.kind is Kind.SEQUENCE
        if is_list and len(wish.removed) == len(node.items):
            raise Impossible(next(iter(wish.removed.values())), "a list of tables is never empty")
        for position, number in wish.removed.items():
            for edit in self._lines.removed((*path, _step(node, position))):
                self.edits.append((number, edit))
        for each in wish.added:
            made = self._lines.table(path, node, each) if is_list else self._lines.pair(path, node, each)
            self.edits.append((each.number, made))

    # -- another value -----------------------------------------------------------------------

    def _set(self, node: Node, setting: Setting, path: Path, alike: tuple[Node, ...]) -> None:
        value = setting.value
        if holds(node, value):
            return
        if node.kind is Kind.SEQUENCE and isinstance(value, tuple) and (value or node.style is Style.FLOW):
            self._change(_list_wish(node, setting, value), path)
        elif node.kind is Kind.MAPPING and isinstance(value, Map) and _shares_a_key(node, value):
            self._change(_table_wish(node, setting, value), path)
        elif node.style is Style.BLOCK:
            raise Impossible(setting.number, "it is a table with lines of its own")
        else:
            self.edits += ((setting.number, edit) for edit in self._replaced(node, value, alike))

    def _replaced(self, node: Node, value: Value, alike: tuple[Node, ...]) -> tuple[Edit, ...]:
        if node.tag == STR and isinstance(value, str):
            return string_edits(self._text, node, value, self._speller.newline)
        return (Edit(node.span, self._speller.value(value, alike)),)


def _demand_writable(each: Setting | Addition) -> None:
    if (reason := _unwritable(each.value)) is not None:
        raise Impossible(each.number, reason)


def _unwritable(value: Value) -> str | None:
    if isinstance(value, Map):
        return next(filter(None, (_unwritable(each) for _, each in value.pairs)), None)
    if isinstance(value, tuple):
        return next(filter(None, map(_unwritable, value)), None)
    if value is None:
        return "TOML has no null"
    is_large = isinstance(value, int) and not -LARGEST <= value < LARGEST
    return "the number is too large for TOML" if is_large else None


def _step(node: Node, position: int) -> str | int:
    return position if node.kind is Kind.SEQUENCE else node.pairs[position][0].text


def _paired(wish: Wish) -> Wish:
    """Of a list whose last item goes while another comes behind it: the one becomes the other."""
    removed, added, children = dict(wish.removed), list(wish.added), dict(wish.children)
    last = len(wish.node.items) - 1
    first = last
    while first in removed:
        first -= 1
    for position in range(first + 1, last + 1):
        behind = next((each for each in added if first <= each.after <= last), None)
        if behind is None:
            break
        added.remove(behind)
        removed.pop(position)
        children[position] = Wish(wish.node.items[position], Setting(behind.number, behind.value))
        added = [replace(each, after=position) if first <= each.after <= last else each for each in added]
    return Wish(wish.node, None, removed, added, children)


def _list_wish(node: Node, setting: Setting, values: tuple[Value, ...]) -> Wish:
    """Only the items that differ are touched."""
    wish = Wish(node)
    matcher = SequenceMatcher(
        None, [sketch(item) for item in node.items], [sketch_of(value) for value in values], autojunk=False
    )
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            continue
        paired = min(end - start, new_end - new_start)
        for step in range(paired):
            wish.children[start + step] = _setting(
                node.items[start + step], setting, values[new_start + step]
            )
        wish.removed |= dict.fromkeys(range(start + paired, end), setting.number)
        wish.added += (
            Addition(setting.number, start + paired - 1, value)
            for value in values[new_start + paired : new_end]
        )
    return wish


def _shares_a_key(node: Node, value: Map) -> bool:
    return any(node.child(key) for key, _ in value.pairs)


def _table_wish(node: Node, setting: Setting, value: Map) -> Wish:
    """Only the keys that differ are touched; those that stay keep their order."""
    wish = Wish(node)
    known = {key.text: position for position, (key, _) in enumerate(node.pairs)}
    wanted = dict(value.pairs)
    wish.removed = {at: setting.number for key, at in known.items() if key not in wanted}
    after = len(known) - 1
    for key, each in wanted.items():
        if key in known:
            after = known[key]
            wish.children[after] = _setting(node.pairs[after][1], setting, each)
        else:
            wish.added.append(Addition(setting.number, after, each, key))
    return wish


def _setting(node: Node, setting: Setting, value: Value) -> Wish:
    return Wish(node, Setting(setting.number, value))
