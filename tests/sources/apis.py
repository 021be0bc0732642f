"""An `Api` over a player of the tests' internet or a table of answers, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from enrich.http import ApiResponse
from enrich.models import Failure, Reason
from tests.internet.replies import Raw, Reply, Then
from tests.internet.traffic import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from enrich.http import ApiRequest
    from tests.internet.replies import Fate


class Line:
    """
    The way from a source to what *answer* says, as `enrich.http` would go it.

    429 and 5xx are a Failure, as is a connection that breaks; answers in *coming* are given first.
    """

    def __init__(
        self, answer: Callable[[Request], Fate], coming: Sequence[ApiResponse | Failure] = ()
    ) -> None:
        self._answer = answer
        self.coming = list(coming)
        self.requests: list[ApiRequest] = []

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        self.requests.append(request)
        if self.coming:
            return self.coming.pop(0)
        fate = self._answer(_on_the_wire(request))
        assert isinstance(fate, Reply | Raw)
        if isinstance(fate, Raw) or fate.then is not Then.KEEP:
            return Failure(Reason.NETWORK, f"{request.source}: the connection was closed without an answer")
        if fate.status == 429:
            return Failure(Reason.RATE_LIMITED, f"{request.source}: 429 Too Many Requests")
        if fate.status >= 500:
            return Failure(Reason.SERVER_ERROR, f"{request.source}: {fate.status}")
        return ApiResponse(fate.status, fate.headers, fate.body)


def _on_the_wire(request: ApiRequest) -> Request:
    url = urlsplit(request.url)
    query = f"?{urlencode(request.params)}" if request.params else ""
    return Request(
        method=request.method,
        scheme=url.scheme,
        host=url.hostname or "",
        port=443,
        path=url.path + query,
        headers=request.headers,
        body=request.body or b"",
        connection=1,
        started_at=0.0,
    )
