"""
Published versions of arXiv's papers, and how often works are cited, many with one request.

Its data are in the public domain (CC0). Since 2026-02 it counts what each caller costs: who
has no key may ask for some hundred lists a day, and is then told to wait for hours, which
sets it aside for the run.

Works are looked up by the pages where they stand: one that was published keeps its page at
arXiv, but not arXiv's DOI.

Source: https://developers.openalex.org/api-reference/authentication
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from enrich.http import ApiRequest, Pace
from enrich.models import Candidates, CitationsQuery, Failure, NotFound
from enrich.sources.keys import usable_key
from enrich.sources.openalex.works import PER_PAGE, addresses, counted, published, read_answer
from enrich.sources.patient import Patient
from enrich.sources.subject import identifier_of, is_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from enrich.http import Api
    from enrich.models import AnswerOutcome, Query
    from enrich.sources.subject import Identifier

ENDPOINT = "https://api.openalex.org"
PACE_S = 1.0
BATCH = 33
"""A filter takes 100 values, and a paper is looked for at three addresses."""

_HOME = "https://api.openalex.org/"
_SELECT = (
    "id,doi,title,display_name,publication_year,type,primary_location,locations,authorships,is_retracted,"
    "cited_by_count"
)


_MARKS = (",", "|", "!", "<", ">")
"""A filter's own; a DOI with one of them can't be asked for."""


class OpenAlex:
    """The source of what OpenAlex knows; one object serves one run."""

    name = "openalex"

    def __init__(
        self,
        api: Api,
        key: str = "",
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        batch: int = BATCH,
    ) -> None:
        """*key* goes to OpenAlex itself only: an endpoint elsewhere is asked without it."""
        self._way = Patient(api)
        self._endpoint = f"{endpoint.rstrip('/')}/works"
        self._pace = Pace(concurrency=1, between_s=pace_s)
        usable = usable_key(self.name, key, endpoint, _HOME)
        self._key = (("api_key", usable),) if usable else ()
        self.batch = min(batch, BATCH)

    def accepts(self, query: Query) -> bool:
        return is_for(self.name, query)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, Candidates or a Record, NotFound, or a Failure."""
        named = [identifier_of(query) for query in queries]
        asked = [one for one in dict.fromkeys(named) if not any(mark in one[1] for mark in _MARKS)]
        found = await self._works(asked) if asked else {}
        return [
            found if isinstance(found, Failure) else _outcome(query, found.get(one))
            for query, one in zip(queries, named, strict=True)
        ]

    async def _works(
        self, asked: list[Identifier]
    ) -> dict[Identifier, tuple[Mapping[str, Any], ...]] | Failure:
        pages = [page for one in asked for page in addresses(*one)]
        params = (
            ("filter", f"locations.landing_page_url:{'|'.join(pages)}"),
            ("per_page", str(PER_PAGE)),
            ("select", _SELECT),
            *self._key,
        )
        request = ApiRequest(self._endpoint, self.name, params, pace=self._pace)
        return await self._way.ask(request, partial(read_answer, asked=asked))


def _outcome(query: Query, works: Sequence[Mapping[str, Any]] | None) -> AnswerOutcome:
    if isinstance(query, CitationsQuery):
        return counted(works or ()) or NotFound("OpenAlex does not know how often it is cited")
    if works is None:
        return NotFound("OpenAlex does not know the preprint")
    found = published(identifier_of(query)[1], works)
    return Candidates(found) if found else NotFound("OpenAlex knows no published version")
