"""What can be done to front matter, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Path, Value
    from enrich.text import Edit


@dataclass(frozen=True, slots=True)
class Set:
    """Give what stands at *path* another value."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Insert:
    """Add the key that *path* ends with to the mapping that the rest of it names."""

    path: Path
    value: Value
    after: tuple[str, ...] = ()
    """The new key goes behind the first of these keys that is there, else to the end of its mapping."""


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item to the list at *path*."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away the item or the key at *path*, with its value and the comment on its line."""

    path: Path


Operation: TypeAlias = Set | Insert | Append | Remove


@dataclass(frozen=True, slots=True)
class Edited:
    """The document's text with all operations made, and read again."""

    text: str
    edits: tuple[tuple[Operation, tuple[Edit, ...]], ...]
    """Operations as given; one whose value stood there already has no edits."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was edited."""

    operation: Operation
    """The one that can't be made, alone or together with those before it."""
    reason: str
    """A clause: `the key stands twice`."""
