"""
Whose word a field is: enrich's own, a person's, or nobody's yet.

Pure. A person's word is final: what enrich wrote and somebody edited, took back
or deleted is never written again.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from enrich.models import Memory, Owner
from enrich.naming import value_hash
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Value


class Action(Enum):
    NOTHING = "nothing"
    """The field has what the source says."""
    PROPOSE = "propose"
    """They differ and nobody has decided: the rules say whether it may be written."""
    FOLLOW = "follow"
    """What enrich wrote stands, but the source says something else now."""
    SILENT = "silent"
    """A person has decided."""
    NOTICE = "notice"
    """A person has decided, and since then the source says something else; to be told once."""


@dataclass(frozen=True, slots=True)
class Verdict:
    action: Action
    memory: Memory | None
    """What to remember from now on, if nothing is written; None forgets."""


def field_state(memory: Memory | None, current: Value, canonical: Value) -> Verdict:
    """
    What to do about a field that holds *current* (None: absent) where the source says *canonical*.

    Values are compared as text. After writing, `remember` says what to keep.
    """
    now, source = value_hash(current), value_hash(canonical)
    if memory is None:
        return Verdict(_unless_equal(Action.PROPOSE, now, source), None)
    match memory.owner:
        case Owner.OURS:
            return _of_ours(memory, now, source)
        case Owner.HUMAN | Owner.REJECTED:
            return _of_a_person(memory, now, source)
        case _:
            assert_never(memory.owner)


def untold(memory: Memory, current: Value) -> Memory | None:
    """
    What to remember of a field that holds *current*, where nobody said what it should hold.

    Its rule did not run, its source was not asked, or there is nothing to mend:
    no reason to forget whose word it is.
    """
    if memory.owner is not Owner.OURS:
        return memory
    return _of_ours(memory, value_hash(current), memory.written).memory


def _of_ours(memory: Memory, now: str, source: str) -> Verdict:
    if not memory.stood and now == memory.before != memory.written:
        standing = _without_last(memory)
        if standing is None:
            return Verdict(_unless_equal(Action.PROPOSE, now, source), None)
        return _of_ours(standing, now, source)
    if now == memory.written:
        return Verdict(_unless_equal(Action.FOLLOW, now, source), replace(memory, stood=True))
    if now == source:
        return Verdict(Action.NOTHING, None)
    owner = Owner.REJECTED if now == memory.original else Owner.HUMAN
    return Verdict(Action.SILENT, replace(memory, owner=owner, canonical=source))


def _of_a_person(memory: Memory, now: str, source: str) -> Verdict:
    if now == source:
        return Verdict(Action.NOTHING, None)
    if source == memory.canonical:
        return Verdict(Action.SILENT, memory)
    return Verdict(Action.NOTICE, replace(memory, canonical=source))


def _unless_equal(action: Action, now: str, source: str) -> Action:
    return Action.NOTHING if now == source else action


def remember(memory: Memory | None, before: Value, after: Value) -> Memory:
    """What to remember when enrich has written *after* where *before* stood."""
    stood_there = value_hash(before)
    original = memory.original if memory and memory.owner is Owner.OURS else stood_there
    return Memory(original, stood_there, value_hash(after))


def take_back(memory: Memory | None, before: Value) -> Memory | None:
    """What to remember when enrich has put *before* back over what it had written: as if it had not."""
    return _without_last(replace(memory, before=value_hash(before))) if memory else None


def _without_last(memory: Memory) -> Memory | None:
    if memory.before == memory.original:
        return None
    return replace(memory, written=memory.before, stood=True)
