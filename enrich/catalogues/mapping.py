"""A shape with what `[catalogue.fields]` says of it on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.catalogues.shape import Added, LinkList
from enrich.models import AuthorForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.catalogues.shape import Shape
    from enrich.config import FieldMapping


def mapped(shape: Shape, fields: Iterable[tuple[str, FieldMapping]]) -> Shape:
    """*shape*, each role of *fields* read and written where they say."""
    # `arxiv_id` after `arxiv`: where an identifier is written goes over where it is read.
    for role, mapping in sorted(fields, key=lambda field: field[0] == "arxiv_id"):
        shape = _with_role(shape, role, mapping, mapping.path.partition("[]")[0])
    return shape


def _with_role(shape: Shape, role: str, mapping: FieldMapping, place: str) -> Shape:
    """*place*: the path, for a list that of the list itself; how its items are written shows by itself."""
    match role:
        case "title":
            return replace(shape, title=(place,))
        case "authors":
            _, _, name = mapping.path.partition("[].")
            form = AuthorForm(mapping.form) if mapping.form else None
            return replace(
                shape, authors=(place,), author_name=name or "name", author_form=form, citations=()
            )
        case "year":
            return replace(shape, year=(place,))
        case "venue":
            return replace(shape, venue=(place,), unset=mapping.unset)
        case "links":
            listed = LinkList(place, mapping.label or "name", mapping.url or "url")
            # Without brackets it may also be a key, or several: `url_*`.
            keys = (place,) if "[]" not in mapping.path else ()
            after = shape.after or ((place,) if "*" not in place else ())
            return replace(shape, links=(listed,), addresses=keys, no_link=mapping.unset, after=after)
        case "arxiv" if mapping.within:
            return replace(shape, arxiv_label=mapping.label)
        case "arxiv":
            return _with_added(replace(shape, arxiv=(place,)), "arxiv_id", place, mapping.after)
        case "short_authors":
            return replace(shape, short_authors=place)
        case "arxiv_id":
            shape = replace(shape, arxiv=(place, *shape.arxiv))
        case "doi":
            shape = replace(shape, doi=(place,))
    return _with_added(shape, role, place, mapping.after)


def _with_added(shape: Shape, role: str, place: str, after: str) -> Shape:
    """*role* added at *place*; an entry that has it under a name known before still has it."""
    return replace(
        shape,
        added=tuple(
            Added(role, place, (one.key, *one.known_as), after) if one.role == role else one
            for one in shape.added
        ),
    )
