"""
A document, its front matter and a shape, to an `Entry`.

Pure. Scalars are read as text, for the types of YAML and TOML destroy identifiers:
`2410.21270` without quotes is the float 2410.2127.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.catalogues.shape import path_of
from enrich.frontmatter import Kind, source_span
from enrich.globs import matches_text
from enrich.identifiers import read_arxiv_id
from enrich.models import AuthorForm, Authors, Entry, Held, Link, Role, Text
from enrich.text import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from enrich.catalogues.shape import Added, LinkList, Shape
    from enrich.frontmatter import FrontMatter, Node
    from enrich.models import Path

_CODE_WORDS = ("code", "github", "gitlab", "repo", "implementation")
_PDF_WORDS = ("pdf",)
_PAPER_WORDS = frozenset(("paper", "arxiv", "preprint", "abs", "publication", "url", "resource", "link"))
_SIDE_WORDS = (
    "citation",
    "slides",
    "video",
    "data",
    "poster",
    "supplement",
    "talk",
    "project",
    "demo",
    "image",
)


def read(front_matter: FrontMatter, shape: Shape, today: dt.date, *, body: bool = True) -> Entry:
    """
    The entry that *front_matter* describes; links of the text are included where *body* is set.

    A field that isn't there, is empty, or has an unexpected form is None.
    """
    doi = _first_text(front_matter, shape.doi)
    return Entry(
        document=front_matter.document,
        title=_first_text(front_matter, shape.title),
        authors=_authors(front_matter, shape),
        year=_first_text(front_matter, shape.year),
        venue=_first_text(front_matter, shape.venue),
        arxiv=tuple(_arxiv_fields(front_matter, shape, doi, today)),
        doi=doi,
        links=(
            *_front_matter_links(front_matter, shape, today),
            *(_body_links(front_matter) if body else ()),
        ),
        fields=tuple(_other_fields(front_matter, shape)),
        blank=tuple(_blank_fields(front_matter, shape)),
        held=tuple(_held(front_matter, shape)),
        present=frozenset(
            added.role
            for added in shape.added
            if any(_is_filled(front_matter.get(path_of(key))) for key in _names(added, shape))
        ),
    )


def _names(added: Added, shape: Shape) -> Iterator[str]:
    """Every place at which an entry may have what is added."""
    yield from (added.key, *added.known_as)
    yield from {"arxiv_id": shape.arxiv, "doi": shape.doi}.get(added.role, ())


def _text(node: Node | None, path: Path) -> Text | None:
    if node is None or node.kind is not Kind.SCALAR or node.is_null or node.is_alias or not node.text.strip():
        return None
    return Text(node.text, path, node.span, node.plain)


def _is_filled(node: Node | None) -> bool:
    return node is not None and (node.kind is not Kind.SCALAR or _text(node, ()) is not None or node.is_alias)


def _first_text(front_matter: FrontMatter, keys: tuple[str, ...]) -> Text | None:
    paths = map(path_of, keys)
    return next((text for path in paths if (text := _text(front_matter.get(path), path))), None)


def _arxiv_fields(
    front_matter: FrontMatter, shape: Shape, doi: Text | None, today: dt.date
) -> Iterator[Text]:
    for path in map(path_of, shape.arxiv):
        if text := _text(front_matter.get(path), path):
            yield text
    mentions = (_text(front_matter.get(path), path) for path in map(path_of, shape.mentions))
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
            if node is None or not _is_filled(node):
                continue
            if text := _text(node, path):
                yield Held(added.role, text.value, path, text.span, text.plain)
            elif (
                node.kind is Kind.SEQUENCE and not node.is_alias and all(_text(one, ()) for one in node.items)
            ):
                yield Held(added.role, tuple(one.text for one in node.items), path, node.span, plain=False)
            break


def _other_fields(front_matter: FrontMatter, shape: Shape) -> Iterator[tuple[str, Text]]:
    if key := _first_text(front_matter, shape.keys):
        yield "key", key
    if shape.short_authors:
        path = path_of(shape.short_authors)
        if text := _text(front_matter.get(path), path):
            yield "short_authors", text


def _blank_fields(front_matter: FrontMatter, shape: Shape) -> Iterator[tuple[str, Text]]:
    for role, places in (("venue", shape.venue), ("year", shape.year)):
        for path in map(path_of, places):
            node = front_matter.get(path)
            if node and node.kind is Kind.SCALAR and not node.is_alias and not _text(node, path):
                yield role, Text("" if node.is_null else node.text, path, node.span, node.is_null)
                break


# -- authors ---------------------------------------------------------------------------------


def _authors(front_matter: FrontMatter, shape: Shape) -> Authors | None:
    for path in map(path_of, shape.authors):
        node = front_matter.get(path)
        if node is None or node.is_alias:
            continue
        if node.kind is Kind.SCALAR:
            text = _text(node, path)
            names = tuple(name.strip() for name in text.value.split(",")) if text else ()
            if names and all(names):
                return Authors(names, AuthorForm.COMMA, path, node.span, node.text)
        elif node.kind is Kind.SEQUENCE and node.items:
            return _author_list(node, path, shape.author_name)
    return None


def _author_list(node: Node, path: Path, key: str) -> Authors | None:
    forms = {_author_form(item, key) for item in node.items}
    if len(forms) != 1 or (form := forms.pop()) is None:
        return None
    return Authors(tuple(_author_name(item, form, key) for item in node.items), form, path, node.span)


def _author_form(item: Node, key: str) -> AuthorForm | None:
    if _text(item, ()):
        return AuthorForm.LIST
    if item.kind is not Kind.MAPPING or item.is_alias:
        return None
    if _text(item.child(key), ()):
        return AuthorForm.OBJECTS
    return AuthorForm.CSL if _text(item.child("family"), ()) else None


def _author_name(item: Node, form: AuthorForm, key: str) -> str:
    if form is AuthorForm.LIST:
        return item.text.strip()
    parts = (key,) if form is AuthorForm.OBJECTS else ("given", "family")
    return " ".join(text.value.strip() for part in parts if (text := _text(item.child(part), ())))


# -- links -----------------------------------------------------------------------------------


def _front_matter_links(front_matter: FrontMatter, shape: Shape, today: dt.date) -> Iterator[Link]:
    found = [
        *(link for links_list in shape.links for link in _listed_links(front_matter, links_list, shape)),
        *(_keyed_links(front_matter, shape, today) if shape.addresses else ()),
    ]
    yield from found
    if shape.any_address:
        fields = map(path_of, (*shape.arxiv, *shape.title, *shape.authors))
        taken = frozenset((*fields, *(link.path for link in found)))
        yield from _addresses(front_matter, front_matter.root, (), "", today, taken)


def _listed_links(front_matter: FrontMatter, links_list: LinkList, shape: Shape) -> Iterator[Link]:
    path = path_of(links_list.key)
    node = front_matter.get(path)
    if node is None or node.kind is not Kind.SEQUENCE or node.is_alias:
        return
    for position, item in enumerate(node.items):
        if item.kind is not Kind.MAPPING or item.is_alias:
            continue
        url = _text(item.child(links_list.url), (*path, position, links_list.url))
        label = _text(item.child(links_list.label), ())
        if url and url.value.strip() not in shape.no_link:
            name = label.value.strip() if label else ""
            role = _listed_role(name, shape.arxiv_label)
            yield Link(url.value, _address_span(front_matter, url), url.path, role, name, item.scalars())


def _keyed_links(front_matter: FrontMatter, shape: Shape, today: dt.date) -> Iterator[Link]:
    """Of keys that are there to hold a link: files of the site are links too, wikilinks are not."""
    for key, node in front_matter.root.pairs:
        if not any(matches_text(pattern, key.text) for pattern in shape.addresses):
            continue
        text = _text(node, (key.text,))
        if text is None or front_matter.get(text.path) is not node or text.value.strip() in shape.no_link:
            continue
        kind = links.classify(text.value).kind
        if kind is links.Written.UNSUPPORTED or text.value.lstrip().startswith("[["):
            continue
        role = _keyed_role(text.value, key.text, today)
        yield Link(text.value, _address_span(front_matter, text), text.path, role, key.text)


def _keyed_role(value: str, label: str, today: dt.date) -> Role:
    if links.classify(value).kind is links.Written.RELATIVE:
        return Role.OTHER  # a file of the site's own, whatever it is called
    role = _role(label)
    if role is Role.OTHER and not _has_word(label, _SIDE_WORDS):
        return Role.PAPER if read_arxiv_id(value, today=today) else role
    return role


def _addresses(
    front_matter: FrontMatter, node: Node, path: Path, label: str, today: dt.date, taken: frozenset[Path]
) -> Iterator[Link]:
    if node.is_alias or path in taken:
        return
    if node.kind is Kind.SEQUENCE:
        for position, item in enumerate(node.items):
            yield from _addresses(front_matter, item, (*path, position), label, today, taken)
    elif node.kind is Kind.MAPPING:
        for key, value in node.pairs:
            yield from _addresses(front_matter, value, (*path, key.text), key.text, today, taken)
    elif (text := _text(node, path)) and (links.is_address(text.value) or links.is_file(text.value)):
        role = _keyed_role(text.value, label, today)
        if any(isinstance(step, int) for step in path):
            role = _role(label) if _role(label) is Role.CODE else Role.OTHER
        yield Link(text.value, _address_span(front_matter, text), path, role, label)


def _address_span(front_matter: FrontMatter, text: Text) -> Span:
    """Without the quotes, where the address stands in the source as it is."""
    node = front_matter.get(text.path)
    return (node and source_span(front_matter, node, 0, len(text.value))) or text.span


def _listed_role(label: str, arxiv_label: str | None) -> Role:
    role = _role(label)
    if arxiv_label is None:
        return role
    if label == arxiv_label:
        return Role.PAPER
    return Role.OTHER if role in (Role.PAPER, Role.PDF) else role


def _role(label: str) -> Role:
    if _has_word(label, _CODE_WORDS):
        return Role.CODE
    if _has_word(label, _PDF_WORDS):
        return Role.PDF
    word = label.lower()
    bare = word.removeprefix("url_").removesuffix("url").removesuffix("_")
    return Role.PAPER if {word, bare} & _PAPER_WORDS or "arxiv" in word else Role.OTHER


def _has_word(label: str, words: tuple[str, ...]) -> bool:
    lowered = label.lower()
    return any(word in lowered for word in words)


def _body_links(front_matter: FrontMatter) -> Iterator[Link]:
    start = front_matter.body_start
    for begin, end, url in links.find_links(front_matter.document.text[start:]):
        yield Link(url, Span(start + begin, start + end), (), Role.BODY)
