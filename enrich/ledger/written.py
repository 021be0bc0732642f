"""
What enrich wrote into which entry: a memory that is committed, one sorted line per entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.ledger.lines import each_line, write_raw
from enrich.ledger.memories import EntryMemory, Memories, entry_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enrich.ledger.folder import StateFolder


def read_written(state: StateFolder, like: Memories | None = None) -> Memories:
    """
    Every entry that is remembered; raises StateError where the file can't be read.

    Where git's merge left two lines of one entry, fields of both are kept, and
    of one field that which says that a person has decided, else the later. What *like*
    says as well is held once.
    """
    entries = Memories()
    cure = "take the file from the last commit, or delete it"
    for _ in each_line(state.written, lambda line: entries.add(line, like), cure):
        pass
    return entries


def entries_in(content: bytes) -> Iterator[EntryMemory]:
    """Those of an earlier state of the file; lines that can't be read are passed over."""
    for line in content.split(b"\n"):
        try:
            yield entry_in(line)
        except (KeyError, TypeError, ValueError, RecursionError):
            continue


def write_written(state: StateFolder, entries: Mapping[str, EntryMemory]) -> None:
    """Raises StateError where the file can't be written. An entry of which nothing is known has no line."""
    state.prepare()
    write_raw(state.written, Memories(entries).lines())


def update_written(state: StateFolder, before: Memories, now: Memories) -> None:
    """
    Write down what became of the memories *before*; what others wrote down meanwhile stays.

    To be called `alone`. Raises StateError where the file can't be read or written.
    """
    if before == now:
        return
    entries = Memories(before)
    entries.take(read_written(state, before))
    entries.take(now, now.changed(before))
    for path in before:
        if path not in now and path in entries:
            del entries[path]
    write_written(state, entries)
