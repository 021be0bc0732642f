"""
Front matter as PyYAML reads it, and what an operation should make of that.

Knows nothing of how `enrich.frontmatter` works; tests compare the two.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import yaml

from enrich.frontmatter import Append, Insert, Operation, Remove, Set
from enrich.models import Map, Path, Value

PREFIX = "tag:yaml.org,2002:"
Tree = list[Any]
"""`["scalar", tag, value]`, `["list", tag, [Tree…]]` or `["mapping", tag, [[Tree, Tree]…]]`."""


def tree(header: str, loader: Any = None) -> Tree:
    """Raises yaml.YAMLError."""
    node = yaml.compose(header, Loader=loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return ["mapping", f"{PREFIX}map", []] if node is None else _tree_of(node)


def _tree_of(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return ["list", node.tag, [_tree_of(item) for item in node.value]]
    if isinstance(node, yaml.MappingNode):
        return ["mapping", node.tag, [[_tree_of(key), _tree_of(value)] for key, value in node.value]]
    return ["scalar", node.tag, None if node.tag == f"{PREFIX}null" else node.value]


def tree_of_value(value: Value) -> Tree:
    match value:
        case str():
            return ["scalar", f"{PREFIX}str", value]
        case tuple():
            return ["list", f"{PREFIX}seq", [tree_of_value(item) for item in value]]
        case Map():
            pairs = [[tree_of_value(key), tree_of_value(each)] for key, each in value.pairs]
            return ["mapping", f"{PREFIX}map", pairs]
        case None:
            return ["scalar", f"{PREFIX}null", None]
        case bool():
            return ["scalar", f"{PREFIX}bool", str(value).lower()]
        case dt.date():
            return ["scalar", f"{PREFIX}timestamp", value.isoformat()]
        case int():
            return ["scalar", f"{PREFIX}int", str(value)]
        case _:
            text = yaml.safe_dump(value).splitlines()[0]
            return ["scalar", f"{PREFIX}float", text]


def find(root: Tree, path: Path) -> Tree:
    for step in path:
        if isinstance(step, int):
            root = root[2][step]
        else:
            root = next(value for key, value in reversed(root[2]) if key[2] == step)
    return root


def made(root: Tree, operations: list[Operation]) -> Tree:
    """*root* with *operations* made, all of whose paths are meant as they are before."""
    result = copy.deepcopy(root)
    gone: list[tuple[Tree, Tree]] = []
    for operation in operations:
        match operation:
            case Set(path, value):
                find(result, path)[:] = tree_of_value(value)
            case Append(path, value):
                find(result, path)[2].append(tree_of_value(value))
            case Insert(path, value):
                find(result, path[:-1])[2].append([tree_of_value(str(path[-1])), tree_of_value(value)])
            case Remove(path):
                parent = find(result, path[:-1])
                child = find(parent, path[-1:])
                gone.append((parent, child))
    for parent, child in gone:
        parent[2][:] = [each for each in parent[2] if each is not child and each[-1] is not child]
    return result


def in_any_order(root: Tree) -> Any:
    """Equal for trees whose mappings differ in the order of their keys only."""
    kind, tag, content = root
    if kind == "list":
        return kind, tag, tuple(in_any_order(item) for item in content)
    if kind == "mapping":
        return kind, tag, tuple(sorted((repr(key), in_any_order(value)) for key, value in content))
    return kind, tag, content
