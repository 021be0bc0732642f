"""
What enrich wrote into which entry: a memory that is committed, one sorted line per entry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.ledger.lines import object_of, read_lines, text_of, write_lines
from enrich.models import Memory, Owner
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enrich.ledger.folder import StateFolder


@dataclass(frozen=True, slots=True)
class EntryMemory:
    path: str
    record: str = ""
    """The verified record, `arxiv:2410.21276`; '' where there is none."""
    fields: tuple[tuple[str, Memory], ...] = ()
    """By field, as `format_path` names it; sorted."""
    blob: str = ""
    """Git's id of the file as enrich last left it, which tells what was committed from what was discarded."""
    key: str = ""
    """What the catalogue calls the entry (`bibkey`), wherever its file is; '' where it has no name."""

    def of(self, field: str) -> Memory | None:
        return dict(self.fields).get(field)

    def with_field(self, field: str, memory: Memory | None) -> EntryMemory:
        """With *memory* of *field*; None forgets it."""
        fields = {name: held for name, held in self.fields if name != field}
        if memory:
            fields[field] = memory
        return replace(self, fields=tuple(sorted(fields.items(), key=lambda item: item[0])))


def read_written(state: StateFolder) -> dict[str, EntryMemory]:
    """
    Every entry that is remembered, by path; raises StateError where the file can't be read.

    Where git's merge left two lines of one entry, fields of both are kept, and
    of one field that which says that a person has decided, else the later.
    """
    entries: dict[str, EntryMemory] = {}
    for entry in read_lines(state.written, _from_line, "take the file from the last commit, or delete it"):
        standing = entries.get(entry.path)
        entries[entry.path] = _merged(standing, entry) if standing else entry
    return entries


def entries_in(content: bytes) -> Iterator[EntryMemory]:
    """Those of an earlier state of the file; lines that can't be read are passed over."""
    for line in content.split(b"\n"):
        try:
            yield _from_line(object_of(line))
        except (KeyError, TypeError, ValueError, RecursionError):
            continue


def write_written(state: StateFolder, entries: Mapping[str, EntryMemory]) -> None:
    """Raises StateError where the file can't be written. An entry of which nothing is known has no line."""
    state.prepare()
    known = (entries[path] for path in sorted(entries))
    write_lines(state.written, [_to_line(entry) for entry in known if entry.record or entry.fields])


def update_written(
    state: StateFolder, before: Mapping[str, EntryMemory], now: Mapping[str, EntryMemory]
) -> None:
    """
    Write down what became of the memories *before*; what others wrote down meanwhile stays.

    To be called `alone`. Raises StateError where the file can't be read or written.
    """
    if before == now:
        return
    changed = {path: entry for path, entry in now.items() if before.get(path) != entry}
    gone = before.keys() - now.keys()
    entries = {**before, **read_written(state), **changed}
    write_written(state, {path: entry for path, entry in entries.items() if path not in gone})


def _merged(first: EntryMemory, second: EntryMemory) -> EntryMemory:
    merged = EntryMemory(
        first.path,
        second.record or first.record,
        first.fields,
        second.blob or first.blob,
        second.key or first.key,
    )
    for field, memory in second.fields:
        standing = first.of(field)
        if standing is None or standing.owner is Owner.OURS:
            merged = merged.with_field(field, memory)
    return merged


def _to_line(entry: EntryMemory) -> dict[str, object]:
    return {
        "path": entry.path,
        "record": entry.record,
        **({"blob": entry.blob} if entry.blob else {}),
        **({"key": entry.key} if entry.key else {}),
        "fields": {field: _memory_to_json(memory) for field, memory in entry.fields},
    }


def _memory_to_json(memory: Memory) -> dict[str, object]:
    """What goes without saying is left out."""
    data: dict[str, object] = {"original": memory.original}
    if memory.before != memory.original:
        data["before"] = memory.before
    data["written"] = memory.written
    if memory.stood:
        data["stood"] = True
    if memory.owner is not Owner.OURS:
        data |= {"owner": memory.owner.value, "canonical": memory.canonical}
    return data


def _from_line(data: Mapping[str, object]) -> EntryMemory:
    fields = data.get("fields", {})
    if not isinstance(fields, dict):
        raise TypeError("`fields` is no object")
    return EntryMemory(
        text_of(data, "path"),
        text_of(data, "record") if "record" in data else "",
        tuple((field, _memory_from_json(fields[field])) for field in sorted(fields)),
        blob=text_of(data, "blob") if "blob" in data else "",
        key=text_of(data, "key") if "key" in data else "",
    )


def _memory_from_json(data: object) -> Memory:
    if not isinstance(data, dict):
        raise TypeError("a field's memory is no object")
    original = text_of(data, "original")
    return Memory(
        original=original,
        before=text_of(data, "before") if "before" in data else original,
        written=text_of(data, "written"),
        stood=data.get("stood") is True,
        owner=Owner(data.get("owner", "ours")),
        canonical=text_of(data, "canonical") if "canonical" in data else "",
    )
