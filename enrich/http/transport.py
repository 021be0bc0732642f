"""
The lowest floor: httpx's public transport interface over httpcore's public pools.

Links go through pools that are guarded where they connect; configured endpoints and
proxies through pools that are not, for they may be local. Replace this file and
nothing above it notices: what it raises is read in `faults`, what it notes on a
response is `PROXIED`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpcore
import httpx

from enrich.errors import UsageError
from enrich.http.faults import Refusal
from enrich.http.guard import GuardedBackend, Names
from enrich.http.proxies import Proxies
from enrich.http.telling import proxy_trouble
from enrich.http.watching import WatchedBackend, close_if_more_was_sent

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

ENDPOINT = "enrich.endpoint"
"""Extension of a request: it goes to a configured endpoint, so it is not guarded."""
PROXIED = "enrich.proxied"
"""Extension of a response: a proxy stood between, and may have answered itself."""
LOCATION = "enrich.location"
"""Extension of a response: the bytes of its Location header."""
KEEP_ALIVE_S = 15.0
MOST_IDLE = 32
"""Idle connections that are kept, all hosts together."""


def tls_context() -> ssl.SSLContext:
    """
    Verifies every certificate, by SSL_CERT_FILE or SSL_CERT_DIR or else certifi's authorities.

    Build it once: it takes about 20 ms. Raises UsageError where the variable names no bundle.
    """
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise UsageError(f"SSL_CERT_FILE or SSL_CERT_DIR can't be read as certificates: {error}") from error


class Unfollowed(httpx.AsyncBaseTransport):
    """
    Any transport, with redirects that httpx leaves alone.

    httpx prepares the next request even where it is told not to follow, and raises where
    a Location is no address that it likes. Hence it does not get to see one.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        for name, value in response.headers.raw:
            if name.lower() == b"location":
                response.extensions.setdefault(LOCATION, value)
        response.headers.pop("location", None)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class PoolTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 with one pool for links, one for endpoints, and one per proxy."""

    def __init__(
        self,
        names: Names,
        tls: ssl.SSLContext,
        proxies: Proxies | None = None,
        *,
        deny_private: bool = True,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """*inner* opens the connections; httpcore's own where none is given."""
        self._proxies = proxies or Proxies()
        self._tls = tls
        self._backend = WatchedBackend(inner or httpcore.AnyIOBackend())
        self._links = self._pool(GuardedBackend(names, deny_private=deny_private, inner=self._backend))
        self._endpoints = self._pool(self._backend)
        self._by_proxy: dict[str, httpcore.AsyncConnectionPool] = {}

    def _pool(self, backend: httpcore.AsyncNetworkBackend) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=None,  # lanes bound the requests in flight
            max_keepalive_connections=MOST_IDLE,
            keepalive_expiry=KEEP_ALIVE_S,
            network_backend=backend,
        )

    def _proxy_pool(self, proxy: str) -> httpcore.AsyncConnectionPool:
        pool = self._by_proxy.get(proxy)
        if pool is None:
            pool = self._by_proxy[proxy] = self._new_proxy_pool(httpx.Proxy(proxy))
        return pool

    def _new_proxy_pool(self, proxy: httpx.Proxy) -> httpcore.AsyncConnectionPool:
        common: dict[str, Any] = {
            "proxy_url": str(proxy.url),
            "proxy_auth": proxy.raw_auth,
            "ssl_context": self._tls,
            "max_connections": None,
            "max_keepalive_connections": MOST_IDLE,
            "keepalive_expiry": KEEP_ALIVE_S,
            "network_backend": self._backend,
        }
        if proxy.url.scheme == "http":
            return httpcore.AsyncHTTPProxy(**common)
        if proxy.url.scheme == "https":
            return httpcore.AsyncHTTPProxy(proxy_ssl_context=self._tls, **common)
        return httpcore.AsyncSOCKSProxy(**common)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises what httpcore raises, and Refusal where the guard or a proxy says why."""
        proxy = self._proxies.proxy_of(request.url)
        if proxy is not None:
            return await _through_proxy(self._proxy_pool(proxy), request)
        pool = self._endpoints if request.extensions.get(ENDPOINT) else self._links
        return await _answer(pool, request, dict(request.extensions))

    async def aclose(self) -> None:
        for pool in (self._links, self._endpoints, *self._by_proxy.values()):
            await pool.aclose()


async def _through_proxy(pool: httpcore.AsyncConnectionPool, request: httpx.Request) -> httpx.Response:
    told: list[tuple[bytes, bytes]] = []

    async def listen(event: str, info: dict[str, Any]) -> None:
        # What the proxy answers to CONNECT is seen here only: the exception has but its status.
        if event == "http11.receive_response_headers.complete":
            told[:] = info["return_value"][3]

    try:
        response = await _answer(pool, request, {**request.extensions, "trace": listen})
    except httpcore.ProxyError as error:
        raise Refusal(*proxy_trouble(told, str(error))) from error
    response.extensions[PROXIED] = True
    return response


async def _answer(
    pool: httpcore.AsyncConnectionPool, request: httpx.Request, extensions: dict[str, Any]
) -> httpx.Response:
    answer = await pool.handle_async_request(
        httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=cast("httpx.AsyncByteStream", request.stream),
            extensions=extensions,
        )
    )
    if request.method == "HEAD" or answer.status in (204, 304):
        await close_if_more_was_sent(answer)
    return httpx.Response(
        status_code=answer.status,
        headers=answer.headers,
        stream=_Body(answer),
        extensions=dict(answer.extensions),
    )


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
