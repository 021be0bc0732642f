"""Small real servers on 127.0.0.1, and a way to play the public internet on them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Iterable

PUBLIC = "93.184.215.14"
"""An address that is public, and in these tests a server of this machine."""


@dataclass
class Server:
    """Counts who connects; `requests` holds the first lines and headers it was sent."""

    port: int
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def serving(
    answer: Callable[[bytes], bytes], tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """A server that answers each request on a connection with the bytes that *answer* makes of it."""
    server = Server(0)
    writers: list[asyncio.StreamWriter] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        writers.append(writer)
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                server.requests.append(request)
                writer.write(answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(converse, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for writer in writers:
            writer.close()
        await asyncio.sleep(0)  # so that each conversation sees its end


def answered(status: str = "200 OK", *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class PublicInternet(httpcore.AsyncNetworkBackend):
    """PUBLIC is the server at *port* of this machine; every other address is what it says it is."""

    def __init__(self, port: int, *, peer: str | None = PUBLIC) -> None:
        self._port = port
        self._peer = peer
        self._real = httpcore.AnyIOBackend()
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        if host != PUBLIC:
            return await self._real.connect_tcp(host, port, timeout, local_address, socket_options)
        stream = await self._real.connect_tcp("127.0.0.1", self._port, timeout)
        return _Relabelled(stream, self._peer, port)


class _Relabelled(httpcore.AsyncNetworkStream):
    """A connection that says to lead somewhere else."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, peer: str | None, port: int) -> None:
        self._inner = inner
        self._address = (peer, port) if peer is not None else None
        self.closed = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        self.closed = True
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._address if info == "server_addr" else self._inner.get_extra_info(info)
