"""
Requests through a SOCKS proxy, by httpcore and `socksio`, the one way that is not our own.

Rare, and no faster than the proxy; the same is raised as elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

_KEEP_ALIVE_S = 15.0


class SocksTransport(httpx.AsyncBaseTransport):
    def __init__(self, proxy: httpx.Proxy, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncSOCKSProxy(
            proxy_url=str(proxy.url),
            proxy_auth=proxy.raw_auth,
            ssl_context=tls,
            max_connections=None,  # lanes bound the requests in flight
            keepalive_expiry=_KEEP_ALIVE_S,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                # A body after HEAD would be the next answer, and httpcore does not notice.
                headers=[*request.headers.raw, (b"Connection", b"close")],
                content=cast("httpx.AsyncByteStream", request.stream),
                extensions=dict(request.extensions),
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
