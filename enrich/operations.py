"""
How a fix is carried out on a front matter: which operations give the field its new value.

Pure. A fix says what shall stand there; the same fix works on a file whose lines
have moved since.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeAlias

from enrich.frontmatter import Append, Insert, Kind, Remove, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.frontmatter import FrontMatter, Node
    from enrich.models import Fix, Path, Value

Operation: TypeAlias = Set | Insert | Append | Remove


def operations(fix: Fix, front_matter: FrontMatter) -> tuple[Operation, ...]:
    node = front_matter.get(fix.path)
    if fix.after is None:
        return (Remove(fix.path),)
    if node is None:
        return (Insert(fix.path, fix.after, fix.anchor),)
    if node.kind is Kind.SEQUENCE and isinstance(fix.before, tuple) and isinstance(fix.after, tuple):
        return tuple(_in_list(node, fix.path, fix.before, fix.after))
    return (Set(fix.path, fix.after),)


def _in_list(
    node: Node, path: Path, before: tuple[Value, ...], after: tuple[Value, ...]
) -> Iterator[Operation]:
    """Only the items that differ: a list of forty authors isn't written anew for one of them."""
    for _, start, end, new_start, new_end in _differences(before, after):
        kept = min(end - start, new_end - new_start)
        for offset in range(kept):
            yield Set(_name_path(node, path, start + offset), after[new_start + offset])
        for position in range(start + kept, end):
            yield Remove((*path, position))
        for value in after[new_start + kept : new_end]:
            if end != len(before):
                yield Set(path, after)
                return
            yield Append(path, value)


def _differences(before: tuple[Value, ...], after: tuple[Value, ...]) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]


def _name_path(node: Node, path: Path, position: int) -> Path:
    """Where an item's name is written: the item itself, or its `name` where authors are mappings."""
    is_mapping = node.items[position].kind is Kind.MAPPING
    return (*path, position, "name") if is_mapping else (*path, position)
