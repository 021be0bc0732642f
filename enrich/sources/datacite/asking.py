"""
Records of works by DOI, many with one request, from the agency of repositories: arXiv, Zenodo and others.

Its metadata may be used and passed on by anybody. Whoever names a contact may ask 1,000 times
in five minutes, strangers less often. It also answers for arXiv's papers, which all have
a DOI there, when arXiv itself could not: what it does not have then is still unknown.

Source: https://support.datacite.org/docs/api-get-lists, https://support.datacite.org/docs/rate-limit
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from enrich.http import ApiRequest, Pace
from enrich.models import Failure, NotFound, PassOn, Reason, RecordQuery
from enrich.sources.datacite.records import arxiv_record, read_answer, record
from enrich.sources.patient import Patient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from enrich.http import Api
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://api.datacite.org"
PACE_S = 1.0
BATCH = 50
MOST = 100
"""In one request, whatever is configured: addresses may not be much longer."""


class DataCite:
    """The source of what DataCite knows; one object serves one run."""

    name = "datacite"

    def __init__(
        self, api: Api, *, endpoint: str = ENDPOINT, pace_s: float = PACE_S, batch: int = BATCH
    ) -> None:
        self._way = Patient(api)
        self._endpoint = f"{endpoint.rstrip('/')}/dois"
        self._pace = Pace(concurrency=1, between_s=pace_s)
        self.batch = min(batch, MOST)

    def accepts(self, query: Query) -> bool:
        return isinstance(query, RecordQuery) and query.scheme in ("doi", "arxiv")

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | PassOn]:
        """What DataCite knows of *queries*, in their order."""
        dois = tuple(dict.fromkeys(map(_doi, queries)))
        query = " OR ".join(f'"{_escaped(doi)}"' for doi in dois)
        params = (
            ("query", f"doi:({query})"),
            ("page[size]", str(len(dois))),
            ("disable-facets", "true"),
        )
        request = ApiRequest(self._endpoint, self.name, params, pace=self._pace)
        found = await self._way.ask(request, partial(read_answer, dois=dois))
        if isinstance(found, Failure):
            return [PassOn(found)] * len(queries)
        return [_outcome(query, found.get(_doi(query))) for query in queries]


def _doi(query: Query) -> str:
    """The DOI of what *query* is about. Raises TypeError where it is about no work."""
    if not isinstance(query, RecordQuery):
        raise TypeError(f"DataCite was asked for {query}")
    return query.id if query.scheme == "doi" else f"10.48550/arxiv.{query.id.lower()}"


def _outcome(query: Query, attributes: Mapping[str, Any] | None) -> AnswerOutcome | PassOn:
    doi = _doi(query)
    if attributes is None:
        return PassOn(NotFound(f"no agency that was asked has a record of {doi}"))
    if isinstance(query, RecordQuery) and query.scheme == "arxiv":
        unreadable = Failure(Reason.SERVER_ERROR, f"datacite: the record of {doi} is not whole")
        return arxiv_record(query.id, attributes) or PassOn(unreadable)
    return record(doi, attributes)


def _escaped(doi: str) -> str:
    """For a quoted phrase of the query language of Elasticsearch."""
    return doi.replace("\\", "\\\\").replace('"', '\\"')
