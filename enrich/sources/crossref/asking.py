"""
Records of works by DOI, many with one request, from the agency that registers most publishers' DOIs.

Its records may be used and passed on by anybody. With a contact address requests join
the polite pool, which asks for at most three a second. What Crossref does not have may
be DataCite's, so both an absence and a failure are passed on.

Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/,
https://github.com/CrossRef/rest-api-doc ("no claims of ownership")
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from enrich.http import ApiRequest, Pace
from enrich.links import phrase
from enrich.models import Failure, NotFound, PassOn, Reason, RecordQuery
from enrich.sources.crossref.works import read_list, read_work
from enrich.sources.patient import Patient
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query, Record

T = TypeVar("T")

ENDPOINT = "https://api.crossref.org"
PACE_S = 0.35
BATCH = 50
MOST = 100
"""In one request, whatever is configured: addresses may not be much longer."""

REFUSALS = 12
"""Of requests as such, in one run; enough to find the one bad DOI among fifty by halving."""

_OTHERS = ("10.48550/", "10.5281/", "10.6084/")
"""Prefixes of arXiv, Zenodo and figshare, whose DOIs DataCite registers."""
_SELECT = (
    "DOI,type,title,subtitle,author,container-title,issued,published,published-print,published-online,posted,"
    "license,relation,update-to,updated-by"
)
"""All that is read: a record with its references can be a hundred times as long."""


class Crossref:
    """The source of what Crossref knows; one object serves one run."""

    name = "crossref"

    def __init__(
        self,
        api: Api,
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        batch: int = BATCH,
        contact: str = "",
    ) -> None:
        self._way = Patient(api)
        self._endpoint = f"{endpoint.rstrip('/')}/works"
        self._pace = Pace(concurrency=1, between_s=pace_s)
        self._contact = (("mailto", contact),) if contact else ()
        self._select: tuple[tuple[str, str], ...] = (("select", _SELECT),)
        self._refusals = 0
        self.batch = min(batch, MOST)

    def accepts(self, query: Query) -> bool:
        return isinstance(query, RecordQuery) and query.scheme == "doi" and not query.id.startswith(_OTHERS)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | PassOn]:
        """What Crossref knows of *queries*, in their order; what it does not is for the next source."""
        dois = [query.id if isinstance(query, RecordQuery) else "" for query in queries]
        outcomes = await self._outcomes(tuple(dict.fromkeys(dois)))
        return [outcomes[doi] for doi in dois]

    async def look(self, read: Callable[[ApiResponse], T], *params: tuple[str, str]) -> T | Failure:
        """What *read* makes of the list of works by *params*."""
        return await self._way.ask(self._request(self._endpoint, *params, *self._select), read)

    async def _outcomes(self, dois: tuple[str, ...]) -> dict[str, AnswerOutcome | PassOn]:
        # A comma divides filters from each other, and can't be escaped.
        together = tuple(doi for doi in dois if "," not in doi)
        outcomes = await self._together(together) if together else {}
        for doi in dois:
            if doi not in outcomes:
                outcomes[doi] = _outcome(doi, await self._alone(doi))
        return outcomes

    async def _together(self, dois: tuple[str, ...]) -> dict[str, AnswerOutcome | PassOn]:
        found = await self._list(dois)
        if isinstance(found, _Refused) and self._select:
            # Where a field of `select` is unknown, every request is refused.
            self._select = ()
            found = await self._list(dois)
        if isinstance(found, _Refused) and len(dois) > 1:
            middle = len(dois) // 2
            return await self._together(dois[:middle]) | await self._together(dois[middle:])
        known = found.failure if isinstance(found, _Refused) else found
        return {doi: _outcome(doi, known) for doi in dois}

    async def _list(self, dois: tuple[str, ...]) -> dict[str, Record] | _Refused | Failure:
        asked = (("filter", ",".join(f"doi:{doi}" for doi in dois)), ("rows", str(len(dois))))
        request = self._request(self._endpoint, *asked, *self._select)
        read: Callable[[ApiResponse], dict[str, Record] | _Refused | Failure] = partial(_read_list, dois=dois)
        found = await self._way.ask(request, read)
        if isinstance(found, _Refused):
            self._refusals += 1
            if self._refusals >= REFUSALS:
                self._way.give_up(found.failure)
        return found

    async def _alone(self, doi: str) -> dict[str, Record] | Failure:
        request = self._request(f"{self._endpoint}/{quote(doi, safe='')}")
        return await self._way.ask(request, partial(read_work, doi=doi))

    def _request(self, url: str, *params: tuple[str, str]) -> ApiRequest:
        return ApiRequest(url, self.name, (*params, *self._contact), pace=self._pace)


@dataclass(frozen=True, slots=True)
class _Refused:
    """Something in the request is not to Crossref's liking: one DOI of many, or a field."""

    failure: Failure


def _read_list(answer: ApiResponse, dois: Sequence[str]) -> dict[str, Record] | _Refused | Failure:
    if answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_URI_TOO_LONG):
        return _Refused(Failure(Reason.SERVER_ERROR, f"crossref: {phrase(answer.status)}"))
    return read_list(answer, dois)


def _outcome(doi: str, known: dict[str, Record] | Failure) -> AnswerOutcome | PassOn:
    if isinstance(known, Failure):
        return PassOn(known)
    return known.get(doi) or PassOn(NotFound(f"no agency that was asked has a record of {doi}"))
