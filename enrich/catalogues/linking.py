"""
The links of an entry: items of lists, keys that hold one, any address, and those of the text.

Pure. What a link is (the paper, its PDF, code) is told by what the catalogue calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.catalogues.shape import path_of
from enrich.catalogues.texts import text_of
from enrich.frontmatter import Kind, source_span
from enrich.globs import matches_text
from enrich.identifiers import means_arxiv
from enrich.models import Link, Role, Text
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.catalogues.shape import LinkList, Shape
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


def front_matter_links(front_matter: FrontMatter, shape: Shape) -> Iterator[Link]:
    found = [
        *(link for links_list in shape.links for link in _listed_links(front_matter, links_list, shape)),
        *(_keyed_links(front_matter, shape) if shape.addresses else ()),
    ]
    yield from found
    if shape.any_address:
        fields = map(path_of, (*shape.arxiv, *shape.title, *shape.authors))
        taken = frozenset((*fields, *(link.path for link in found)))
        yield from _addresses(front_matter, front_matter.root, (), "", taken)


def _listed_links(front_matter: FrontMatter, links_list: LinkList, shape: Shape) -> Iterator[Link]:
    for path, item in _items(front_matter, links_list):
        url = text_of(item.child(links_list.url), (*path, links_list.url))
        if url and url.value.strip() not in shape.no_link:
            named = (text_of(item.child(key)) for key in (links_list.label, *links_list.labels))
            name = next((label.value.strip() for label in named if label), "")
            kind = text_of(item.child(links_list.kind))
            role = _role(kind.value.strip()) if kind and shape.arxiv_label is None else Role.OTHER
            if role is Role.OTHER:
                role = _listed_role(name, shape.arxiv_label)
            yield Link(url.value, _address_span(front_matter, url), url.path, role, name, item.scalars())


def listed_identifiers(front_matter: FrontMatter, links_list: LinkList) -> Iterator[Text]:
    """Identifiers of arXiv that stand in the place of an address."""
    if not links_list.identifier:
        return
    for path, item in _items(front_matter, links_list):
        registry = text_of(item.child(links_list.registry))
        found = text_of(item.child(links_list.identifier), (*path, links_list.identifier))
        if found and registry and registry.value.strip().lower() == "arxiv":
            yield found


def _items(front_matter: FrontMatter, links_list: LinkList) -> Iterator[tuple[Path, Node]]:
    path = path_of(links_list.key)
    node = front_matter.get(path)
    if node is not None and node.kind is Kind.SEQUENCE and not node.is_alias:
        for position, item in enumerate(node.items):
            if item.kind is Kind.MAPPING and not item.is_alias:
                yield (*path, position), item


def _keyed_links(front_matter: FrontMatter, shape: Shape) -> Iterator[Link]:
    """Of keys that are there to hold a link: files of the site are links too, wikilinks are not."""
    for path in _keyed_places(front_matter, shape):
        text = text_of(front_matter.get(path), path)
        if text is None or text.value.strip() in shape.no_link:
            continue
        kind = links.classify(text.value).kind
        if kind is links.Written.UNSUPPORTED or text.value.lstrip().startswith("[["):
            continue
        label = str(path[-1])
        role = _keyed_role(text.value, label)
        yield Link(text.value, _address_span(front_matter, text), path, role, label)


def _keyed_places(front_matter: FrontMatter, shape: Shape) -> Iterator[Path]:
    """Of a key that stands twice the last counts, as readers of YAML have it."""
    keys = dict.fromkeys(key.text for key, _ in reversed(front_matter.root.pairs) if key.kind is Kind.SCALAR)
    for key in reversed(keys):
        if any(matches_text(pattern, key) for pattern in shape.addresses):
            yield (key,)
    yield from (path_of(place) for place in shape.addresses if "." in place)


def _keyed_role(value: str, label: str) -> Role:
    if links.classify(value).kind is links.Written.RELATIVE:
        return Role.OTHER  # a file of the site's own, whatever it is called
    role = _role(label)
    if role is Role.OTHER and not _has_word(label, _SIDE_WORDS):
        return Role.PAPER if means_arxiv(value) else role
    return role


def _addresses(
    front_matter: FrontMatter, node: Node, path: Path, label: str, taken: frozenset[Path]
) -> Iterator[Link]:
    if node.is_alias or path in taken:
        return
    if node.kind is Kind.SEQUENCE:
        for position, item in enumerate(node.items):
            yield from _addresses(front_matter, item, (*path, position), label, taken)
    elif node.kind is Kind.MAPPING:
        for key, value in node.pairs:
            yield from _addresses(front_matter, value, (*path, key.text), key.text, taken)
    elif (text := text_of(node, path)) and (links.is_address(text.value) or links.is_file(text.value)):
        role = _keyed_role(text.value, label)
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


def body_links(front_matter: FrontMatter) -> Iterator[Link]:
    start = front_matter.body_start
    for begin, end, url in links.find_links(front_matter.document.text[start:]):
        yield Link(url, Span(start + begin, start + end), (), Role.BODY)
