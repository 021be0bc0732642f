"""
The proxy's side of a connection: absolute-form requests, and CONNECT with TLS ended here.

Knows how a client speaks to a proxy and how a host is played; which hosts there are it asks.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from tests.internet import http1
from tests.internet.play import play
from tests.internet.replies import Fate, InTurn, Raw, Reply, page
from tests.internet.tls import HANDSHAKE_FAILURE, Authority, Tls
from tests.internet.traffic import Request, Traffic, Tunnel

if TYPE_CHECKING:
    from tests.internet.web import Host
    from tests.internet.wire import Wire

_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_NOT_A_PROXY_REQUEST = page(
    "This is a proxy; it wants absolute addresses or CONNECT.", "400 Bad Request", 400
)
_PLAIN_ANSWER = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Directory(Protocol):
    """Which hosts there are."""

    absent: Fate
    """What the proxy does where there is none."""

    def find(self, name: str) -> Host | None: ...


class _Note:
    """Writes into the log how far the answer to a request has come."""

    def __init__(self, log: Traffic, request: Request) -> None:
        self._log, self._request = log, request

    def answered(self, status: int) -> None:
        self._request.status = status

    def ended(self) -> None:
        self._log.ended(self._request, time.monotonic())


class _NobodyListens:
    def answered(self, status: int) -> None: ...

    def ended(self) -> None: ...


class Proxy:
    """Holds the conversations of all connections; their state lies in the wires."""

    def __init__(self, directory: Directory, log: Traffic, authority: Authority) -> None:
        self._directory = directory
        self._log = log
        self._authority = authority

    async def converse(self, wire: Wire) -> None:
        """Everything a client says on *wire*, to its end."""
        try:
            while await self._exchange(wire, None, 0):
                pass
        finally:
            self._log.closed(wire.number)

    async def _exchange(self, wire: Wire, tunnel: Host | None, port: int) -> bool:
        """One request and its answer, in a *tunnel* or outside; True where another may follow."""
        try:
            head = http1.parse_head(await wire.until(b"\r\n\r\n"))
            if head.method == "CONNECT" and tunnel is None:
                await self._connect(wire, head)
                return False
            request = self._request(wire, head, tunnel, port)
        except ValueError:
            return await play(wire, _NOT_A_PROXY_REQUEST, _NobodyListens())
        request.body = await _body(wire, head)
        request.started_at = time.monotonic()
        host = self._directory.find(request.host) if tunnel is None else tunnel
        return await self._answer(wire, request, host, head)

    async def _answer(self, wire: Wire, request: Request, host: Host | None, head: http1.Head) -> bool:
        barrier = self._directory.absent if host is None else host.gate
        request.by_proxy = barrier is not None
        self._log.opened(request.host, wire.number)
        self._log.began(request)
        note = _Note(self._log, request)
        try:
            act = _bare(barrier, request) if barrier is not None or host is None else host.answer(request)
            return await play(wire, act, note, to_head=head.method == "HEAD", keeps_alive=head.keeps_alive)
        finally:
            note.ended()

    def _request(self, wire: Wire, head: http1.Head, tunnel: Host | None, port: int) -> Request:
        """Raises ValueError where *head* is no request to a proxy, or in a tunnel none to a server."""
        if tunnel is not None:
            if not head.target.startswith(("/", "*")):
                raise ValueError(head.target)
            where = ("https", tunnel.name, port, head.target)
        else:
            url = urlsplit(head.target)
            if url.scheme != "http" or not url.hostname:
                raise ValueError(head.target)
            after = head.target.split("://", 1)[1]
            path = after[len(url.netloc) :] or "/"
            where = ("http", url.hostname.rstrip("."), url.port or 80, path)
        return Request(head.method, *where, head.headers, b"", wire.number, time.monotonic())

    async def _connect(self, wire: Wire, head: http1.Head) -> None:
        name, _, digits = head.target.rpartition(":")
        name, port = name.strip("[]").lower().rstrip("."), int(digits)
        host = self._directory.find(name)
        barrier = self._directory.absent if host is None else host.gate
        shown = name if host is None else host.name
        self._log.tunnels.append(Tunnel(shown, port, wire.number, time.monotonic(), barrier is None))
        if barrier is not None or host is None:
            asked = Request(
                "CONNECT", "https", shown, port, "", head.headers, b"", wire.number, time.monotonic()
            )
            await play(wire, _bare(barrier, asked), _NobodyListens())
            return
        self._log.opened(shown, wire.number)
        await wire.send(_ESTABLISHED)
        if host.tls.shows_certificate:
            await wire.start_tls(self._authority.context(host.name, host.tls))
            while await self._exchange(wire, host, port):
                pass
        else:
            await _spoil_handshake(wire, host.tls)


async def _spoil_handshake(wire: Wire, tls: Tls) -> None:
    """What a host does instead of a handshake, once the client has begun one."""
    await wire.exactly(1)
    match tls:
        case Tls.HANG:
            await wire.until_gone()
        case Tls.RESET:
            wire.reset()
        case Tls.ALERT:
            await wire.send(HANDSHAKE_FAILURE)
        case Tls.PLAIN:
            await wire.send(_PLAIN_ANSWER)
        case _:
            pass


async def _body(wire: Wire, head: http1.Head) -> bytes:
    if (head.get("expect") or "").lower() == "100-continue":
        await wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    if "chunked" not in (head.get("transfer-encoding") or ""):
        return await wire.exactly(int(head.get("content-length") or 0))
    body = b""
    while size := int(await wire.until(b"\r\n"), 16):
        body += (await wire.exactly(size + 2))[:-2]
    await wire.until(b"\r\n")
    return body


def _bare(fate: Fate | None, request: Request) -> Reply | Raw:
    """The first thing that *fate* does; a proxy keeps no count of turns."""
    assert fate is not None
    while not isinstance(fate, Reply | Raw):
        fate = fate.fates[0] if isinstance(fate, InTurn) else fate(request)
    return fate
