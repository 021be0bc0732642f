"""
Operations, found on the tree: what is wished for each node.

Refuses what would change more than its path says (aliases, shared anchors) or
whose path is not one place (repeated keys).
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, assert_never

from enrich.frontmatter.nodes import Kind, Node
from enrich.frontmatter.operations import Append, Insert, Operation, Remove, Set
from enrich.models import Map
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.models import Path, Value


class Impossible(Exception):  # noqa: N818 - leaves this package as a `Refused`
    """The operation with *number* can't be made, for *reason*."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(number, reason)
        self.number = number
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Addition:
    """A new item, or a new pair with its *key*."""

    number: int
    """Of the operation among those given."""
    after: int
    """Position of the child behind which it goes, -1 for the front; those at one place keep their order."""
    value: Value
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A new value."""

    number: int
    value: Value


@dataclass(slots=True)
class Wish:
    """What is wished for one node and for those below it."""

    node: Node
    setting: Setting | None = None
    removed: dict[int, int] = field(default_factory=dict)
    """Positions of children, with the numbers of the operations that remove them."""
    added: list[Addition] = field(default_factory=list)
    children: dict[int, Wish] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.setting or self.removed or self.added or self.children)


def wishes(root: Node, operations: Iterable[Operation]) -> Wish:
    """Raises Impossible for the first operation that can't be made."""
    wished = Wish(root)
    for number, operation in enumerate(operations):
        _Registrar(number, operation, root).register(wished)
    return wished


_SURROGATE = pattern("[\ud800-\udfff]")


def _is_writable(value: Value) -> bool:
    """No format holds lone surrogates."""
    if isinstance(value, Map):
        return all(_is_writable(key) and _is_writable(each) for key, each in value.pairs)
    if isinstance(value, tuple):
        return all(_is_writable(item) for item in value)
    return not isinstance(value, str) or _SURROGATE.search(value) is None


class _Registrar:
    """Puts one operation in its place."""

    def __init__(self, number: int, operation: Operation, root: Node) -> None:
        self._number = number
        self._operation = operation
        self._root = root

    def register(self, root: Wish) -> None:
        operation = self._operation
        self._demand(len(operation.path) > 0, "it names no place in the front matter")
        if not isinstance(operation, Remove):
            self._demand(_is_writable(operation.value), "it holds half of a surrogate pair")
        match operation:
            case Set():
                wish = self._find(root, operation.path)
                self._demand_unshared(wish.node)
                self._demand(wish.is_empty, "another operation already changes it")
                wish.setting = Setting(self._number, operation.value)
            case Append():
                wish = self._find(root, operation.path)
                self._demand(wish.node.kind is Kind.SEQUENCE, "it is no list")
                wish.added.append(Addition(self._number, len(wish.node.items) - 1, operation.value))
            case Insert():
                self._insert(self._find(root, operation.path[:-1]), operation)
            case Remove():
                parent = self._find(root, operation.path[:-1])
                position = self._position(parent.node, operation.path[-1])
                self._demand_unshared(parent.node.children[position], in_itself=False)
                self._demand(
                    position not in parent.removed and position not in parent.children,
                    "another operation already changes it",
                )
                parent.removed[position] = self._number
            case _:
                assert_never(operation)

    def _insert(self, wish: Wish, operation: Insert) -> None:
        node, key = wish.node, operation.path[-1]
        self._demand(node.kind is Kind.MAPPING and isinstance(key, str), "it is no mapping")
        known = [each.text for each, _ in node.pairs]
        self._demand(key not in known, "the key is there already")
        self._demand("<<" not in known, "the mapping is merged with another")
        new = {each.key: each.after for each in wish.added}
        self._demand(key not in new, "another operation already adds it")
        after = next((name for name in operation.after if name in known or name in new), None)
        if after in new:
            position = new[after]
        elif after is None:
            position = len(known) - 1
        else:
            position = len(known) - 1 - known[::-1].index(after)
        wish.added.append(Addition(self._number, position, operation.value, str(key)))

    def _find(self, wish: Wish, path: Path) -> Wish:
        """The wish for the node at *path*, made where there is none yet."""
        for step in path:
            self._demand(wish.setting is None, "another operation already changes it")
            position = self._position(wish.node, step)
            self._demand(position not in wish.removed, "another operation already removes it")
            wish = wish.children.setdefault(position, Wish(wish.node.children[position]))
        self._demand_editable(wish.node)
        self._demand(wish.setting is None, "another operation already changes it")
        return wish

    def _position(self, node: Node, step: str | int) -> int:
        self._demand_editable(node)
        if isinstance(step, int):
            self._demand(
                node.kind is Kind.SEQUENCE and 0 <= step < len(node.items), f"there is no item {step}"
            )
            return step
        found = [position for position, (key, _) in enumerate(node.pairs) if key.is_key(step)]
        self._demand(len(found) > 0, f"there is no key `{step}`")
        self._demand(len(found) == 1, f"the key `{step}` stands twice")
        return found[0]

    def _demand_editable(self, node: Node) -> None:
        self._demand(not node.is_alias, "it is an alias of another value")
        self._demand(not self._is_shared({node.anchor}), "aliases share it")

    def _demand_unshared(self, node: Node, *, in_itself: bool = True) -> None:
        """Nothing below *node* may be what an alias elsewhere refers to, and it no alias *in itself*."""
        self._demand(not (in_itself and node.is_alias), "it is an alias of another value")
        names = {each.anchor for each in node.walk() if not each.is_alias}
        self._demand(not self._is_shared(names), "aliases share it")

    def _is_shared(self, anchors: set[str]) -> bool:
        """Does an alias refer to one of *anchors*?"""
        named = anchors - {""}
        return bool(named) and any(node.is_alias and node.anchor in named for node in self._root.walk())

    def _demand(self, condition: bool, reason: str) -> None:
        if not condition:
            raise Impossible(self._number, reason)
