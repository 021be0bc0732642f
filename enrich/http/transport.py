"""
The lowest floor: httpx's public transport interface over connections of our own.

Links are connected to by the guard; configured endpoints and proxies are not, for they
may be local. Replace this file and nothing above it notices: what it raises is read in
`faults`, what it notes on a response is `PROXIED`.

Not httpcore's pools: they walk through all connections at each request, which at a
hundred of them costs more than the requests.
"""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, TypeAlias

import httpx

from enrich.errors import UsageError
from enrich.http import connection, wire
from enrich.http.connection import Stale
from enrich.http.faults import Refusal
from enrich.http.guard import Guard, Names
from enrich.http.pool import Pool
from enrich.http.proxies import Proxies
from enrich.http.socks import SocksTransport
from enrich.http.telling import proxy_trouble

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

    from enrich.http.connection import Connection
    from enrich.http.guard import Dial

    Origin: TypeAlias = tuple[str, str, int, str]
    """The scheme, host and port of the other end, and what tells apart who is connected to it how."""

ENDPOINT = "enrich.endpoint"
"""Extension of a request: it goes to a configured endpoint, so it is not guarded."""
PROXIED = "enrich.proxied"
"""Extension of a response: a proxy stood between, and may have answered itself."""
_PORTS = {"http": 80, "https": 443}
_LINKS, _ENDPOINTS = "links", "endpoints"
_REPEATABLE = frozenset({"GET", "HEAD"})


def tls_context() -> ssl.SSLContext:
    """
    What is trusted to sign a certificate, by SSL_CERT_FILE or SSL_CERT_DIR or else certifi's authorities.

    Build it once: it takes about 20 ms. Raises UsageError where the variable names no bundle.
    """
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise UsageError(f"SSL_CERT_FILE or SSL_CERT_DIR can't be read as certificates: {error}") from error


class PoolTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1, directly or through proxies, over connections that are kept and used again."""

    def __init__(
        self,
        names: Names,
        tls: ssl.SSLContext,
        proxies: Proxies | None = None,
        *,
        deny_private: bool = True,
        dial: Dial = connection.dial,
    ) -> None:
        """*dial* opens the connections."""
        self._proxies = proxies or Proxies()
        self._tls = tls
        self._tls.set_alpn_protocols(["http/1.1"])
        self._dial = dial
        self._guard = Guard(names, deny_private=deny_private, dial=dial)
        self._pool = Pool()
        self._socks: dict[str, SocksTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's TransportErrors, and Refusal where the guard or a proxy says why."""
        proxy = self._proxies.proxy_of(request.url)
        if proxy is None:
            kind = _ENDPOINTS if request.extensions.get(ENDPOINT) else _LINKS
            return await self._exchange(_Direct(self, request.url, kind), request)
        through = httpx.Proxy(proxy)
        if through.url.scheme.startswith("socks"):
            response = await self._socks_transport(proxy, through).handle_async_request(request)
        elif request.url.scheme == "https":
            response = await self._exchange(_Tunnelled(self, request.url, through), request)
        else:
            response = await self._exchange(_Forwarded(self, request.url, through), request)
        response.extensions[PROXIED] = True
        return response

    def _socks_transport(self, proxy: str, through: httpx.Proxy) -> SocksTransport:
        if proxy not in self._socks:
            self._socks[proxy] = SocksTransport(through, self._tls)
        return self._socks[proxy]

    async def _exchange(self, route: _Route, request: httpx.Request) -> httpx.Response:
        head = wire.written(request.method, route.target, [*route.headers, *request.headers.raw])
        content = head + await request.aread()
        timeout = request.extensions["timeout"]
        kept = self._pool.take(route.origin)
        if kept is not None:
            try:
                return await self._asked(kept, route.origin, request.method, content, timeout["read"])
            except Stale:
                # It ended while it waited, so the server never saw the request.
                if request.method not in _REPEATABLE:
                    raise
        new = await route.connect(timeout["connect"])
        self._pool.watch(new)
        return await self._asked(new, route.origin, request.method, content, timeout["read"])

    async def _asked(
        self, line: Connection, origin: Origin, method: str, content: bytes, timeout_s: float
    ) -> httpx.Response:
        try:
            head = await line.ask(method, content, timeout_s)
        except BaseException:
            line.close()
            raise
        stream = _Body(line, timeout_s, origin, self._pool)
        return httpx.Response(head.status, headers=head.headers, stream=stream)

    # -- for routes --------------------------------------------------------------------------

    async def guarded(self, host: str, port: int, timeout_s: float) -> Connection:
        return await self._guard.connect(host, port, timeout_s)

    async def unguarded(self, host: str, port: int, timeout_s: float) -> Connection:
        return await self._dial(host, port, timeout_s)

    async def to_proxy(self, proxy: httpx.URL, timeout_s: float) -> Connection:
        line = await self._dial(proxy.host, _port(proxy), timeout_s)
        if proxy.scheme == "https":
            await self.secured(line, proxy.host, timeout_s)
        return line

    async def secured(self, line: Connection, host: str, timeout_s: float) -> None:
        await connection.secure(line, self._tls, host, timeout_s)

    async def aclose(self) -> None:
        self._pool.close()
        for socks in self._socks.values():
            await socks.aclose()
        await asyncio.sleep(0)  # so that the loop closes the sockets


