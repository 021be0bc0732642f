"""
The one way to arXiv's API: one request at a time, and silence once arXiv is not well.

Identifiers and titles are asked for by two sources; pace, pauses and the decision
to leave arXiv alone are theirs together.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from enrich.http import ApiRequest, Pace
from enrich.models import Failure, Reason
from enrich.sources.arxiv.feed import Refused
from enrich.sources.arxiv.looking_up import TooMuch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from enrich.http import Api, ApiResponse
    from enrich.sources.arxiv.feed import Feed, Unusable
    from enrich.sources.arxiv.looking_up import Told

ENDPOINT = "https://export.arxiv.org/api/query"
PACE_S = 3.0
"""Source: https://info.arxiv.org/help/api/tou.html, which also asks for one connection at a time."""
SOURCE = "arxiv"


class Channel:
    def __init__(
        self,
        api: Api,
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        *pace_s* is kept from start to start and from the end of one request to the next;
        *sleep* is for the pauses (s) after `Rate exceeded.`, which comes with status 200.
        """
        self.endpoint = endpoint
        self.set_aside: Failure | None = None
        """What to answer instead of asking, for the rest of the run; None while all is well."""
        self._api = api
        self._pace = Pace(concurrency=1, between_s=pace_s, after_s=pace_s)
        self._sleep = sleep
        self._one_at_a_time = asyncio.Lock()

    async def ask(
        self,
        params: tuple[tuple[str, str], ...],
        read: Callable[[bytes], Feed | Refused | Unusable],
        method: str = "GET",
    ) -> Told:
        """What *read* makes of the answer to *params*, or why there is none."""
        request = ApiRequest(self.endpoint, SOURCE, params, method, pace=self._pace)
        async with self._one_at_a_time:
            answer = await self._api.call(request)
        return answer if isinstance(answer, Failure) else await _told(answer, read, method)

    async def pause(self, seconds: float) -> None:
        """Nobody asks meanwhile."""
        async with self._one_at_a_time:
            await self._sleep(seconds)


async def _told(
    response: ApiResponse, read: Callable[[bytes], Feed | Refused | Unusable], method: str
) -> Told:
    status = f"arXiv answered {response.status} {_phrase(response.status)}".rstrip()
    match response.status:
        case HTTPStatus.OK:
            # In a thread: 250 records take a tenth of a second, in which no link would be asked.
            return await asyncio.to_thread(read, response.content)
        case HTTPStatus.BAD_REQUEST:
            refused = read(response.content)
            return refused if isinstance(refused, Refused) else Refused(None, status)
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE | HTTPStatus.REQUEST_URI_TOO_LONG:
            return TooMuch(status)
        case HTTPStatus.METHOD_NOT_ALLOWED if method == "POST":
            return TooMuch(status)
        case code:
            blocked = code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            return Failure(Reason.BLOCKED if blocked else Reason.SERVER_ERROR, status)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
