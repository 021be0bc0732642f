"""A network of answers that a test wrote down, and an `Http` over it whose time is the loop's."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

import httpx

from enrich.config import Links, Network
from enrich.http import Http, Names, Surroundings
from enrich.http.foreign import Foreign
from tests.http.timing import now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from enrich.http.envelope import Transport
    from enrich.http.errands import Elsewhere

Act: TypeAlias = "int | Answer | Exception"
"""A status, an answer, or what the request meets instead."""

NOON = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)


class Answer(httpx.AsyncByteStream):
    """An answer in HTTP, *after_s*; its body comes in *chunks*, *every_s* apart."""

    def __init__(
        self,
        status: int = 200,
        headers: Mapping[str, str] | Sequence[tuple[bytes, bytes]] = (),
        *chunks: bytes | Exception,
        every_s: float = 0.0,
        after_s: float = 0.0,
    ) -> None:
        self.status, self.chunks, self.every_s, self.after_s = status, chunks, every_s, after_s
        self.headers = httpx.Headers(headers)
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            await asyncio.sleep(self.every_s)
            if isinstance(chunk, Exception):
                raise chunk
            self.read += len(chunk)
            yield chunk


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status, {"location": to})


class Answers(httpx.AsyncBaseTransport):
    """By method and address, or by address alone; the last of several answers stays. Anything else is 404."""

    def __init__(self, answers: Mapping[str, Act | list[Act]]) -> None:
        self._answers = {key: act if isinstance(act, list) else [act] for key, act in answers.items()}
        self.requests: list[httpx.Request] = []
        self.times: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.times.append(now())
        acts = self._answers.get(f"{request.method} {request.url}") or self._answers.get(
            str(request.url), [404]
        )
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        if isinstance(act, Exception):
            raise act
        answer = Answer(act) if isinstance(act, int) else act
        await asyncio.sleep(answer.after_s)
        return httpx.Response(answer.status, headers=answer.headers, stream=answer)

    @property
    def asked(self) -> list[str]:
        return [f"{request.method} {request.url}" for request in self.requests]


def http_over(
    transport: httpx.AsyncBaseTransport | Transport,
    links: Links | None = None,
    network: Network | None = None,
    names: Names | None = None,
    environ: Mapping[str, str] | None = None,
    elsewhere: Elsewhere | None = None,
) -> Http:
    """Its clock and its pauses are those of the running loop; nothing is random."""
    return Http(
        network or Network(),
        links or Links(),
        version="1.0",
        transport=Foreign(transport) if isinstance(transport, httpx.AsyncBaseTransport) else transport,
        names=names,
        environ=environ or {},
        elsewhere=elsewhere,
        surroundings=Surroundings(clock=now, now=lambda: NOON, sleep=asyncio.sleep, jitter=lambda: 0.5),
    )
