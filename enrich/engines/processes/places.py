"""Which process asks which host: a pure function, so that all of them agree on it."""

from __future__ import annotations

from zlib import crc32

from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    number: int
    """Of processes besides the driver, from 1."""
    here: frozenset[str] = frozenset()
    """Hosts that the driver asks itself: their lanes are those of an API, too."""

    def of(self, host: str) -> int:
        """0 is the driver; the others count from 1."""
        return 0 if host in self.here else 1 + crc32(host.encode("utf-8", "surrogatepass")) % self.number
