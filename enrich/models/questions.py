"""What can be asked about the world outside a catalogue."""

from __future__ import annotations

from typing import TypeAlias

from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class LinkQuery:
    """Does this address work? `url` is canonical: see `links.canonical_url`."""

    url: str


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """
    What is known of the work with this identifier?

    arXiv ids are canonical and without version: the newest. One with a version asks
    what that version says, which arXiv may or may not know; that it does not know
    says nothing about the work.
    """

    scheme: str
    """`arxiv` or `doi`."""
    id: str


@dataclass(frozen=True, slots=True)
class SnapshotQuery:
    """Is there an archived copy of this address? The one nearest to *year* is wanted."""

    url: str
    """Canonical."""
    year: int | None
    """None where any copy does."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Which works of arXiv are called so? Asked where nothing cheaper names the work."""

    title: str
    """Plain text, as a person reads it."""
    surname: str
    """Of the first author; empty where none is known."""


@dataclass(frozen=True, slots=True)
class PublishedQuery:
    """As what was this preprint published, as far as one source knows?"""

    source: str
    """`openalex`, `dblp`, …: each is asked apart, and fails apart."""
    arxiv: str
    """Canonical, without version."""
    title: str = ""
    """Plain text, for sources that are searched by title; empty for those that know identifiers."""
    surname: str = ""
    """Of the first author, where `title` is set."""


@dataclass(frozen=True, slots=True)
class CitationsQuery:
    """How often is this work cited, as far as one source counts? Answered by a Record with `citations`."""

    source: str
    """`openalex`, …: each counts differently, and is asked apart."""
    scheme: str
    """`arxiv` or `doi`."""
    id: str
    """Canonical, without version."""


@dataclass(frozen=True, slots=True)
class SecureQuery:
    """Does the https form of this http address serve the same? `url` is canonical."""

    url: str


@dataclass(frozen=True, slots=True)
class AnchorQuery:
    """Does this page have a place that the fragment leads to?"""

    url: str
    """Canonical, so without a fragment."""
    fragment: str
    """As an address writes it, without `#`."""


@dataclass(frozen=True, slots=True)
class FileQuery:
    """Is the file there that a relative link leads to? The answer is a LinkCheck; no network is asked."""

    entry: str
    """Path of the entry that links it."""
    target: str
    """The link as written."""


Query: TypeAlias = (
    LinkQuery
    | RecordQuery
    | SnapshotQuery
    | SearchQuery
    | PublishedQuery
    | CitationsQuery
    | SecureQuery
    | AnchorQuery
    | FileQuery
)
