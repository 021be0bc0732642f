"""
What a node means, and the node that a value is: for telling whether two are equal.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml
from yaml.constructor import SafeConstructor

from enrich.frontmatter.nodes import MAP, SEQ, STR, Kind, Node, Style
from enrich.frontmatter.yaml.compose import resolve
from enrich.frontmatter.yaml.spelling import plain_text
from enrich.frontmatter.yaml.strings import looks_typed
from enrich.models import Map
from enrich.text import Span

if TYPE_CHECKING:
    from enrich.models import Value

_NOWHERE = Span(0, 0)


def holds(node: Node, value: Value) -> bool:
    """
    Is *value* what *node* says, keys in any order?

    To every reader: plain `1e5` is a string for some and a number for others, and
    so is neither here.
    """
    return bool(meaning(node) == meaning_of(value))


def meaning(node: Node) -> Any:
    """A hashable that is equal for nodes of equal meaning; an alias equals nothing but itself."""
    if node.is_alias:
        return ("alias", node.start)
    if node.kind is Kind.SEQUENCE:
        return (node.tag, tuple(meaning(item) for item in node.items))
    if node.kind is Kind.MAPPING:
        pairs = [(meaning(key), meaning(value)) for key, value in node.pairs]
        return (node.tag, len(pairs), frozenset(pairs))
    if node.tag == STR:
        is_string = not node.plain or node.is_tagged or not looks_typed(node.text)
        return (STR, node.text) if is_string else ("ambiguous", node.text)
    try:
        value = _CONSTRUCTOR.construct_object(yaml.ScalarNode(node.tag, node.text))
    except (yaml.YAMLError, ValueError):
        return (node.tag, node.text)
    return (type(value), value)


_CONSTRUCTOR = SafeConstructor()


def meaning_of(value: Value) -> Any:
    """As `meaning` of the node that *value* is."""
    if isinstance(value, str):
        return (STR, value)
    if isinstance(value, tuple):
        return (SEQ, tuple(meaning_of(item) for item in value))
    if isinstance(value, Map):
        pairs = [(meaning_of(key), meaning_of(each)) for key, each in value.pairs]
        return (MAP, len(pairs), frozenset(pairs))
    return (type(value), value)


def node_of(value: Value) -> Node:
    """*value* as a node that stands nowhere."""
    if isinstance(value, tuple):
        items = tuple(node_of(item) for item in value)
        return Node(Kind.SEQUENCE, _NOWHERE, 0, Style.FLOW, SEQ, items=items)
    if isinstance(value, Map):
        pairs = tuple((node_of(key), node_of(each)) for key, each in value.pairs)
        return Node(Kind.MAPPING, _NOWHERE, 0, Style.FLOW, MAP, pairs=pairs)
    if isinstance(value, str):
        return Node(Kind.SCALAR, _NOWHERE, 0, Style.DOUBLE, STR, value)
    text = plain_text(value)
    return Node(Kind.SCALAR, _NOWHERE, 0, Style.PLAIN, resolve(text), text)


def same_tree(made: Node, wanted: Node) -> bool:
    """
    Kind, tag, value and order equal throughout, and aliases of the same anchors at the same places.

    Only a mapping that is new may have its keys in another order than *wanted*.
    """
    return _is_same(made, wanted, Counter(), Counter())


def _is_same(made: Node, wanted: Node, anchors: Counter[str], wanted_anchors: Counter[str]) -> bool:
    if not (
        made.kind is wanted.kind
        and made.tag == wanted.tag
        and made.text == wanted.text
        and made.anchor == wanted.anchor
        and made.is_alias == wanted.is_alias
    ):
        return False
    if made.is_alias:
        # A name may be given again: is it that of the same anchor, counted from the beginning?
        return anchors[made.anchor] == wanted_anchors[made.anchor]
    if made.anchor:
        anchors[made.anchor] += 1
        wanted_anchors[made.anchor] += 1
    if made.kind is Kind.SCALAR:
        return True
    is_new = wanted.span is _NOWHERE
    children, wanted_children = _in_order(made, is_sorted=is_new), _in_order(wanted, is_sorted=is_new)
    if len(children) != len(wanted_children):
        return False
    for child, wanted_child in zip(children, wanted_children, strict=True):
        if not _is_same(child, wanted_child, anchors, wanted_anchors):
            return False
    return True


def _in_order(node: Node, *, is_sorted: bool) -> list[Node]:
    pairs = sorted(node.pairs, key=lambda pair: pair[0].text) if is_sorted else node.pairs
    return [*node.items, *(each for pair in pairs for each in pair)]
