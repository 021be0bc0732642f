"""
Taking back the last run: the exact bytes as they were, and its changes back into the queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.files import NotWritten, Unread, Written, clear_leftovers, read, write_atomically
from enrich.ledger.journal import keep_only, read_run, runs
from enrich.ledger.memories import Memories
from enrich.ledger.pending import read_pending, write_pending
from enrich.ledger.written import read_written, write_written
from enrich.provenance import take_back
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.ledger.folder import StateFolder
    from enrich.ledger.journal import Splice
    from enrich.ledger.pending import Pending
    from enrich.models import Change


@dataclass(frozen=True, slots=True)
class Undone:
    files: tuple[str, ...]
    """Paths that are as they were."""
    changes: tuple[Change, ...]
    """What was taken back, and waits again."""
    refused: tuple[tuple[str, str], ...]
    """Paths that were left alone, and why."""


def undo(state: StateFolder) -> Undone | None:
    """
    Take back the last run; None where there is none.

    A file that isn't as that run left it is refused and stays in the journal, the
    others are restored. Stopped half-way, calling it again goes on. Raises
    StateError where the ledger can't be read or written.
    """
    recorded = runs(state)
    if not recorded:
        return None
    splices = read_run(recorded[-1])
    clear_leftovers(state.root, {(state.root / splice.path).parent for splice in splices})
    refused = {}
    # Backwards, for a run may have written one file twice.
    for splice in reversed(splices):
        if (reason := _restore(state, splice)) is not None:
            refused[splice] = reason
    restored = [splice for splice in splices if splice not in refused]
    items = [item for splice in restored for item in splice.items]
    with state.alone():
        _forget(state, items)
        write_pending(state, (*read_pending(state), *items))
        keep_only(recorded[-1], refused)
    return Undone(
        files=tuple(dict.fromkeys(splice.path for splice in restored)),
        changes=tuple(item.change for item in items),
        refused=tuple((splice.path, reason) for splice, reason in refused.items()),
    )


def _restore(state: StateFolder, splice: Splice) -> str | None:
    """None where the file is as it was before, else why it isn't."""
    document = read(state.root, splice.path)
    if isinstance(document, Unread):
        return document.reason
    if document.digest == splice.before:
        # The run was stopped before it wrote, or an `undo` before it was done.
        return None
    text = splice.restored(document)
    if text is None:
        return "changed since"
    match write_atomically(state.root, document, text):
        case Written():
            return None
        case NotWritten(reason):
            return reason
        case _:
            return "changed since"


def _forget(state: StateFolder, items: Iterable[Pending]) -> None:
    """A slip is no decision: the memory is as if these had not been written."""
    remembered = read_written(state)
    entries = Memories(remembered)
    for change in (item.change for item in items):
        if (entry := entries.get(change.path)) is not None:
            memory = take_back(entry.of(change.fix.field), change.fix.before)
            entries[change.path] = entry.with_field(change.fix.field, memory)
    if entries != remembered:
        write_written(state, entries)
