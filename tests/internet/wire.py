"""
One client's connection: buffered reading, writing that waits for a slow reader, TLS, rude endings.

Knows bytes only; HTTP is in `http1`, what to say is in `proxy`.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

_LINGER_ZERO = struct.pack("ii", 1, 0)
"""`SO_LINGER` on, zero seconds: closing sends RST instead of FIN. Source: socket(7)."""


class GoneError(Exception):
    """The client left, or the connection broke; nobody is there to talk to."""


class Wire(asyncio.Protocol):
    """A connection from its first byte to its last; *talk* is the conversation held on it."""

    def __init__(
        self, number: int, talk: Callable[[Wire], Awaitable[None]], lost: Callable[[Wire], None]
    ) -> None:
        self.number = number
        self.task: asyncio.Task[None] | None = None
        self._talk = talk
        self._tell_lost = lost
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._news = asyncio.Event()
        self._writable = True
        self._lost = False

    # -- what asyncio calls ------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.task = self._loop.create_task(self._converse())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._lost = True
        self._news.set()
        self._tell_lost(self)

    def pause_writing(self) -> None:
        self._writable = False

    def resume_writing(self) -> None:
        self._writable = True
        self._news.set()

    async def _converse(self) -> None:
        try:
            await self._talk(self)
        except (GoneError, OSError):  # OSError: ssl.SSLError and every connection fault are among them
            self.reset()
        except Exception as error:  # noqa: BLE001 - a fault of the tests, told where the internet ends
            self._loop.call_exception_handler({"message": "a conversation failed", "exception": error})
            self.reset()
        finally:
            self.close()

    # -- reading -----------------------------------------------------------------------------

    async def until(self, mark: bytes, limit: int = 1 << 20) -> bytes:
        """Everything up to and with *mark*. Raises GoneError if the stream or *limit* bytes end first."""
        searched = 0
        while (found := self._buffer.find(mark, searched)) < 0:
            if len(self._buffer) > limit:
                raise GoneError
            searched = max(0, len(self._buffer) - len(mark))
            await self._more()
        return self._take(found + len(mark))

    async def exactly(self, count: int) -> bytes:
        while len(self._buffer) < count:
            await self._more()
        return self._take(count)

    async def until_gone(self) -> None:
        """Returns when the client has left."""
        while not self._lost:
            await self._wait()

    def _take(self, count: int) -> bytes:
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    async def _more(self) -> None:
        if self._lost:
            raise GoneError
        await self._wait()

    async def _wait(self) -> None:
        self._news.clear()
        await self._news.wait()

    # -- writing -----------------------------------------------------------------------------

    async def send(self, data: bytes) -> None:
        """Hands *data* to the kernel; waits where the client reads more slowly than we write."""
        if self._lost or self._transport is None or self._transport.is_closing():
            raise GoneError
        self._transport.write(data)
        while not self._writable and not self._lost:
            await self._wait()

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """The client's handshake. Raises GoneError where it does not like what it is shown."""
        assert self._transport is not None
        try:
            transport = await self._loop.start_tls(self._transport, self, context, server_side=True)
        except OSError as error:
            self.connection_lost(error)  # asyncio tells only those whose handshake went well
            raise GoneError from error
        if transport is None:
            raise GoneError
        self._transport = transport

    # -- endings -----------------------------------------------------------------------------

    def close(self) -> None:
        """The polite end: what was written is still delivered."""
        if self._transport is not None:
            self._transport.close()

    def reset(self) -> None:
        """The rude end: the client's next read fails with ECONNRESET."""
        if self._transport is None:
            return
        raw = self._transport.get_extra_info("socket")
        if raw is not None and raw.fileno() >= 0:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
        self._transport.abort()
