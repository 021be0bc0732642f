"""
Published versions of arXiv's papers, many with one request.

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
from enrich.models import Candidates, Failure, NotFound, PublishedQuery
from enrich.sources.keys import usable_key
from enrich.sources.openalex.works import PAGES, PER_PAGE, read_answer
from enrich.sources.patient import Patient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.http import Api
    from enrich.models import AnswerOutcome, Query, Record

ENDPOINT = "https://api.openalex.org"
PACE_S = 1.0
BATCH = 33
"""A filter takes 100 values, and a paper is looked for at three addresses."""

_HOME = "https://api.openalex.org/"
_SELECT = (
    "id,doi,title,display_name,publication_year,type,primary_location,locations,authorships,is_retracted"
)


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
        return isinstance(query, PublishedQuery) and query.source == self.name

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, Candidates, NotFound, or a Failure."""
        asked = [query.arxiv if isinstance(query, PublishedQuery) else "" for query in queries]
        pages = [page.format(one) for one in dict.fromkeys(asked) for page in PAGES]
        params = (
            ("filter", f"locations.landing_page_url:{'|'.join(pages)}"),
            ("per_page", str(PER_PAGE)),
            ("select", _SELECT),
            *self._key,
        )
        request = ApiRequest(self._endpoint, self.name, params, pace=self._pace)
        found = await self._way.ask(request, partial(read_answer, arxiv=frozenset(asked)))
        return [found if isinstance(found, Failure) else _outcome(found.get(one)) for one in asked]


def _outcome(published: tuple[Record, ...] | None) -> AnswerOutcome:
    if published is None:
        return NotFound("OpenAlex does not know the preprint")
    return Candidates(published) if published else NotFound("OpenAlex knows no published version")
