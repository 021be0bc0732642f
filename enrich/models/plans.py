"""What is to be asked about an entry, or done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models.answers import Answer, LinkCheck, Record
    from enrich.models.entry import Document, Link
    from enrich.models.findings import Finding, Fix, Memory
    from enrich.models.questions import Query
    from enrich.text import Span


@dataclass(frozen=True, slots=True)
class Ask:
    """These must be known before a plan can be made."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A fix with its name, as a person decides about it."""

    id: str
    """Eight hexadecimal digits of path, field, before and after."""
    path: str
    rule: str
    fix: Fix


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link of the entry and what is known of its target."""

    link: Link
    url: str
    """Canonical; the key under which reports list it."""
    check: LinkCheck
    answer: Answer | None
    """None where it was judged without asking."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an entry says of its work, so that it can be held against other entries."""

    title: str
    """Squashed: see `matching.squash`."""
    authors: tuple[str, ...]
    """The first ones; enough to tell."""
    span: Span
    """Of the title."""


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    """Every change that a finding proposes and that can be made, of any applicability but DISPLAY."""
    written: tuple[Change, ...]
    """The safe ones among them, which make `text`."""
    text: str
    """The document with `written` made; equal to the document's where that is empty."""
    is_entry: bool = True
    """False for a file without front matter in a catalogue where that is no fault."""
    links: tuple[LinkUse, ...] = ()
    records: tuple[Record, ...] = ()
    memories: tuple[tuple[str, Memory], ...] = ()
    """What is to be remembered of fields written before, by field, if nothing is written now."""
    taken_back: int = 0
    """Fields that a person changed since enrich wrote them, found out now; they stay as they are."""
    refused: tuple[Change, ...] = ()
    """Those that a person took back in a pull request, of which so far only the name was known."""
    identifiers: tuple[tuple[str, Span], ...] = ()
    """`arxiv:2410.21276`, `doi:10.1145/…`: whose the entry says to be; for IDN230."""
    verified: bool = False
    """`records` holds the entry's work beyond doubt, and not what merely may be it."""
    key: str = ""
    """What the catalogue calls the entry (`bibkey`)."""
    work: Work | None = None
    """What else tells whether two entries are of one work; for IDN230."""
    is_certain: bool = True
    """All that was asked was found out; else a change may be missing for want of an answer."""
