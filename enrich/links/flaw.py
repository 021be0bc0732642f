"""What makes a text no address, and where."""

from __future__ import annotations

from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    what: str
    """One clause: `a backslash does not belong into an address`."""
    start: int = 0
    """Where in the text it begins to show."""
