"""
Records of arXiv's papers, many with one request.

Knows what to ask of the API and what to make of its answers; `feed` reads them,
`enrich.http` keeps the pace. A paper is called unknown only when two whole
answers lack it: everything else that can go wrong is a Failure.

Source: https://info.arxiv.org/help/api/user-manual.html, recorded answers of
April 2026 and the service's code, github.com/arXiv/arxiv-search.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from enrich.http import ApiRequest, Pace
from enrich.identifiers.scheme import parse_arxiv_id
from enrich.models import Failure, NotFound, Reason, Record, RecordQuery
from enrich.sources.arxiv.feed import Refused, parse_feed
from enrich.sources.arxiv.looking_up import LookUp, TooMuch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query
    from enrich.sources.arxiv.looking_up import Told

ENDPOINT = "https://export.arxiv.org/api/query"
PACE_S = 3.0
"""Source: https://info.arxiv.org/help/api/tou.html, which also asks for one connection at a time."""
BATCH = 250

_LONGEST_URL = 7000
"""Bytes. 642 identifiers, 8,346 bytes, were refused with 414 (github.com/lukasschwab/arxiv.py/issues/15);
POST takes them, but has worked for a year only, so it is not the first choice."""
_UNWITNESSED = 200
"""More identifiers than this of which not one exists, before any was seen to exist, are likelier an
empty index than a catalogue. The guesses at what one mistyped identifier was meant to be are fewer."""


class Arxiv:
    """The source of what arXiv knows; one object serves one run."""

    name = "arxiv"

    def __init__(
        self,
        api: Api,
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        batch: int = BATCH,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        *pace_s* is kept from start to start and from the end of one request to the next;
        *sleep* is for the pauses (s) after `Rate exceeded.`, which comes with status 200.
        """
        self._api = api
        self._endpoint = endpoint
        self._pace = Pace(concurrency=1, between_s=pace_s, after_s=pace_s)
        self._sleep = sleep
        self._batch = batch
        self._witness: str | None = None
        self._set_aside: Failure | None = None

    @property
    def batch(self) -> int:
        """Most identifiers in one request; shrinks when arXiv refuses or can't bear that many."""
        return self._batch

    def accepts(self, query: Query) -> bool:
        return isinstance(query, RecordQuery) and query.scheme == self.name

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """
        What arXiv knows of *queries*, in their order; equal ones are asked once.

        What no identifier can look like is never sent, since one malformed
        identifier costs the whole batch: it is NotFound by the scheme itself.
        """
        asked = [_canonical(query) for query in queries]
        outcomes = await self._outcomes(
            tuple(dict.fromkeys(identifier for identifier in asked if identifier))
        )
        return [
            outcomes[identifier] if identifier else NotFound(f"{_text(query)} is not an arXiv identifier")
            for query, identifier in zip(queries, asked, strict=True)
        ]

    async def _outcomes(self, ids: tuple[str, ...]) -> dict[str, AnswerOutcome]:
        """
        The outcome for each of *ids*, the absent ones asked for twice.

        The second time all of them share one request: one by one would cost the
        pace for each. Instead a paper that this run has seen goes with them as a
        witness: an answer without it says nothing about the others either.
        """
        outcomes = await self._look_up(ids)
        absent = tuple(identifier for identifier in ids if identifier not in outcomes)
        if len(absent) > _UNWITNESSED and self._witness is None:
            failure = Failure(
                Reason.SERVER_ERROR, f"arXiv has none of {len(absent)} papers, which is not believed"
            )
            return outcomes | dict.fromkeys(absent, failure)
        again = await self._look_up(absent, self._witness)
        for identifier in absent:
            outcomes[identifier] = again.get(identifier) or NotFound(f"arXiv has no paper {identifier}")
        return outcomes

    async def _look_up(self, ids: tuple[str, ...], witness: str | None = None) -> dict[str, AnswerOutcome]:
        if self._set_aside:
            return dict.fromkeys(ids, self._set_aside)
        look_up = LookUp(ids, self._batch, witness)
        while wanted := look_up.request():
            pause_s = look_up.take(await self._request(wanted))
            if pause_s:
                await self._sleep(pause_s)
        self._batch = look_up.batch
        self._set_aside = look_up.set_aside
        found = (
            identifier for identifier, outcome in look_up.outcomes.items() if isinstance(outcome, Record)
        )
        self._witness = next(found, self._witness)
        return look_up.outcomes

    async def _request(self, ids: tuple[str, ...]) -> Told:
        params = (("id_list", ",".join(ids)), ("start", "0"), ("max_results", str(len(ids))))
        too_long = len(self._endpoint) + 1 + len(urlencode(params)) > _LONGEST_URL
        method = "POST" if too_long else "GET"
        request = ApiRequest(self._endpoint, self.name, params, method, pace=self._pace)
        answer = await self._api.call(request)
        return answer if isinstance(answer, Failure) else await _told(answer, ids, method)


async def _told(response: ApiResponse, ids: tuple[str, ...], method: str) -> Told:
    status = f"arXiv answered {response.status} {_phrase(response.status)}".rstrip()
    match response.status:
        case HTTPStatus.OK:
            # In a thread: 250 records take a tenth of a second, in which no link would be asked.
            return await asyncio.to_thread(parse_feed, response.content, ids)
        case HTTPStatus.BAD_REQUEST:
            read = parse_feed(response.content, ids)
            return read if isinstance(read, Refused) else Refused(None, status)
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE | HTTPStatus.REQUEST_URI_TOO_LONG:
            return TooMuch(status)
        case HTTPStatus.METHOD_NOT_ALLOWED if method == "POST":
            return TooMuch(status)
        case code:
            blocked = code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            return Failure(Reason.BLOCKED if blocked else Reason.SERVER_ERROR, status)


def _canonical(query: Query) -> str | None:
    """
    The identifier as arXiv's index has it; None where the scheme forbids it.

    Its month may lie ahead: there is no clock here, and arXiv knows best.
    """
    identifier = parse_arxiv_id(_text(query), today=dt.date.max)
    return identifier.id if identifier else None


def _text(query: Query) -> str:
    return query.id if isinstance(query, RecordQuery) else str(query)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
