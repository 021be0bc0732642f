"""
What a node of TOML means: for telling whether two are equal, and whether one is what was read elsewhere.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from enrich.frontmatter.nodes import BOOL, FLOAT, INT, STR, TIMESTAMP, Kind, Node
from enrich.frontmatter.toml.scalars import number, written
from enrich.models import Map

if TYPE_CHECKING:
    from enrich.frontmatter.wishes import Wish
    from enrich.models import Value

Sketch: TypeAlias = tuple[str, Any]
"""A hashable: the tag or `list` or `table`, and the text, the items, or the set of pairs."""


def sketch(node: Node) -> Sketch:
    """What *node* says, numbers as they are written."""
    if node.kind is Kind.SEQUENCE:
        return "list", tuple(map(sketch, node.items))
    if node.kind is Kind.MAPPING:
        return "table", frozenset((key.text, sketch(value)) for key, value in node.pairs)
    return node.tag, node.text


def sketch_of(value: Value) -> Sketch:
    """As `sketch` of the node that *value* becomes. TOML has no null: raises ValueError for one."""
    match value:
        case str():
            return STR, value
        case tuple():
            return "list", tuple(map(sketch_of, value))
        case Map():
            return "table", frozenset((key, sketch_of(each)) for key, each in value.pairs)
        case None:
            raise ValueError("TOML has no null")
        case bool():
            return BOOL, written(value)
        case int():
            return INT, written(value)
        case dt.date():
            return TIMESTAMP, written(value)
        case _:
            return FLOAT, written(value)


def holds(node: Node, value: Value) -> bool:
    """Is *value* what *node* says, however numbers are written, keys in any order?"""
    if sketch(node) == sketch_of(value):
        return True
    if node.tag not in (INT, FLOAT) or not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return isinstance(value, float) == (node.tag == FLOAT) and number(node.tag, node.text) == value


def agrees(node: Node, data: Any) -> bool:
    """Is *data*, as `tomllib` returns it, what *node* says?"""
    if node.kind is Kind.SEQUENCE:
        return isinstance(data, list) and len(data) == len(node.items) and all(map(agrees, node.items, data))
    if node.kind is Kind.MAPPING:
        return (
            isinstance(data, dict)
            and len(data) == len(node.pairs)
            and all(key.text in data and agrees(value, data[key.text]) for key, value in node.pairs)
        )
    match node.tag:
        case "tag:yaml.org,2002:str":
            return isinstance(data, str) and data == node.text
        case "tag:yaml.org,2002:timestamp":
            return isinstance(data, (dt.date, dt.time))
        case "tag:yaml.org,2002:bool":
            return isinstance(data, bool) and data is (node.text == "true")
        case _:
            return repr(data) == repr(number(node.tag, node.text))


def intended(wish: Wish) -> Sketch:
    """What the node of *wish* is to say."""
    node = wish.node
    if wish.setting:
        return sketch(node) if holds(node, wish.setting.value) else sketch_of(wish.setting.value)
    if wish.is_empty:
        return sketch(node)
    children = [
        intended(wish.children[at]) if at in wish.children else sketch(child)
        for at, child in enumerate(node.children)
    ]
    if node.kind is Kind.MAPPING:
        kept = [(key.text, children[at]) for at, (key, _) in enumerate(node.pairs) if at not in wish.removed]
        return "table", frozenset((*kept, *((str(each.key), sketch_of(each.value)) for each in wish.added)))
    items: list[Sketch] = []
    for at in range(-1, len(children)):
        if at >= 0 and at not in wish.removed:
            items.append(children[at])
        items += (sketch_of(each.value) for each in wish.added if each.after == at)
    return "list", tuple(items)
