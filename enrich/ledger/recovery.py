"""
What a run that was killed has written, remembered after all.

Its journal and its files are complete; only its last act, writing down what it
wrote for the next run, is missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.files import Unread, read
from enrich.ledger.journal import read_run, runs
from enrich.ledger.written import EntryMemory
from enrich.naming import after_removals, removals, value_hash
from enrich.provenance import remember
from enrich.vcs import blob_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.ledger.folder import StateFolder
    from enrich.ledger.journal import Splice
    from enrich.models import Path


def recovered(state: StateFolder, memories: Mapping[str, EntryMemory]) -> dict[str, EntryMemory]:
    """
    *memories* and what the last run wrote besides; equal to *memories* where that run ended by itself.

    Raises StateError where the journal can't be read.
    """
    known = dict(memories)
    recorded = runs(state)
    for splice in read_run(recorded[-1]) if recorded else ():
        if _forgotten(splice, known) and _stands(state, splice):
            memory = _with(splice, known.get(splice.path, EntryMemory(splice.path)))
            known[splice.path] = replace(memory, blob=_blob(state, splice))
    return known


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
