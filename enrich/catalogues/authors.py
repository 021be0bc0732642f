"""
The authors of an entry, in whichever form a catalogue writes them.

Pure. Authors that are mappings keep the scalars that their names are joined from, so
that a name is repaired where it stands and an affiliation stays with its author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.bylines import cited_authors
from enrich.catalogues.shape import path_of
from enrich.catalogues.texts import text_of
from enrich.frontmatter import Kind
from enrich.models import AuthorForm, Authors, Text

if TYPE_CHECKING:
    from enrich.catalogues.shape import Shape
    from enrich.frontmatter import FrontMatter, Node
    from enrich.models import Path

_CSL = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
"""In the order of a name. Source: https://docs.citationstyles.org/en/stable/specification.html#names"""
_CSL_WHOLE = "literal"
"""A name in one piece, of an organisation."""


def read_authors(front_matter: FrontMatter, shape: Shape) -> Authors | None:
    """None where the authors can't be told, or are not in the form that *shape* asks for."""
    found = _first(front_matter, shape)
    if found is None or (shape.author_form or found.form) is not found.form:
        return None
    return found


def _first(front_matter: FrontMatter, shape: Shape) -> Authors | None:
    for path in map(path_of, shape.authors):
        node = front_matter.get(path)
        if node is None or node.is_alias:
            continue
        if node.kind is Kind.SEQUENCE and node.items:
            return _listed(node, path, shape.author_name)
        if found := _in_line(node, path, is_cited=shape.author_form is AuthorForm.CITATION):
            return found
    cited = (_in_line(front_matter.get(path), path, is_cited=True) for path in map(path_of, shape.citations))
    return next(filter(None, cited), None)


def _in_line(node: Node | None, path: Path, *, is_cited: bool) -> Authors | None:
    text = text_of(node, path)
    if text is None:
        return None
    if is_cited:
        names = cited_authors(text.value)
        return Authors(names, AuthorForm.CITATION, path, text.span) if names else None
    names = tuple(name.strip() for name in text.value.split(","))
    return Authors(names, AuthorForm.COMMA, path, text.span, text.value) if all(names) else None


def _listed(node: Node, path: Path, key: str) -> Authors | None:
    """Of a list all of one form."""
    items = [_named(item, (*path, number), key) for number, item in enumerate(node.items)]
    forms = {_form(item, key) for item, _ in items}
    if len(forms) != 1 or (form := forms.pop()) is None:
        return None
    if form is AuthorForm.LIST:
        return Authors(tuple(item.text.strip() for item in node.items), form, path, node.span)
    parts = tuple(_parts(item, place, form, key) for item, place in items)
    names = tuple(" ".join(part.value.strip() for part in of_one) for of_one in parts)
    return Authors(names, form, path, node.span, parts=parts)


def _named(item: Node, path: Path, key: str) -> tuple[Node, Path]:
    """What holds a name: the item, or a mapping below its *key* (Quarto's `name: {given: …, family: …}`)."""
    name = item.child(key)
    return (name, (*path, key)) if name is not None and name.kind is Kind.MAPPING else (item, path)


def _form(item: Node, key: str) -> AuthorForm | None:
    if text_of(item):
        return AuthorForm.LIST
    if item.kind is not Kind.MAPPING or item.is_alias:
        return None
    if text_of(item.child(key)):
        return AuthorForm.OBJECTS
    is_csl = text_of(item.child("family")) or text_of(item.child(_CSL_WHOLE))
    return AuthorForm.CSL if is_csl else None


def _parts(item: Node, path: Path, form: AuthorForm, key: str) -> tuple[Text, ...]:
    keys = _CSL if form is AuthorForm.CSL and text_of(item.child("family")) else (_CSL_WHOLE,)
    texts = (
        text_of(item.child(one), (*path, one)) for one in ((key,) if form is AuthorForm.OBJECTS else keys)
    )
    return tuple(text for text in texts if text)
