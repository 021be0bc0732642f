"""
Published versions of arXiv's papers, and how often works are cited, five hundred with one request.

Without a key all strangers share one quota, and most of them meet 429; a key is free and
allows one request a second. What it says may be used, but not passed on as a whole, so it
never gets into snapshots.

Source: https://www.semanticscholar.org/product/api, https://api.semanticscholar.org/supp/legal/
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from enrich.http import ApiRequest, Pace
from enrich.models import Candidates, CitationsQuery, Failure, NotFound
from enrich.sources.keys import usable_key
from enrich.sources.patient import Patient
from enrich.sources.semanticscholar.papers import counted, read_answer, record
from enrich.sources.subject import identifier_of, is_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from enrich.http import Api
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://api.semanticscholar.org/graph/v1"
PACE_S = 1.0
BATCH = 500

_HOME = "https://api.semanticscholar.org/"
_FIELDS = "externalIds,title,authors,venue,publicationVenue,journal,year,publicationTypes,citationCount"


class SemanticScholar:
    """The source of what Semantic Scholar knows; one object serves one run."""

    name = "semanticscholar"

    def __init__(
        self,
        api: Api,
        key: str = "",
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        batch: int = BATCH,
    ) -> None:
        """*key* goes to Semantic Scholar itself only: an endpoint elsewhere is asked without it."""
        self._way = Patient(api)
        self._endpoint = f"{endpoint.rstrip('/')}/paper/batch?fields={_FIELDS}"
        self._pace = Pace(concurrency=1, between_s=pace_s)
        usable = usable_key(self.name, key, endpoint, _HOME)
        self._headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
        if usable:
            self._headers += (("x-api-key", usable),)
        self.batch = min(batch, BATCH)

    def accepts(self, query: Query) -> bool:
        return is_for(self.name, query)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, Candidates or a Record, NotFound, or a Failure."""
        asked = [identifier_of(query) for query in queries]
        body = json.dumps({"ids": [f"{kind.upper()}:{one}" for kind, one in asked]}).encode()
        request = ApiRequest(
            self._endpoint, self.name, method="POST", body=body, headers=self._headers, pace=self._pace
        )
        papers = await self._way.ask(request, partial(read_answer, asked=asked))
        if isinstance(papers, Failure):
            return [papers] * len(queries)
        return [_outcome(query, paper) for query, paper in zip(queries, papers, strict=True)]


def _outcome(query: Query, paper: Mapping[str, Any] | Failure | None) -> AnswerOutcome:
    if isinstance(paper, Failure):
        return paper
    if isinstance(query, CitationsQuery):
        return (paper and counted(paper)) or NotFound("Semantic Scholar does not know how often it is cited")
    if paper is None:
        return NotFound("Semantic Scholar does not know the preprint")
    published = record(identifier_of(query)[1], paper)
    return Candidates((published,)) if published else NotFound("Semantic Scholar knows no published version")
