"""
How a fix is carried out on a front matter: which operations give the field its new value.

Pure. A fix says what shall stand there; the same fix works on a file whose lines
have moved since.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from enrich.catalogues.shape import WRITING_ORDER
from enrich.frontmatter import Append, Insert, Kind, Remove, Set

if TYPE_CHECKING:
    from enrich.frontmatter import FrontMatter
    from enrich.models import Fix, Path, Value

Operation: TypeAlias = Set | Insert | Append | Remove


def operations(fix: Fix, front_matter: FrontMatter) -> tuple[Operation, ...]:
    """None at all where the field can't hold the value without losing what stands beside it."""
    node = front_matter.get(fix.path)
    if fix.after is None:
        return (Remove(fix.path),)
    if node is None:
        return (Insert(fix.path, fix.after, _anchor(fix, front_matter)),)
    if node.kind is Kind.SEQUENCE and isinstance(fix.before, tuple) and isinstance(fix.after, tuple):
        if any(item.kind is not Kind.SCALAR for item in node.items):
            return ()
        return _in_list(fix.path, fix.before, fix.after)
    return (Set(fix.path, fix.after),)


def _anchor(fix: Fix, front_matter: FrontMatter) -> tuple[str, ...]:
    """
    The key after which a new one goes, among keys of enrich's own that stand there already.

    So that they come to stand in one order, whichever of them was added first.
    """
    rank = WRITING_ORDER.get(fix.field)
    keys = [key.text for key, _ in front_matter.lines]
    anchor = next((key for key in fix.anchor if key in keys), None)
    if rank is None:
        return fix.anchor
    if anchor is None:
        later = list(takewhile(lambda key: WRITING_ORDER.get(key, -1) > rank, reversed(keys)))
        before = keys[: len(keys) - len(later)]
        return (before[-1],) if later and before else fix.anchor
    following = keys[keys.index(anchor) + 1 :]
    earlier = list(takewhile(lambda key: WRITING_ORDER.get(key, len(WRITING_ORDER)) < rank, following))
    return (earlier[-1],) if earlier else fix.anchor


def _in_list(path: Path, before: tuple[Value, ...], after: tuple[Value, ...]) -> tuple[Operation, ...]:
    """Only the items that differ: a list of forty authors isn't written anew for one of them."""
    made: list[Operation] = []
    for start, end, new_start, new_end in _differences(before, after):
        kept = min(end - start, new_end - new_start)
        made += (Set((*path, start + offset), after[new_start + offset]) for offset in range(kept))
        made += (Remove((*path, position)) for position in range(start + kept, end))
        if new_start + kept < new_end and end < len(before):
            return (Set(path, after),)  # there is no operation that inserts an item before another
        made += (Append(path, value) for value in after[new_start + kept : new_end])
    return tuple(made)


def _differences(before: tuple[Value, ...], after: tuple[Value, ...]) -> list[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [opcode[1:] for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
