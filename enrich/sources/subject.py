"""Which work a question to a source of published versions and citations is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.models import CitationsQuery, PublishedQuery

if TYPE_CHECKING:
    from enrich.models import Query

Identifier: TypeAlias = tuple[str, str]
"""Its scheme, `arxiv` or `doi`, and the name there."""


def is_for(source: str, query: Query) -> bool:
    return isinstance(query, PublishedQuery | CitationsQuery) and query.source == source


def identifier_of(query: Query) -> Identifier:
    """Raises TypeError where *query* is of another kind."""
    match query:
        case CitationsQuery(scheme=scheme, id=name):
            return scheme, name
        case PublishedQuery(arxiv=name):
            return "arxiv", name
    raise TypeError(f"neither a published version nor citations: {query}")
