"""What a review page holds, before it is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.frontmatter import Habits
    from enrich.ledger import Pending
    from enrich.models import Document, Result


@dataclass(frozen=True, slots=True)
class Source:
    """The record that an entry is compared with."""

    name: str
    """`arXiv 2410.21276`."""
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry with proposals, or with findings that have none."""

    document: Document
    title: str
    """'' where it has none."""
    source: Source | None
    proposals: tuple[Pending, ...]
    """In the order of the queue."""
    findings: tuple[Result, ...] = ()
    """What a person must mend: shown, with nothing to decide."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Numbers of the whole catalogue, for those who would rather look than read."""

    links: tuple[tuple[str, str, int], ...] = ()
    """Host, outcome (`ok`, `broken`, …, `unknown`) and how many distinct addresses."""
    entries: tuple[tuple[str, str, int], ...] = ()
    """Year ('' where none is given), status (`no change`, `safe`, `to review`) and how many entries."""


@dataclass(frozen=True, slots=True)
class Review:
    catalogue: str
    """Its folder's name."""
    plan: str
    """The queue's; under it the page keeps its answers."""
    version: str
    """Of enrich."""
    prefix: str
    """From where a patch is applied to the catalogue, '' or without a slash at its end."""
    names: Mapping[str, str]
    """The rules' names by their codes."""
    habits: Habits
    """How the catalogue writes what a file doesn't show."""
    entries: tuple[Reviewed, ...]
    """In order of path."""
    picture: Picture
