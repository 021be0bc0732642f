"""
Changes of the queue that a person wants, made on the files as they are now.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.applying import apply_changes, whole
from enrich.errors import StateError
from enrich.files import NotWritten, Unread, Written, read, write_atomically
from enrich.frontmatter import NO_HABITS
from enrich.ledger import (
    BY_HAND,
    EntryMemory,
    Memories,
    is_derived,
    read_written,
    settle,
    written_down,
)
from enrich.models import Owner
from enrich.naming import after_removals, removals
from enrich.provenance import remember
from enrich.vcs import blob_id
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enrich.applying import Applied
    from enrich.frontmatter import Habits
    from enrich.ledger import Journal, Pending, StateFolder
    from enrich.models import Document, Fix, Memory


@dataclass(frozen=True, slots=True)
class NotCarried:
    path: str
    names: tuple[str, ...]
    """Ids of its changes."""
    reason: str | None
    """Why the file wasn't written; None where the changes don't fit it any more."""


@dataclass(frozen=True, slots=True)
class Carried:
    written: tuple[Pending, ...] = ()
    files: tuple[str, ...] = ()
    left: tuple[NotCarried, ...] = ()
    """What stays in the queue."""


def would_carry_out(state: StateFolder, items: Iterable[Pending], *, habits: Habits = NO_HABITS) -> Carried:
    """What `carry_out` would do, as far as reading tells."""
    done = [
        left if isinstance(left, NotCarried) else Carried(left.made, (path,), left.left)
        for path, group in _by_path(items)
        for left in [_planned(state, path, group, habits)]
    ]
    return _together(done)


def carry_out(
    state: StateFolder, journal: Journal | None, items: Iterable[Pending], *, habits: Habits = NO_HABITS
) -> Carried:
    """
    Write *items*; what fits no longer, and files that can't be written, are left.

    *habits* say how the catalogue writes what a file at hand doesn't show.
    *journal* is None where there is no way to keep one, which the caller has
    agreed to. What was done is remembered also where this is interrupted; what a run
    before it left to be remembered is for `finish_interrupted`. Raises StateError where
    the ledger can't be read or written.
    """
    memories = read_written(state)
    hand = _Hand(state, journal, habits, Memories(memories))
    done: list[Carried | NotCarried] = []
    with contextlib.ExitStack() as end:
        if journal:
            end.callback(journal.close)
        end.callback(_remember, state, memories, hand, done)
        for path, group in _by_path(items):
            done.append(hand.write(path, group))
    return _together(done)


def _remember(
    state: StateFolder,
    memories: Memories,
    hand: _Hand,
    done: Sequence[Carried | NotCarried],
) -> None:
    with state.alone():
        journal = None if hand.is_between else hand.journal
        with written_down(state, journal, memories, hand.memories):
            settle(state, {item.change for item in _together(done).written})


def _by_path(items: Iterable[Pending]) -> Iterator[tuple[str, list[Pending]]]:
    groups: defaultdict[str, list[Pending]] = defaultdict(list)
    for item in items:
        groups[item.change.path].append(item)
    yield from sorted(groups.items())


def _together(done: Iterable[Carried | NotCarried]) -> Carried:
    written: list[Pending] = []
    files: list[str] = []
    left: list[NotCarried] = []
    for each in done:
        if isinstance(each, NotCarried):
            left.append(each)
        else:
            written += each.written
            files += each.files
            left += each.left
    return Carried(tuple(written), tuple(files), tuple(left))


# -- one file --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Planned:
    document: Document
    text: str
    made: tuple[Pending, ...]
    left: tuple[NotCarried, ...]


def _planned(
    state: StateFolder, path: str, items: Sequence[Pending], habits: Habits
) -> _Planned | NotCarried:
    names = tuple(item.change.id for item in items)
    document = read(state.root, path)
    if isinstance(document, Unread):
        return NotCarried(path, names, document.reason)
    applied = _applied(document, items, habits)
    made = tuple(item for item in items if item.change in applied.made)
    stale = tuple(item.change.id for item in items if item.change not in applied.made)
    left = (NotCarried(path, stale, None),) if stale else ()
    return _Planned(document, applied.text, made, left) if made else NotCarried(path, stale, None)


def _applied(document: Document, items: Sequence[Pending], habits: Habits) -> Applied:
    """A field that follows another one is written only together with it, what is one decision only whole."""
    applied = apply_changes(document, [item.change for item in items], habits=habits)
    leading = {change.rule for change in applied.made if not is_derived(change)}
    orphans = {change for change in applied.made if is_derived(change) and change.rule not in leading}
    orphans |= set(applied.made) - set(whole(applied.made))
    if not orphans:
        return applied
    kept = [item.change for item in items if item.change not in orphans]
    return apply_changes(document, kept, habits=habits)


@dataclass(slots=True)
class _Hand:
    state: StateFolder
    journal: Journal | None
    habits: Habits
    memories: Memories
    is_between: bool = False
    """A file may have been written of which nothing is remembered yet."""

    def write(self, path: str, items: Sequence[Pending]) -> Carried | NotCarried:
        planned = _planned(self.state, path, items, self.habits)
        if isinstance(planned, NotCarried):
            return planned
        self.is_between = True
        reason = self._written(planned)
        if reason is None:
            self._remember(planned)
        self.is_between = False
        if reason is not None:
            return NotCarried(path, tuple(item.change.id for item in items), reason)
        return Carried(planned.made, (path,), planned.left)

    def _written(self, planned: _Planned) -> str | None:
        """None once it stands there, else why nothing was written."""
        try:
            if self.journal:
                self.journal.note(planned.document, planned.text, planned.made)
            done = write_atomically(self.state.root, planned.document, planned.text)
            if self.journal and not isinstance(done, Written):
                self.journal.withdraw()
        except StateError as error:
            return str(error)
        match done:
            case Written():
                return None
            case NotWritten(reason):
                return reason
            case _:
                return "the file changed while enrich wrote"

    def _remember(self, planned: _Planned) -> None:
        path = planned.document.path
        known = self.memories.get(path, EntryMemory(path))
        removed = removals(item.change.fix for item in planned.made)
        standing = sorted((after_removals(field, removed), held) for field, held in known.fields)
        blob = blob_id(planned.document.encode(planned.text))
        memory = replace(known, fields=tuple(standing), blob=blob)
        for item in planned.made:
            fix = item.change.fix
            field = after_removals(fix.field, removed)
            memory = memory.with_field(field, _memory(known.of(fix.field), fix))
        self.memories[path] = memory


def _memory(known: Memory | None, fix: Fix) -> Memory:
    """A value that a person typed is theirs, whatever the source says later."""
    memory = remember(known, fix.before, fix.after)
    return replace(memory, owner=Owner.HUMAN) if fix.source == BY_HAND else memory
