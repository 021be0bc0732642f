"""
What a catalogue's shape is: which keys hold which field, and where new keys go.

A shape is data. Reading it is `catalogues.reading`, the shapes that enrich knows
are the other files here.
"""

from __future__ import annotations

from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.models import AuthorForm, Path


@dataclass(frozen=True, slots=True)
class LinkList:
    """A list of mappings, each a link: `additional_links: [{name: Paper, url: …}]`."""

    key: str
    label: str = "name"
    url: str = "url"
    kind: str = ""
    """The key that says what a link is, where one does; it goes before the label."""
    labels: tuple[str, ...] = ()
    """Keys that name a link where `label` does not."""
    registry: str = ""
    """The key that says whose `identifier` stands in the place of an address."""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """By what a catalogue of a shape is told. What is empty tells nothing."""

    within: tuple[str, ...] = ()
    """Patterns of paths: only such files are entries, where there are any."""
    only_within: bool = False
    """The other signs tell nothing of files elsewhere."""
    keys: tuple[str, ...] = ()
    """Each of these stands in an entry …"""
    one_of: tuple[str, ...] = ()
    """… and one of these."""
    value: tuple[str, str] | None = None
    """A key and the text that it holds."""
    markers: tuple[str, ...] = ()
    """One of these files or folders lies beside the entries or above them."""


@dataclass(frozen=True, slots=True)
class Added:
    """A key that enrich may add for a role, and the other places at which the entry may have it."""

    role: str
    """`arxiv_id`, `doi`, `published`: a word of `metadata.add`."""
    key: str
    """
    A place, and never one to which a site generator gives a meaning:
    `published: false` hides a page in Jekyll.
    """
    known_as: tuple[str, ...] = ()
    after: str = ""
    """The key after which it goes; empty where the shape's anchor holds."""


STANDARD_ADDED = (
    Added("arxiv_id", "arxiv_id", ("arxiv", "arxivid", "arxiv-id", "eprint")),
    Added("doi", "doi", ("DOI",)),
    Added("published", "arxiv_published"),
    Added("updated", "arxiv_updated"),
    Added("categories", "arxiv_categories"),
    Added("primary_category", "arxiv_primary_category"),
    Added("journal_ref", "arxiv_journal_ref"),
    Added("comment", "arxiv_comment"),
    Added("arxiv_version", "arxiv_version"),
    Added("pdf", "arxiv_pdf", ("pdf", "url_pdf", "pdf_url")),
    Added("abstract", "abstract", ("arxiv_abstract",)),
    # Quarto shows `license` as that of the page itself.
    Added("license", "arxiv_license", ("license",)),
    Added("versions", "arxiv_versions"),
    Added("published_version", "published_version", ("published_url",)),
    Added("citations", "citations", ("citation_count", "citationCount")),
)

WRITING_ORDER: Mapping[str, int] = MappingProxyType(
    {added.key: number for number, added in enumerate(STANDARD_ADDED)}
)
"""Keys that enrich adds, and in which order they stand."""


@dataclass(frozen=True, slots=True)
class Shape:
    """
    Places are keys joined by dots (`resource.arxiv`), tried in order; the first
    that is present counts.
    """

    name: str
    title: tuple[str, ...] = ("title",)
    authors: tuple[str, ...] = ("authors", "author")
    author_name: str = "name"
    """Where authors are mappings, the key of a name."""
    author_form: AuthorForm | None = None
    """The only form in which authors are read; None lets them show it."""
    citations: tuple[str, ...] = ()
    """Where no authors are, places of a citation in prose whose names are read, and never edited."""
    year: tuple[str, ...] = ("year",)
    venue: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    """Venues that stand for none, besides those that do everywhere."""
    doi: tuple[str, ...] = ("doi", "DOI")
    arxiv: tuple[str, ...] = ("arxiv_id", "arxiv", "arxivid", "arxiv-id", "eprint")
    keys: tuple[str, ...] = ("bibkey", "citekey", "citation_key")
    """What the catalogue calls an entry, wherever its file is."""
    links: tuple[LinkList, ...] = ()
    any_file: bool = False
    """A file without front matter is simply no entry."""
    any_address: bool = False
    """Every scalar of the front matter that is an address counts as a link."""
    addresses: tuple[str, ...] = ()
    """
    Keys whose scalars are links, files of the site included: of the top level, where `*` is any
    run of characters, or places below it.
    """
    no_link: tuple[str, ...] = ()
    """Texts that stand for no link, besides an empty one."""
    mentions: tuple[str, ...] = ()
    """Places that hold an arXiv identifier, or something else."""
    arxiv_label: str | None = None
    """The one label whose links claim an identifier; None lets the role of a link decide."""
    short_authors: str | None = None
    """A key that is a function of the authors and follows them."""
    added: tuple[Added, ...] = field(default=STANDARD_ADDED)
    after: tuple[str, ...] = ()
    """Added keys go after the first of these that is present, else to the end."""
    signs: Signs = Signs()

    def added_key(self, role: str) -> Added | None:
        return next((added for added in self.added if added.role == role), None)


def path_of(place: str) -> Path:
    """
    >>> path_of("resource.arxiv")
    ('resource', 'arxiv')
    """
    return tuple(place.split("."))
