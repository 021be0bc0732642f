"""
Where a run looks before it asks anybody: snapshots, then the cache, then the mirror.

Knows the order alone; what a layer is made of is its own business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from enrich.cache.snapshot import Exported, write_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from enrich.cache.snapshot import Snapshot
    from enrich.cache.store import Cache
    from enrich.models import Answer, Query

MIRROR = "arXiv mirror"
"""The source of a mirror's answers."""


class Layer(Protocol):
    """Something that may know an answer."""

    def get(self, query: Query) -> Answer | None:
        """The answer; None where it isn't known here, and the next layer is asked."""


class Memory:
    """
    The layers of one run. Any of them may be missing.

    A mirror answers only with what it has: it may be behind, so that what is
    missing there is not known to be absent.
    """

    def __init__(
        self,
        cache: Cache | None,
        *,
        snapshot: Snapshot | None = None,
        mirror: Layer | None = None,
        offline: bool = False,
    ) -> None:
        """*offline*: nothing new is learned, so nothing is written."""
        self._cache = cache
        self._snapshot = snapshot
        self._mirror = mirror
        self._layers: tuple[Layer, ...] = tuple(layer for layer in (snapshot, cache) if layer is not None)
        self._offline = offline

    def get(self, query: Query) -> Answer | None:
        """The first answer that a layer has."""
        known = next((answer for layer in self._layers if (answer := layer.get(query))), None)
        return known or self._mirrored(query)

    def _mirrored(self, query: Query) -> Answer | None:
        """What was known later than the mirror's day goes over it, also where it is to be asked for again."""
        answer = self._mirror.get(query) if self._mirror else None
        if answer is None or self._cache is None:
            return answer
        later = any(aged.retrieved_at > answer.retrieved_at for aged in self._cache.works((query,)))
        return None if later else answer

    def put(self, answer: Answer) -> Answer:
        """Remember *answer*; it comes back with the history of its address."""
        if self._cache is None:
            return answer
        if self._offline:
            return replace(answer, history=self._cache.history(answer.query))
        return self._cache.put(answer)

    def flush(self) -> None:
        """What was put stands on the disk from here on."""
        if self._cache is not None:
            self._cache.flush()

    def export(
        self, path: Path, queries: Iterable[Query] | None = None, *, abstracts: bool = False
    ) -> Exported:
        """Write what snapshot and cache know of the works of *queries*, or of all, as a snapshot."""
        wanted = None if queries is None else tuple(queries)
        return write_snapshot(path, self._works(wanted), abstracts=abstracts)

    def _works(self, queries: tuple[Query, ...] | None) -> Iterator[Answer]:
        for layer in (self._snapshot, self._cache):
            if layer is not None:
                yield from layer.works(queries)
