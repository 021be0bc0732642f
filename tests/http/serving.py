"""Small real servers on 127.0.0.1, and a way to play the public internet on them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enrich.http.connection import Connection, dial

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

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


class PublicInternet:
    """PUBLIC is the server at *port* of this machine; every other address is what it says it is."""

    def __init__(self, port: int, *, peer: str | None = PUBLIC) -> None:
        self._port = port
        self._peer = peer
        self.dialled: list[str] = []

    async def __call__(self, address: str, port: int, timeout_s: float) -> Connection:
        self.dialled.append(address)
        if address != PUBLIC:
            return await dial(address, port, timeout_s)
        connection = await dial("127.0.0.1", self._port, timeout_s)
        connection.peer = self._peer
        return connection
