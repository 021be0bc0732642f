"""
Where a catalogue keeps a field, as `[catalogue.fields]` says it.

`authors = {path = "authors"}` names a place,
`arxiv = {in = "links", label = "Paper"}` a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from enrich.config.kinds import Flaw
from enrich.config.scalars import Word
from enrich.config.tables import Listed, Record, option
from enrich.config.texts import Line
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDABLE = (
    "arxiv_id",
    "doi",
    "published",
    "categories",
    "updated",
    "comment",
    "journal_ref",
    "primary_category",
    "arxiv_version",
    "pdf",
    "abstract",
    "license",
    "versions",
    "published_version",
    "citations",
)
"""What `metadata.add` can add from a record."""

REFRESHABLE = (
    "citations",
    "updated",
    "arxiv_version",
    "versions",
    "categories",
    "primary_category",
    "comment",
    "journal_ref",
)
"""What `metadata.refresh` can keep up to date: what moves, under a key that no person fills."""

AUTHOR_FORMS = ("comma", "list", "objects", "csl", "citation")
"""How a catalogue may write its authors."""

ROLES = ("title", "authors", "short_authors", "year", "venue", "links", "arxiv", *ADDABLE)
"""What a catalogue's field can be."""


@dataclass(frozen=True)
class FieldPath(Line):
    """Keys joined by dots; `[]` after one means every item of its list."""

    takes: ClassVar[str] = "a place in the front matter such as `conference` or `additional_links[]`"
    pattern: ClassVar[str] = r"^(?:[^\s.\[\]]+(?:\[\])?(?:\.[^\s.\[\]]+(?:\[\])?)*)?$"


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Where one field stands. An option that is empty says nothing about it."""

    path: str = option("", FieldPath(), "where it stands")
    label: str = option("", Line(), "the key that names a link; with `in`, the name itself")
    url: str = option("", Line(), "the key that holds a link's address")
    within: str = option("", Word(("", "links")), "the field in whose links it stands", key="in")
    form: str = option(
        "",
        Word(("", *AUTHOR_FORMS)),
        "how authors are written, where only that form is to be read; a citation is never edited",
    )
    derive: str = option(
        "", Word(("", "short")), "follows the authors: up to three names, or the first and `et al.`"
    )
    after: str = option("", FieldPath(), "the key after which it is added")
    unset: tuple[str, ...] = option(
        (), Listed(Line()), "values of a venue or a link that stand for none, besides those known"
    )


def _flaws(mapping: FieldMapping) -> Iterator[Flaw]:
    if bool(mapping.path) == bool(mapping.within):
        yield Flaw((), "takes either `path` or `in`", 'such as {path = "year"}')
    if mapping.within and not mapping.label:
        yield Flaw((), "takes a `label` beside `in`", 'such as {in = "links", label = "Paper"}')


def flaws_of_role(role: str, mapping: FieldMapping) -> Iterator[Flaw]:
    """What *mapping* says that has no meaning for *role*."""
    if mapping.derive and role != "short_authors":
        yield Flaw(("derive",), "is only for `short_authors`", on_key=True)
    if mapping.form and role != "authors":
        yield Flaw(("form",), "is only for `authors`", on_key=True)
    if mapping.url and role != "links":
        yield Flaw(("url",), "is only for `links`", on_key=True)
    if mapping.label and not mapping.within and role != "links":
        yield Flaw(("label",), "is only for `links`, or beside `in`", on_key=True)
    if mapping.unset and role not in ("venue", "links"):
        yield Flaw(("unset",), "is only for `venue` and `links`", on_key=True)
    if mapping.within and role != "arxiv":
        yield Flaw(("in",), "is only for `arxiv`", on_key=True)


MAPPING = Record(FieldMapping, _flaws, "path")
