"""
Front matter as tomllib reads it, and what an operation should make of that.

Knows nothing of how `enrich.frontmatter` works; tests compare the two.
"""

from __future__ import annotations

import copy
from typing import Any

from enrich.frontmatter import Append, Insert, Operation, Remove, Set
from enrich.models import Map, Path, Value


def data_of(value: Value) -> Any:
    if isinstance(value, tuple):
        return [data_of(item) for item in value]
    return {key: data_of(each) for key, each in value.pairs} if isinstance(value, Map) else value


def find(root: Any, path: Path) -> Any:
    for step in path:
        root = root[step]
    return root


def made(data: dict[str, Any], operations: list[Operation]) -> dict[str, Any]:
    """*data* with *operations* made, all of whose paths are meant as they are before."""
    result = copy.deepcopy(data)
    gone: list[tuple[Any, Any]] = []
    for operation in operations:
        parent = find(result, operation.path[:-1])
        match operation:
            case Set(path, value) | Insert(path, value):
                parent[path[-1]] = data_of(value)
            case Append(path, value):
                parent[path[-1]].append(data_of(value))
            case Remove(path):
                gone.append((parent, path[-1]))
    for parent, step in sorted(gone, key=lambda each: -each[1] if isinstance(each[1], int) else 0):
        del parent[step]
    return result


def typed(data: Any) -> Any:
    """Equal for data that are of the same types and values, keys in any order."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    return list(map(typed, data)) if isinstance(data, list) else repr(data)
