"""
Published works by the title of their preprint, one request each, for who wants Crossref searched as well.

The answer is what Crossref thinks likeliest, no more: whether any of it is the work in question
is for `matching` to say.

Source: https://github.com/CrossRef/rest-api-doc#field-queries
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Candidates, Failure, NotFound, PublishedQuery, WorkKind
from enrich.sources.crossref.works import read_hits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome, Query
    from enrich.sources.crossref.asking import Crossref

ROWS = 10


class CrossrefTitles:
    """The source of which published works are called so; shares its way to the API with `Crossref`."""

    batch = 1

    def __init__(self, crossref: Crossref) -> None:
        self._crossref = crossref
        self.name = crossref.name

    def accepts(self, query: Query) -> bool:
        return isinstance(query, PublishedQuery) and query.source == self.name

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, Candidates, NotFound, or a Failure."""
        return [await self._ask(query) for query in queries if isinstance(query, PublishedQuery)]

    async def _ask(self, query: PublishedQuery) -> AnswerOutcome:
        if not query.title.strip():
            return NotFound("there is no title to search for")
        author = (("query.author", query.surname),) if query.surname else ()
        found = await self._crossref.look(
            read_hits, ("query.bibliographic", query.title), *author, ("rows", str(ROWS))
        )
        if isinstance(found, Failure):
            return found
        published = tuple(one for one in found if one.title and one.kind is not WorkKind.PREPRINT)
        return (
            Candidates(published) if published else NotFound("Crossref finds no published work by this title")
        )
