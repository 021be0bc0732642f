"""Fields of front matter: where a value stands, and what it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt


Path: TypeAlias = "tuple[str | int, ...]"
"""Where a value stands in front matter: `("additional_links", 1, "url")`."""


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping as a value, its keys in the order in which they are written."""

    pairs: tuple[tuple[str, Value], ...]


Value: TypeAlias = "str | int | float | bool | dt.date | tuple[Value, ...] | Map | None"
"""What front matter can hold. A `str` is a string to every reader, a `date` a plain YAML date."""


def format_path(path: Path) -> str:
    """
    >>> format_path(("additional_links", 1, "url"))
    'additional_links[1].url'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def overlap(one: Path, other: Path) -> bool:
    """
    Whether two paths lead to one place, or one of them into what stands at the other.

    >>> overlap(("additional_links", 1), ("additional_links", 1, "url"))
    True
    """
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


_STEP = pattern(r"\[(\d+)\]|([^.\[\]]+)")


def parse_path(field: str) -> Path:
    """
    The inverse of `format_path`.

    >>> parse_path("additional_links[1].url")
    ('additional_links', 1, 'url')
    """
    return tuple(int(index) if index else key for index, key in _STEP.findall(field))