class _Route:
    """How a request reaches its host: what it is sent as, and how a connection is made."""

    origin: Origin
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    """Besides the request's own."""

    async def connect(self, timeout_s: float) -> Connection:
        raise NotImplementedError


class _Direct(_Route):
    def __init__(self, transport: PoolTransport, url: httpx.URL, kind: str) -> None:
        self._transport = transport
        self.origin = (url.scheme, url.raw_host.decode("ascii"), _port(url), kind)
        self.target = url.raw_path

    async def connect(self, timeout_s: float) -> Connection:
        scheme, host, port, kind = self.origin
        opened = self._transport.guarded if kind == _LINKS else self._transport.unguarded
        line = await opened(host, port, timeout_s)
        if scheme == "https":
            await self._transport.secured(line, host, timeout_s)
        return line


class _Forwarded(_Route):
    """Plain HTTP through a proxy, which is told the whole address."""

    def __init__(self, transport: PoolTransport, url: httpx.URL, proxy: httpx.Proxy) -> None:
        self._transport = transport
        self._proxy = proxy.url
        self.origin = (proxy.url.scheme, proxy.url.host, _port(proxy.url), "forward")
        self.headers = _credentials(proxy)
        self.target = b"http://" + url.netloc + url.raw_path

    async def connect(self, timeout_s: float) -> Connection:
        return await self._transport.to_proxy(self._proxy, timeout_s)


class _Tunnelled(_Route):
    """TLS with the host itself, inside a connection that the proxy passes on."""

    def __init__(self, transport: PoolTransport, url: httpx.URL, proxy: httpx.Proxy) -> None:
        self._transport = transport
        self._proxy = proxy
        self._host, self._port = url.raw_host.decode("ascii"), _port(url)
        self.origin = ("https", self._host, self._port, f"{proxy.url.host}:{_port(proxy.url)}")
        self.target = url.raw_path

    async def connect(self, timeout_s: float) -> Connection:
        """Raises Refusal where the proxy does not connect."""
        line = await self._transport.to_proxy(self._proxy.url, timeout_s)
        host = f"[{self._host}]" if ":" in self._host else self._host
        target = f"{host}:{self._port}".encode("ascii")
        headers = ((b"Host", target), *_credentials(self._proxy))
        try:
            answer = await line.ask("CONNECT", wire.written("CONNECT", target, headers), timeout_s)
            if not 200 <= answer.status < 300:
                said = f"{answer.status} {answer.reason.decode('latin-1')}".strip()
                raise Refusal(*proxy_trouble(answer.headers, said))
        except BaseException:
            line.close()
            raise
        await self._transport.secured(line, self._host, timeout_s)
        return line


def _port(url: httpx.URL) -> int:
    return _PORTS.get(url.scheme, 80) if url.port is None else url.port


def _credentials(proxy: httpx.Proxy) -> tuple[tuple[bytes, bytes], ...]:
    if proxy.raw_auth is None:
        return ()
    return ((b"Proxy-Authorization", b"Basic " + base64.b64encode(b":".join(proxy.raw_auth))),)


class _Body(httpx.AsyncByteStream):
    """The body of an answer; its end, or its closing, lets the connection go."""

    def __init__(self, line: Connection, timeout_s: float, origin: Origin, pool: Pool) -> None:
        self._line: Connection | None = line
        self._timeout_s = timeout_s
        self._origin = origin
        self._pool = pool

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._line is not None:
            async for part in self._line.body(self._timeout_s):
                yield part

    async def aclose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.release(lambda connection: self._pool.put(self._origin, connection))
