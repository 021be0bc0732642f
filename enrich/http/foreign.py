"""
Any transport of httpx in the place of our own: SOCKS proxies, and stand-ins for the network.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

import httpx

from enrich.http.envelope import headers_of, read_address
from enrich.http.faults import Refusal
from enrich.http.wire import MOST_HEADER_BYTES
from enrich.links import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from enrich.http.envelope import Envelope, RawHeaders


class Foreign:
    """See `envelope.Transport`."""

    def __init__(self, transport: httpx.AsyncBaseTransport, *, proxied: bool = False) -> None:
        self._transport = transport
        self._proxied = proxied

    async def ask(self, envelope: Envelope, deadline: float) -> _Reply:
        timeout = {"connect": envelope.connect_s, "pool": envelope.total_s}
        timeout |= {"read": envelope.read_s, "write": envelope.read_s}
        request = httpx.Request(
            envelope.method,
            envelope.url,
            headers=headers_of(envelope, read_address(envelope.url).authority),
            content=envelope.content,
            extensions={"timeout": timeout},
        )
        async with asyncio.timeout_at(deadline):
            response = await self._transport.handle_async_request(request)
        if sum(len(name) + len(value) for name, value in response.headers.raw) > MOST_HEADER_BYTES:
            await response.aclose()
            raise Refusal(Trouble.OVERSIZE, "the answer's headers are larger than allowed")
        return _Reply(response, proxied=self._proxied)

    async def aclose(self) -> None:
        await self._transport.aclose()


class _Reply:
    def __init__(self, response: httpx.Response, *, proxied: bool) -> None:
        self._response = response
        self.status = response.status_code
        self.headers: RawHeaders = response.headers.raw
        self.proxied = proxied

    async def body(self, deadline: float) -> AsyncGenerator[bytes, None]:
        async with aclosing(cast("AsyncGenerator[bytes, None]", self._response.aiter_raw())) as parts:
            while True:
                async with asyncio.timeout_at(deadline):
                    part = await anext(parts, None)
                if part is None:
                    return
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()
