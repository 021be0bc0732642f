"""
Connections that notice when a server goes on after its answer has ended.

Some servers send a body after HEAD. It would wait in the connection and be read as the
answer to the next request: a page of the one link, a 404 of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

_END = b"\r\n\r\n"
_MOST_KEPT = 16 * 1024


async def close_if_more_was_sent(answer: httpcore.Response) -> None:
    """Closes the connection of an *answer* that has no body, unless its headers are all that was read."""
    stream = answer.extensions.get("network_stream")
    if isinstance(stream, WatchedStream) and not stream.holds_headers_alone:
        await stream.aclose()


class WatchedStream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._since_write = b""

    @property
    def holds_headers_alone(self) -> bool:
        """Whether what was read since the last write ends with the first empty line in it."""
        read = self._since_write
        return len(read) < _MOST_KEPT and read.endswith(_END) and read.count(_END) == 1

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        data = await self._inner.read(max_bytes, timeout)
        self._since_write += data[: _MOST_KEPT - len(self._since_write)]
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self._since_write = b""
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        return WatchedStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class WatchedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return WatchedStream(stream)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
