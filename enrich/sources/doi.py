"""
Whether DOIs resolve, by the resolver's own API.

A DOI is good when the Handle System knows it. The publisher's page behind it is not
asked: publishers refuse programs so often that their answer says little.

Source: https://www.doi.org/doi-handbook/HTML/rest-api-request-format.html
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from enrich.http import ApiRequest, Pace
from enrich.identifiers import read_doi
from enrich.links import phrase
from enrich.models import Failure, Fault, LinkCheck, LinkQuery, LinkStatus, Reason
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://doi.org/api/handles"
PACE_S = 0.2
RECHECK_S = 3.0
"""Seconds between the two looks at a DOI that is unknown."""

_ADDRESS = pattern(r"https?://(?:dx\.|www\.)?doi\.org/(10\.[^?]+)")

_UNQUOTED = "/:;()!$&'*+,=@-._~"

_UNKNOWN = 100
_CHECKS = {
    1: LinkCheck(LinkStatus.OK, "the DOI resolves"),
    _UNKNOWN: LinkCheck(LinkStatus.BROKEN, "the DOI does not resolve", fault=Fault.UNKNOWN_ID),
    200: LinkCheck(
        LinkStatus.UNVERIFIED, "the DOI is registered, but leads nowhere yet", reason=Reason.SERVER_ERROR
    ),
}
"""By the response codes of the Handle System.
Source: https://www.doi.org/doi-handbook/HTML/rest-api-response-format.html"""


class DoiResolver:
    """The source of which DOIs resolve; one object serves one run."""

    name = "doi"
    batch = 1

    def __init__(
        self,
        api: Api,
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        recheck_s: float = RECHECK_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._endpoint = endpoint.rstrip("/")
        self._pace = Pace(concurrency=2, between_s=pace_s)
        self._recheck_s = recheck_s
        self._sleep = sleep

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery) and _doi(query.url) is not None

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """A LinkCheck or a Failure for each of *queries*, in their order."""
        return await asyncio.gather(*(self._ask(query) for query in queries))

    async def _ask(self, query: Query) -> AnswerOutcome:
        doi = _doi(query.url) if isinstance(query, LinkQuery) else None
        if doi is None:
            raise TypeError(f"the resolver of DOIs was asked for {query}")
        code = await self._code(doi)
        if code == _UNKNOWN:
            await self._sleep(self._recheck_s)
            # The second time past the resolver's own memory.
            code = await self._code(doi, ("auth", "true"))
        if isinstance(code, Failure):
            return code
        known = _CHECKS.get(code)
        return known or Failure(Reason.SERVER_ERROR, f"doi: the resolver answers with code {code}")

    async def _code(self, doi: str, *params: tuple[str, str]) -> int | Failure:
        url = f"{self._endpoint}/{quote(doi, safe=_UNQUOTED)}"
        answer = await self._api.call(ApiRequest(url, self.name, params, pace=self._pace))
        return answer if isinstance(answer, Failure) else _response_code(answer, doi)


def _doi(url: str) -> str | None:
    """
    The DOI that a canonical *url* at the resolver is, as written.

    None where the address holds anything besides (`.` or `/` at its end, a query): it may be no
    DOI at all, and the web tells what the resolver makes of it.
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return None
    try:
        doi = unquote(found[1], errors="strict")
    except UnicodeDecodeError:
        return None
    reading = read_doi(url)
    return doi if reading and reading.doi.id == doi.lower() else None


def _response_code(answer: ApiResponse, doi: str) -> int | Failure:
    """Unknown is believed only as the resolver says it: with status 404 and its own code, about this DOI."""
    told = answer.json_object()
    code = told.get("responseCode") if told else None
    handle = told.get("handle") if told else None
    if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND) or type(code) is not int:
        return Failure(Reason.SERVER_ERROR, f"doi: {phrase(answer.status)}, not an answer of the resolver")
    if not isinstance(handle, str) or handle.lower() != doi.lower():
        return Failure(Reason.SERVER_ERROR, "doi: the answer is about another DOI")
    if (answer.status == HTTPStatus.NOT_FOUND) != (code == _UNKNOWN):
        return Failure(Reason.SERVER_ERROR, f"doi: {phrase(answer.status)} with code {code}")
    return code
