"""
Whether what enrich wrote was ever committed, which tells a revert from a run that was discarded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import vcs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from enrich.ledger.memories import EntryMemory
    from enrich.models import Memory


class Standing:
    """Looks into the history of the catalogue, once, and only when an entry isn't as enrich left it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._committed: frozenset[str] | None = None

    def fields(self, memory: EntryMemory, blob: Callable[[], str]) -> dict[str, Memory]:
        """
        What is remembered of the fields of the entry whose file git would keep under *blob*.

        Fields that changed after they had been committed have stood: a person took
        them back. Fields that were discarded before that have not.
        """
        fields = dict(memory.fields)
        if all(field.stood for field in fields.values()) or not self._was_committed(memory, blob):
            return fields
        return {name: replace(field, stood=True) for name, field in fields.items()}

    def _was_committed(self, memory: EntryMemory, blob: Callable[[], str]) -> bool:
        if not memory.blob or memory.blob == blob():
            return False
        if self._committed is None:
            self._committed = vcs.committed_blobs(self._root)
        return memory.blob in self._committed
