"""
A document, its front matter and a shape, to an `Entry`.

Pure. Scalars are read as text, for the types of YAML and TOML destroy identifiers:
`2410.21270` without quotes is the float 2410.2127.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.catalogues.authors import read_authors
from enrich.catalogues.linking import body_links, front_matter_links, listed_identifiers
from enrich.catalogues.shape import path_of
from enrich.catalogues.texts import is_filled, text_of
from enrich.frontmatter import Kind
from enrich.identifiers import read_arxiv_id
from enrich.models import Entry, Held, Text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from enrich.catalogues.shape import Added, Shape
    from enrich.frontmatter import FrontMatter


def read(front_matter: FrontMatter, shape: Shape, today: dt.date, *, body: bool = True) -> Entry:
    """
    The entry that *front_matter* describes; links of the text are included where *body* is set.

    A field that isn't there, is empty, or has an unexpected form is None.
    """
    doi = _first_text(front_matter, shape.doi)
    return Entry(
        document=front_matter.document,
        title=_first_text(front_matter, shape.title),
        authors=read_authors(front_matter, shape),
        year=_first_text(front_matter, shape.year),
        venue=_first_text(front_matter, shape.venue),
        arxiv=tuple(_arxiv_fields(front_matter, shape, doi, today)),
        doi=doi,
        links=(
            *front_matter_links(front_matter, shape),
            *(body_links(front_matter) if body else ()),
        ),
        fields=tuple(_other_fields(front_matter, shape)),
        blank=tuple(_blank_fields(front_matter, shape)),
        held=tuple(_held(front_matter, shape)),
        present=frozenset(_present(front_matter, shape)),
    )


def _present(front_matter: FrontMatter, shape: Shape) -> Iterator[str]:
    for added in shape.added:
        if any(is_filled(front_matter.get(path_of(key))) for key in _names(added, shape)):
            yield added.role
    if any(True for listed in shape.links for _ in listed_identifiers(front_matter, listed)):
        yield "arxiv_id"


def _names(added: Added, shape: Shape) -> Iterator[str]:
    """Every place at which an entry may have what is added."""
    yield from (added.key, *added.known_as)
    yield from {"arxiv_id": shape.arxiv, "doi": shape.doi}.get(added.role, ())


def _first_text(front_matter: FrontMatter, keys: tuple[str, ...]) -> Text | None:
    paths = map(path_of, keys)
    return next((text for path in paths if (text := text_of(front_matter.get(path), path))), None)


def _arxiv_fields(
    front_matter: FrontMatter, shape: Shape, doi: Text | None, today: dt.date
) -> Iterator[Text]:
    for path in map(path_of, shape.arxiv):
        if text := text_of(front_matter.get(path), path):
            yield text
    for links_list in shape.links:
        yield from listed_identifiers(front_matter, links_list)
    mentions = (text_of(front_matter.get(path), path) for path in map(path_of, shape.mentions))
    for text in (doi, *mentions):
        # The address of a paper is a link like any other.
        if (
            text
            and read_arxiv_id(text.value, today=today)
            and (text is doi or not links.is_address(text.value))
        ):
            yield text


def _held(front_matter: FrontMatter, shape: Shape) -> Iterator[Held]:
    for added in shape.added:
        for path in map(path_of, (added.key, *added.known_as)):
            node = front_matter.get(path)
            if node is None or not is_filled(node):
                continue
            if text := text_of(node, path):
                yield Held(added.role, text.value, path, text.span, text.plain)
            elif (
                node.kind is Kind.SEQUENCE
                and not node.is_alias
                and all(text_of(one, ()) for one in node.items)
            ):
                yield Held(added.role, tuple(one.text for one in node.items), path, node.span, plain=False)
            break


def _other_fields(front_matter: FrontMatter, shape: Shape) -> Iterator[tuple[str, Text]]:
    if key := _first_text(front_matter, shape.keys):
        yield "key", key
    if shape.short_authors:
        path = path_of(shape.short_authors)
        if text := text_of(front_matter.get(path), path):
            yield "short_authors", text


def _blank_fields(front_matter: FrontMatter, shape: Shape) -> Iterator[tuple[str, Text]]:
    for role, places in (("venue", shape.venue), ("year", shape.year)):
        for path in map(path_of, places):
            node = front_matter.get(path)
            if node and node.kind is Kind.SCALAR and not node.is_alias and not text_of(node, path):
                yield role, Text("" if node.is_null else node.text, path, node.span, node.is_null)
                break
