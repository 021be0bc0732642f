"""An entry of a catalogue, as it is read."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from enrich.models.fields import format_path
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models.fields import Map, Path
    from enrich.text import Span


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. `text` holds its bytes as UTF-8, undecodable ones as lone surrogates."""

    path: str
    """Relative to the catalogue's root, with `/`."""
    text: str
    digest: str
    """SHA-256 of the bytes, hexadecimal."""

    def encode(self, text: str | None = None) -> bytes:
        return (self.text if text is None else text).encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar of the front matter, read as text: `2410.21270` keeps its zero."""

    value: str
    path: Path
    span: Span
    """The scalar as it is written, quotes included, in the document's text."""
    plain: bool = False
    """Written without quotes, so that YAML or TOML gives it a type."""


class AuthorForm(Enum):
    COMMA = "comma"
    """One scalar, names separated by commas."""
    LIST = "list"
    """A list of scalars."""
    OBJECTS = "objects"
    """A list of mappings with a `name`."""
    CSL = "csl"
    """A list of mappings with `given` and `family`, or `literal`."""
    CITATION = "citation"
    """Names at the beginning of a citation in prose or HTML, which is only read."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the entry has under a key that enrich may add, and so keep up to date."""

    role: str
    """A word of `metadata.add`."""
    value: str | tuple[str, ...]
    """As text, a list as its items."""
    path: Path
    span: Span
    plain: bool
    """A scalar that YAML gives a type; false for lists."""


@dataclass(frozen=True, slots=True)
class Authors:
    names: tuple[str, ...]
    form: AuthorForm
    path: Path
    span: Span
    text: str = ""
    """The whole scalar where `form` is COMMA."""
    parts: tuple[tuple[Text, ...], ...] = ()
    """Of names that are mappings, the scalars of each: `given` and `family`."""


class Role(Enum):
    PAPER = "paper"
    PDF = "pdf"
    CODE = "code"
    OTHER = "other"
    BODY = "body"
    """An address in the text: checked, never edited."""


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    """As written, decoded from its scalar; possibly no URL at all."""
    span: Span
    """Of the address itself where it stands in the source as it is, else of its scalar."""
    path: Path
    """Empty for a link in the body."""
    role: Role
    label: str = ""
    """What the catalogue calls it: `Paper`, `Code`, `url_pdf`."""
    item: Map | None = None
    """The item of a list of links that it is, where that holds nothing but scalars; values as text."""

    @property
    def field(self) -> str:
        return format_path(self.path) if self.path else "body"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue's shape reads in a document."""

    document: Document
    title: Text | None
    authors: Authors | None
    year: Text | None
    venue: Text | None
    arxiv: tuple[Text, ...]
    """Scalars of fields that are there to hold an arXiv identifier; links are not among them."""
    doi: Text | None
    links: tuple[Link, ...]
    fields: tuple[tuple[str, Text], ...] = ()
    """Every other top-level scalar that the shape maps (`short_authors`, `key`), by role."""
    blank: tuple[tuple[str, Text], ...] = ()
    """Fields for `venue` and `year` that stand without a value, by role; null is `plain`, `""` is not."""
    held: tuple[Held, ...] = ()
    """Scalars and lists of scalars under the keys that the shape adds, by role."""
    present: frozenset[str] = frozenset()
    """Roles (`arxiv_id`, `doi`, `published`, `categories`, …) that the entry has under any name."""

    @property
    def path(self) -> str:
        return self.document.path
