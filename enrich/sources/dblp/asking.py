"""
Published versions of arXiv's papers by their titles, one request each.

Its data are in the public domain (CC0). It asks for a second or two between requests, and
says with 429 how long to wait where that was not kept.

Source: https://dblp.org/faq/1474706, https://dblp.org/db/copyright.html
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from enrich.http import ApiRequest, Pace
from enrich.models import Candidates, Failure, NotFound, PublishedQuery
from enrich.patterns import pattern
from enrich.sources.dblp.hits import read_answer
from enrich.sources.patient import Patient

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query, Record

ENDPOINT = "https://dblp.org/search/publ/api"
PACE_S = 2.0
MOST_HITS = 50
"""In one answer; a title that more have is too common to say anything."""

_NO_WORD = pattern(r"[\W_]+")


class Dblp:
    """The source of what DBLP lists; one object serves one run."""

    name = "dblp"
    batch = 1

    def __init__(self, api: Api, *, endpoint: str = ENDPOINT, pace_s: float = PACE_S) -> None:
        self._way = Patient(api)
        self._endpoint = endpoint
        self._pace = Pace(concurrency=1, between_s=pace_s)

    def accepts(self, query: Query) -> bool:
        return isinstance(query, PublishedQuery) and query.source == self.name

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, Candidates, NotFound, or a Failure."""
        return [await self._ask(query) for query in queries if isinstance(query, PublishedQuery)]

    async def _ask(self, query: PublishedQuery) -> AnswerOutcome:
        words = search_text(query)
        if not words:
            return NotFound("the title has no words that can be searched for")
        params = (("q", words), ("h", str(MOST_HITS)), ("format", "json"))
        request = ApiRequest(self._endpoint, self.name, params, pace=self._pace)
        read: Callable[[ApiResponse], tuple[Record, ...] | Failure | None] = partial(
            read_answer, most=MOST_HITS
        )
        found = await self._way.ask(request, read)
        if isinstance(found, Failure):
            return found
        if found is None:
            return NotFound(f"more than {MOST_HITS} works are called so")
        return Candidates(found) if found else NotFound("DBLP lists no published work by this title")


def search_text(query: PublishedQuery) -> str:
    """
    The words of the title and the surname; each must begin a word of what is found.

    Marks have meanings in DBLP's language (`-` not, `|` or, `$` the end of a word, `:` a field).
    """
    title = " ".join(_NO_WORD.sub(" ", query.title).split())
    surname = " ".join(_NO_WORD.sub(" ", query.surname).split())
    return f"{title} {surname}".strip() if title else ""
