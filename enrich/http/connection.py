"""
One connection: a request goes out, its answer comes in, and the next may follow.

It notices when a server goes on after its answer has ended: some send a body after
HEAD, which would be read as the answer to the next request, a page of the one link
as a 404 of the other.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, cast

import httpx

from enrich.http import wire
from enrich.http.tls import Tls
from enrich.words import dataclass

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Sequence

MOST_RECEIVED = 256 * 1024
"""Bytes that may wait to be read; then the server waits."""
MOST_DRAINED = 64 * 1024
"""Bytes of a body that nobody wants and that are still let in: cheaper for both than a new connection."""
DRAIN_S = 5.0
_NEXT_FAMILY_S = 0.25
"""Until a name's next address is tried as well. Source: https://www.rfc-editor.org/rfc/rfc8305#section-8"""

_CLOSED = "Server disconnected without sending a response."


class Stale(httpx.RemoteProtocolError):
    """The connection had ended before the request: it may be sent again on another, if it is safe twice."""


@dataclass(slots=True)
class _Draining:
    """The rest of a body that nobody wants, let in for the sake of the connection."""

    body: wire.BodyReader
    give_back: Callable[[Connection], None]
    timer: asyncio.TimerHandle
    bytes: int = 0


class Connection(asyncio.Protocol):
    """Belongs to one request at a time; see `ask`."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._due = 0.0
        """When whoever waits has waited long enough, by the loop's clock."""
        self._alarm: asyncio.TimerHandle | None = None
        """Set no later than that; it outlives the wait, for the next is about as long."""
        self._is_paused = False
        self._ended = False
        self._lost: Exception | None = None
        self._answers = 0
        self._body: wire.BodyReader | None = None
        self._keeps_alive = False
        self._draining: _Draining | None = None
        self.peer: str | None = None
        """The address of the other end; None where it is not known."""
        self.idle_since = 0.0
        self._layers: list[Tls] = []
        """TLS with a proxy, and inside of it TLS with the host; mostly one of them, or none."""

    # -- of asyncio ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # other loops have classes of their own
        peer = transport.get_extra_info("peername")
        self.peer = str(peer[0]) if peer else None

    def data_received(self, data: bytes) -> None:
        self._received += self._decrypted(data) if self._layers else data
        if self._draining is not None:
            self._drain(self._draining)
            return
        if self._body is None and self._waiter is None and self._answers:
            self.close()  # nobody has asked
        elif len(self._received) > MOST_RECEIVED and self._transport and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._lost = exc
        self._end_draining()
        self._silence()
        self._wake()

    # -- asking --------------------------------------------------------------------------------

    @property
    def is_usable(self) -> bool:
        """Whether a request may be sent: the other end has not gone, and has said nothing unasked."""
        return not self._ended and not self._received and not self._is_closing

    @property
    def _is_closing(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    async def ask(
        self, method: str, request: bytes, timeout_s: float, deadline: float = math.inf
    ) -> wire.Head:
        """
        Send *request* and read the head of its answer, with at most *timeout_s* between two
        reads, and until *deadline* by the loop's clock.

        Raises httpx's TransportError: Stale where the connection was an old one whose end had not been
        noticed, ReadTimeout, ReadError, RemoteProtocolError; and Refusal for headers without end.
        """
        if self._answers and not self.is_usable:
            raise Stale(_CLOSED)
        if self._transport is None or self._ended:
            self._raise_if_lost()
            raise httpx.RemoteProtocolError(_CLOSED)
        self._body = None
        self._keeps_alive = False
        self._send(request, self._layers)
        interim_bytes = 0
        while True:
            head = wire.take_head(self._received, method)
            if head is None:
                self._raise_if_ended(unanswered=not self._received and not interim_bytes)
                await self._more(min(timeout_s, deadline - self._loop.time()))
                continue
            if head.status >= 200:
                break
            interim_bytes += sum(len(name) + len(value) for name, value in head.headers) + 16
            if interim_bytes > wire.MOST_HEADER_BYTES:
                raise httpx.RemoteProtocolError("interim answers without end")
        self._answers += 1
        self._body = wire.BodyReader(head.length)
        self._keeps_alive = head.keeps_alive
        return head

    async def body(self, timeout_s: float, deadline: float = math.inf) -> AsyncIterator[bytes]:
        """The body as it comes, transfer encoding undone; the times are those of `ask`. Raises like it."""
        body = self._body
        while body is not None:
            if part := body.take(self._received):
                self._resume()
                yield part
            if body.ended:
                return
            if self._ended and not part:
                self._raise_if_lost()
                body.closed()
            elif not part:
                await self._more(min(timeout_s, deadline - self._loop.time()))

    async def _more(self, timeout_s: float) -> None:
        """Waits until more was received, or the other end has gone."""
        self._resume()
        waiter = self._waiter = self._loop.create_future()
        self._due = self._loop.time() + timeout_s
        if self._alarm is None or self._alarm.when() > self._due:
            self._silence()
            self._alarm = self._loop.call_at(self._due, self._ring)
        try:
            await waiter
        finally:
            self._waiter = None

    def _ring(self) -> None:
        """Not a timer for each wait: to set one and to take it back costs as much as to read an answer."""
        self._alarm = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() < self._due:
            self._alarm = self._loop.call_at(self._due, self._ring)
        else:
            self._waiter.set_exception(httpx.ReadTimeout("no answer in time"))

    def _silence(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _raise_if_ended(self, *, unanswered: bool) -> None:
        """An answer's head does not survive the end of its connection."""
        if self._ended:
            if unanswered and self._answers:
                raise Stale(_CLOSED) from self._lost
            self._raise_if_lost()
            raise httpx.RemoteProtocolError(_CLOSED)

    def _raise_if_lost(self) -> None:
        if self._lost is not None:
            raise httpx.ReadError(str(self._lost)) from self._lost

    def _resume(self) -> None:
        if self._is_paused and self._transport and len(self._received) <= MOST_RECEIVED:
            self._is_paused = False
            self._transport.resume_reading()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # -- ending --------------------------------------------------------------------------------

    def close(self) -> None:
        """At once: nothing of ours is still to be sent, and what they send is not wanted."""
        self._ended = True
        self._silence()
        if self._transport is not None:
            self._transport.abort()

    def release(self, give_back: Callable[[Connection], None]) -> None:
        """
        The answer is done with: *give_back* is called once the connection may serve another request.

        A short rest of a body is let in until then. Where there is more of it, or the
        server wants to close, the connection is closed and *give_back* is not called.
        """
        body, self._body = self._body, None
        if body is None or not self._keeps_alive or self._ended:
            self.close()
        elif body.ended:
            self._give_back(give_back)
        elif (body.left or 0) > MOST_DRAINED:
            self.close()
        else:
            self._draining = _Draining(body, give_back, self._loop.call_later(DRAIN_S, self.close))
            self._resume()
            self._drain(self._draining)

    def _drain(self, draining: _Draining) -> None:
        try:
            draining.bytes += len(draining.body.take(self._received))
        except httpx.RemoteProtocolError:
            draining.bytes = MOST_DRAINED + 1
        if draining.bytes > MOST_DRAINED:
            self._end_draining()
            self.close()
        elif draining.body.ended:
            self._end_draining()
            self._give_back(draining.give_back)

    def _end_draining(self) -> None:
        if self._draining is not None:
            self._draining.timer.cancel()
            self._draining = None

    def _give_back(self, give_back: Callable[[Connection], None]) -> None:
        if self.is_usable:
            self.idle_since = self._loop.time()
            give_back(self)
        else:
            self.close()

    # -- TLS -----------------------------------------------------------------------------------

    @property
    def session(self) -> ssl.SSLSession | None:
        """Of the innermost TLS: see `Tls.session`."""
        return self._layers[-1].session if self._layers else None

    async def start_tls(
        self, context: ssl.SSLContext, host: str, timeout_s: float, session: ssl.SSLSession | None = None
    ) -> None:
        """
        Speak TLS from here on, with *host* as the name that the certificate must have.

        Raises what `Tls.handshake` does, ConnectionResetError, and httpx's ConnectError.
        """
        if self._transport is None or self._ended or self._received:
            raise httpx.ConnectError("the connection was spoken on, or closed, before TLS began")
        below, tls = tuple(self._layers), Tls(context, host, session)
        self._layers.append(tls)
        self._answers = 0
        self._body = None
        while True:
            try:
                tls.handshake()
            finally:
                self._send(tls.to_send(), below)
            if tls.ready:
                break
            if self._ended:
                raise ConnectionResetError("the connection was closed during the handshake") from self._lost
            await self._more(timeout_s)
        self._received += self._decrypted(b"")

    def _send(self, content: bytes, layers: Sequence[Tls]) -> None:
        for layer in reversed(layers):
            content = layer.encrypt(content) if content else b""
        if content and self._transport is not None:
            self._transport.write(content)

    def _decrypted(self, data: bytes) -> bytes:
        for depth, layer in enumerate(self._layers):
            data = layer.receive(data)
            if layer.ready and (answer := layer.to_send()):
                self._send(answer, self._layers[:depth])
            if layer.ended:
                self._ended, self._lost = True, self._lost or layer.fault
        return data


async def dial(address: str, port: int, timeout_s: float) -> Connection:
    """
    A TCP connection to *address*, or to the first of a name's addresses that answers.

    Raises ConnectTimeout and ConnectError, the latter from what the system said.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout_s):
            if ":" in address or address[-1:].isdigit():
                _, connection = await loop.create_connection(Connection, address, port)
            else:
                _, connection = await loop.create_connection(
                    Connection, address, port, happy_eyeballs_delay=_NEXT_FAMILY_S
                )
    except TimeoutError as error:
        raise httpx.ConnectTimeout("no connection in time") from error
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(str(error)) from error
    return connection


async def secure(
    connection: Connection,
    context: ssl.SSLContext,
    host: str,
    timeout_s: float,
    session: ssl.SSLSession | None = None,
) -> None:
    """
    TLS on *connection*, which is closed where that fails.

    Raises ConnectTimeout and ConnectError, the latter from what the system said.
    """
    try:
        async with asyncio.timeout(timeout_s):
            await connection.start_tls(context, host, timeout_s + 1, session)
    except TimeoutError as error:
        connection.close()
        raise httpx.ConnectTimeout("no secure connection in time") from error
    except (OSError, ValueError) as error:
        connection.close()
        raise httpx.ConnectError(str(error)) from error
    except BaseException:
        connection.close()
        raise
