"""
What is remembered of an entry whose file was renamed: a person's word goes with the entry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from enrich.ledger.memories import EntryMemory
    from enrich.models import Entry


class Moved:
    """Memories whose files are gone; each goes to one entry at most."""

    def __init__(self, root: Path, memories: Mapping[str, EntryMemory]) -> None:
        self._lost = {path: memories[path] for path in memories if not (root / path).exists()}

    def __bool__(self) -> bool:
        return bool(self._lost)

    def claim(self, entry: Entry, identifiers: frozenset[str]) -> tuple[str, EntryMemory] | None:
        """
        The path at which *entry* once was, and what is remembered of it under its new path.

        Found by the entry's key, else by one of its *identifiers* (`arxiv:2410.21276`);
        None where no lost entry, or more than one, is called so.
        """
        key = dict(entry.fields)["key"].value if "key" in dict(entry.fields) else ""
        found = [path for path, memory in self._lost.items() if key and memory.key == key]
        if not found:
            found = [
                path
                for path, memory in self._lost.items()
                if memory.record in identifiers and not (key and memory.key)
            ]
        if len(found) != 1:
            return None
        return found[0], replace(self._lost.pop(found[0]), path=entry.path)
