"""
What enrich wrote into which entry, as words and as the lines that hold them.

A catalogue has as many as it has entries and a run looks at one at a time, so they are
held as lines, which take a fifth of the room.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.ledger.lines import line_of, object_of, text_of
from enrich.models import Memory, Owner
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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


class Memories(MutableMapping[str, EntryMemory]):  # noqa: PLW1641 - mappings that change have no hash
    """Entries by path, each read from its line when it is asked for."""

    def __init__(self, entries: Mapping[str, EntryMemory] | None = None) -> None:
        self._lines: dict[str, bytes] = {}
        if isinstance(entries, Memories):
            self._lines |= entries._lines
        elif entries:
            self.update(entries)

    def __getitem__(self, path: str) -> EntryMemory:
        return entry_in(self._lines[path])

    def __setitem__(self, path: str, entry: EntryMemory) -> None:
        self._lines[path] = line_about(entry)

    def __delitem__(self, path: str) -> None:
        del self._lines[path]

    def __contains__(self, path: object) -> bool:
        return path in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return self._lines == other._lines if isinstance(other, Memories) else super().__eq__(other)

    def add(self, line: bytes, like: Memories | None = None) -> None:
        """
        Remember what *line* says, together with what is remembered of its entry already.

        Of one field that is kept which says that a person has decided, else the later.
        A line that *like* has as well is held once. Raises KeyError, TypeError or ValueError
        where it can't be read.
        """
        found = _PLAIN.fullmatch(line.decode("utf-8"))
        path = found[1] if found else None
        if path is None or path in self._lines:
            entry = entry_in(line)
            self[entry.path] = _merged(self[entry.path], entry) if entry.path in self._lines else entry
        else:
            known = like._lines.get(path) if like else None
            self._lines[sys.intern(path)] = known if known == line else line

    def take(self, others: Memories, paths: Iterable[str] | None = None) -> None:
        """Remember what *others* say, of *paths* or of all, in place of what was remembered of the same."""
        lines = others._lines
        self._lines |= lines if paths is None else {path: lines[path] for path in paths}

    def changed(self, before: Memories) -> Iterator[str]:
        """Paths of entries of which something else was remembered *before*, or nothing."""
        return (path for path, line in self._lines.items() if before._lines.get(path) != line)

    def lines(self) -> Iterator[bytes]:
        """Sorted by path, without those that say nothing."""
        return (line for _, line in sorted(self._lines.items()) if not _says_nothing(line))


_TEXT = r'"[^"\\\x00-\x1f]*"'
_FIELD = (
    rf'{_TEXT}:\{{"original":{_TEXT}(?:,"before":{_TEXT})?,"written":{_TEXT}(?:,"stood":true)?'
    rf'(?:,"owner":"(?:{"|".join(owner.value for owner in Owner)})","canonical":{_TEXT})?\}}'
)
_PLAIN = pattern(
    r'\{"path":"([^"\\\x00-\x1f]*)",'
    rf'"record":{_TEXT}(?:,"blob":{_TEXT})?(?:,"key":{_TEXT})?,"fields":\{{(?:{_FIELD}(?:,{_FIELD})*)?\}}\}}'
)
"""
A line as `line_about` writes it, of texts that need no escape, as nearly all do.

What matches can be read: `add` is told so ten times as fast as by reading it.
"""


def _says_nothing(line: bytes) -> bool:
    return line.endswith(b'"fields":{}}') and not entry_in(line).record


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


def line_about(entry: EntryMemory) -> bytes:
    """Without an end."""
    data = {
        "path": entry.path,
        "record": entry.record,
        **({"blob": entry.blob} if entry.blob else {}),
        **({"key": entry.key} if entry.key else {}),
        "fields": {field: _memory_to_json(memory) for field, memory in entry.fields},
    }
    return line_of(data).rstrip(b"\n")


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


def entry_in(line: bytes) -> EntryMemory:
    """Raises KeyError, TypeError or ValueError where *line* can't be read."""
    data = object_of(line)
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
