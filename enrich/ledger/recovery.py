"""
What a run that was killed has written, remembered after all.

Its journal and its files are complete; only its last act, writing down what it
wrote for the next run, is missing.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.files import Unread, clear_leftovers, read
from enrich.ledger.decisions import Verdict, drop_decisions, read_accepted
from enrich.ledger.journal import each_splice, read_run, runs
from enrich.ledger.memories import EntryMemory, Memories
from enrich.ledger.pending import read_pending, write_pending
from enrich.ledger.remembered import is_remembered, still_remembered
from enrich.ledger.written import read_written, update_written, write_written
from enrich.naming import acceptance_key, after_removals, removals, value_hash
from enrich.provenance import remember
from enrich.vcs import blob_id

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping

    from enrich.ledger.decisions import Decision
    from enrich.ledger.folder import StateFolder
    from enrich.ledger.journal import Journal, Splice
    from enrich.models import Change, Path


def recovered(state: StateFolder, memories: Mapping[str, EntryMemory]) -> Memories:
    """
    *memories* and what the last run wrote besides; equal to *memories* where that run ended by itself.

    Raises StateError where the journal can't be read.
    """
    known = Memories(memories)
    recorded = runs(state)
    if not recorded or is_remembered(state, recorded[-1]):
        return known
    for splice in each_splice(recorded[-1]):
        if _forgotten(splice, known) and _stands(state, splice):
            memory = _with(splice, known.get(splice.path, EntryMemory(splice.path)))
            known[splice.path] = replace(memory, blob=_blob(state, splice))
    return known


def finish_interrupted(state: StateFolder) -> None:
    """
    Whatever the last run wrote is remembered, and waits no more; nothing to do where it ended by itself.

    What it left beside the files that it was about to replace is cleared away. What can't be read is told
    here, before anything is written.

    For a command that is about to write. Raises StateError where the ledger can't be read or written.
    """
    queue, accepted = {item.change for item in read_pending(state)}, read_accepted(state)
    recorded = runs(state)
    # What was accepted may have been written for another reason, and is not awaited any more.
    ended = not recorded or (not accepted and is_remembered(state, recorded[-1]))
    splices = () if ended else read_run(recorded[-1])
    clear_leftovers(state.root, {state.path, *((state.root / splice.path).parent for splice in splices)})
    if not splices:
        return
    with state.alone():
        memories = read_written(state)
        known = recovered(state, memories)
        if known != memories:
            write_written(state, known)
        settle(state, _standing(state, splices, queue, accepted))


@contextlib.contextmanager
def written_down(
    state: StateFolder, journal: Journal | None, before: Memories, now: Memories
) -> Iterator[None]:
    """
    Write down what became of the memories *before*, in which is all that *journal* has noted.

    Once what else is to be written down was, that is noted too. To be entered `alone`.
    Raises StateError where the ledger can't be read or written.
    """
    recorded = runs(state)
    ended = bool(recorded) and is_remembered(state, recorded[-1])
    update_written(state, before, now)
    yield
    if not (journal and journal.conclude()) and ended and before != now and _holds(now, before):
        still_remembered(state, recorded[-1])


def _holds(now: Memories, before: Memories) -> bool:
    """Whether of every field that was remembered *before* something is remembered *now*."""
    if not before.keys() <= now.keys():
        return False
    return all(
        dict(before[path].fields).keys() <= dict(now[path].fields).keys()
        for path in now.changed(before)
        if path in before
    )


def _standing(
    state: StateFolder, splices: Collection[Splice], queue: Container[Change], accepted: Container[str]
) -> set[Change]:
    """Changes that stand in their files, of those that are in the *queue*, or *accepted*, still."""
    awaited = {
        splice: changes
        for splice in splices
        if (changes := {item.change for item in splice.items})
        and any(change in queue or acceptance_key(change) in accepted for change in changes)
    }
    return {change for splice, changes in awaited.items() if _stands(state, splice) for change in changes}


def settle(state: StateFolder, written: Collection[Change]) -> None:
    """What was *written* neither waits any more nor needs a decision. To be called `alone`."""
    if not written:
        return
    queue = read_pending(state)
    left = [item for item in queue if item.change not in written]
    if len(left) < len(queue):
        write_pending(state, left)
    keys = {acceptance_key(change) for change in written}

    def is_done(decision: Decision) -> bool:
        return decision.verdict is Verdict.ACCEPTED and decision.acceptance in keys

    drop_decisions(state, is_done)


def _forgotten(splice: Splice, known: Mapping[str, EntryMemory]) -> bool:
    memory = known.get(splice.path, EntryMemory(splice.path))
    removed = _removed(splice)
    fields = (after_removals(item.change.fix.field, removed) for item in splice.items)
    return any(memory.of(field) is None for field in fields)


def _stands(state: StateFolder, splice: Splice) -> bool:
    document = read(state.root, splice.path)
    return not isinstance(document, Unread) and document.digest == splice.after


def _blob(state: StateFolder, splice: Splice) -> str:
    document = read(state.root, splice.path)
    return "" if isinstance(document, Unread) else blob_id(document.encode())


def _with(splice: Splice, memory: EntryMemory) -> EntryMemory:
    removed = _removed(splice)
    moved = ((after_removals(field, removed), held) for field, held in memory.fields)
    memory = replace(memory, fields=tuple(sorted(moved, key=lambda item: item[0])))
    for item in splice.items:
        fix = item.change.fix
        field = after_removals(fix.field, removed)
        standing = memory.of(field)
        if standing is None or standing.written != value_hash(fix.after):
            memory = memory.with_field(field, remember(standing, fix.before, fix.after))
    return memory


def _removed(splice: Splice) -> list[Path]:
    return removals(item.change.fix for item in splice.items)
