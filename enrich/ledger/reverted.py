"""
What a `git revert` took away together with the changes themselves, remembered after all.

A commit holds what enrich wrote and the memory of it. Who reverts it says no to what was
written, and takes the memory away with it; without that the next run would write all of
it again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.ledger.memories import Memories
from enrich.ledger.written import entries_in
from enrich.vcs import reverted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.ledger.folder import StateFolder
    from enrich.ledger.memories import EntryMemory


def with_reverted(state: StateFolder, memories: Mapping[str, EntryMemory]) -> Memories:
    """
    *memories* and those of the commits that a later one reverts, as far as *memories* know nothing.

    Their fields have stood, so that what is now as it was before is a person's decision. Who
    reverts the revert has the changes back, and the memory of them.
    """
    known = Memories(memories)
    for content in reverted(state.root, state.written.relative_to(state.root).as_posix()):
        for entry in entries_in(content):
            known[entry.path] = _with(known.get(entry.path), entry)
    return known


def _with(known: EntryMemory | None, old: EntryMemory) -> EntryMemory:
    entry = known or replace(old, fields=(), blob="")
    for field, memory in old.fields:
        if entry.of(field) is None:
            entry = entry.with_field(field, replace(memory, stood=True))
    return entry
