"""
The lowest floor: requests over connections of our own.

Links are connected to by the guard; configured endpoints and proxies are not, for they
may be local. Replace this file and nothing above it notices: what it raises is read in
`faults`, what it is given and gives stands in `envelope`.

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
from enrich.http.envelope import headers_of, port_of, read_address
from enrich.http.faults import Refusal
from enrich.http.foreign import Foreign
from enrich.http.guard import Guard, Names
from enrich.http.pool import Pool, Sessions
from enrich.http.proxies import Proxies
from enrich.http.socks import SocksTransport
from enrich.http.telling import proxy_trouble

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator

    from enrich.http.connection import Connection
    from enrich.http.envelope import Address, Envelope, Reply
    from enrich.http.guard import Dial

    Origin: TypeAlias = tuple[str, str, int, str]
    """The scheme, host and port of the other end, and what tells apart who is connected to it how."""

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


class PoolTransport:
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
        self._socks: dict[str, Foreign] = {}
        self._sessions = Sessions()

    async def ask(self, envelope: Envelope, deadline: float) -> Reply:
        """See `envelope.Transport`."""
        address = read_address(envelope.url)
        proxy = self._proxies.proxy_of(httpx.URL(envelope.url)) if self._proxies.by_scheme else None
        if proxy is None:
            kind = _ENDPOINTS if envelope.is_endpoint else _LINKS
            return await self._exchange(_Direct(self, address, kind), address, envelope, deadline)
        through = httpx.Proxy(proxy)
        if through.url.scheme.startswith("socks"):
            return await self._socks_transport(proxy, through).ask(envelope, deadline)
        route = _Tunnelled if address.scheme == "https" else _Forwarded
        return await self._exchange(route(self, address, through), address, envelope, deadline)

    def _socks_transport(self, proxy: str, through: httpx.Proxy) -> Foreign:
        if proxy not in self._socks:
            self._socks[proxy] = Foreign(SocksTransport(through, self._tls), proxied=True)
        return self._socks[proxy]

    async def _exchange(self, route: _Route, address: Address, envelope: Envelope, deadline: float) -> _Reply:
        headers = [*route.headers, *headers_of(envelope, address.authority)]
        content = wire.written(envelope.method, route.target, headers) + (envelope.content or b"")
        kept = self._pool.take(route.origin)
        if kept is not None:
            try:
                return await self._asked(kept, route, envelope, content, deadline)
            except Stale:
                # It ended while it waited, so the server never saw the request.
                if envelope.method not in _REPEATABLE:
                    raise
        async with asyncio.timeout_at(deadline):
            new = await route.connect(envelope.connect_s)
        self._pool.watch(new)
        reply = await self._asked(new, route, envelope, content, deadline)
        self._sessions.keep(route.origin, new.session)
        return reply

    async def _asked(
        self, line: Connection, route: _Route, envelope: Envelope, content: bytes, deadline: float
    ) -> _Reply:
        try:
            head = await line.ask(envelope.method, content, envelope.read_s, deadline)
        except BaseException:
            line.close()
            raise
        return _Reply(head, line, envelope.read_s, route, self._pool)

    # -- for routes --------------------------------------------------------------------------

    async def guarded(self, host: str, port: int, timeout_s: float) -> Connection:
        return await self._guard.connect(host, port, timeout_s)

    async def unguarded(self, host: str, port: int, timeout_s: float) -> Connection:
        return await self._dial(host, port, timeout_s)

    async def to_proxy(self, proxy: httpx.URL, timeout_s: float) -> Connection:
        line = await self._dial(proxy.host, port_of(proxy), timeout_s)
        if proxy.scheme == "https":
            await connection.secure(line, self._tls, proxy.host, timeout_s)
        return line

    async def secured(self, line: Connection, origin: Origin, timeout_s: float) -> None:
        await connection.secure(line, self._tls, origin[1], timeout_s, self._sessions.of(origin))

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
    proxied = True

    async def connect(self, timeout_s: float) -> Connection:
        raise NotImplementedError


class _Direct(_Route):
    proxied = False

    def __init__(self, transport: PoolTransport, address: Address, kind: str) -> None:
        self._transport = transport
        self.origin = (address.scheme, address.host, address.port, kind)
        self.target = address.target

    async def connect(self, timeout_s: float) -> Connection:
        scheme, host, port, kind = self.origin
        opened = self._transport.guarded if kind == _LINKS else self._transport.unguarded
        line = await opened(host, port, timeout_s)
        if scheme == "https":
            await self._transport.secured(line, self.origin, timeout_s)
        return line


class _Forwarded(_Route):
    """Plain HTTP through a proxy, which is told the whole address."""

    def __init__(self, transport: PoolTransport, address: Address, proxy: httpx.Proxy) -> None:
        self._transport = transport
        self._proxy = proxy.url
        self.origin = (proxy.url.scheme, proxy.url.host, port_of(proxy.url), "forward")
        self.headers = _credentials(proxy)
        self.target = b"http://" + address.authority + address.target

    async def connect(self, timeout_s: float) -> Connection:
        return await self._transport.to_proxy(self._proxy, timeout_s)


class _Tunnelled(_Route):
    """TLS with the host itself, inside a connection that the proxy passes on."""

    def __init__(self, transport: PoolTransport, address: Address, proxy: httpx.Proxy) -> None:
        self._transport = transport
        self._proxy = proxy
        self._host, self._port = address.host, address.port
        self.origin = ("https", self._host, self._port, f"{proxy.url.host}:{port_of(proxy.url)}")
        self.target = address.target

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
        await self._transport.secured(line, self.origin, timeout_s)
        return line


def _credentials(proxy: httpx.Proxy) -> tuple[tuple[bytes, bytes], ...]:
    if proxy.raw_auth is None:
        return ()
    return ((b"Proxy-Authorization", b"Basic " + base64.b64encode(b":".join(proxy.raw_auth))),)


class _Reply:
    """See `envelope.Reply`; its closing lets the connection go."""

    __slots__ = ("_line", "_origin", "_pool", "_timeout_s", "headers", "proxied", "status")

    def __init__(
        self, head: wire.Head, line: Connection, timeout_s: float, route: _Route, pool: Pool
    ) -> None:
        self.status = head.status
        self.headers = head.headers
        self.proxied = route.proxied
        self._line: Connection | None = line
        self._timeout_s = timeout_s
        self._origin = route.origin
        self._pool = pool

    async def body(self, deadline: float) -> AsyncGenerator[bytes, None]:
        if self._line is not None:
            async for part in self._line.body(self._timeout_s, deadline):
                yield part

    async def aclose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.release(lambda connection: self._pool.put(self._origin, connection))
