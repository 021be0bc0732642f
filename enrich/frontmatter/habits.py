"""What a catalogue's files have in common, for where the file at hand doesn't tell."""

from __future__ import annotations

from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """How a catalogue writes its front matter. What a file itself shows goes before it."""

    quote: str = '"'
    """For a string that needs quotes."""
    quotes: tuple[tuple[str, str], ...] = ()
    """Keys whose values are quoted in their own way, and the quote."""
    quoted_keys: tuple[str, ...] = ()
    """Keys whose values are quoted without need too."""
    is_ascii: bool = False
    """Text beyond ASCII is escaped."""
    width: int | None = None
    """Columns past which long scalars are broken; None where they never are."""
    is_past: bool = True
    """Lines end at the first space past the width, as PyYAML's do, else before it."""
    list_offset: int | None = None
    """Columns from a key to the dashes of its list; None where lists stand in brackets."""


NO_HABITS = Habits()
