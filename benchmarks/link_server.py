"""
A fast web server for link checkers: what an address answers stands in its path.

`/ok/…` 200, `/moved/…` 301 to a page that works, `/no-head/…` 405 to HEAD and 200 to
GET, `/gone/…` 404. Several processes share one port on all of the machine's addresses,
each of which is a host of its own to a client. Every answer comes after the same
latency; connecting costs none.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.sharedctypes import Synchronized
    from pathlib import Path

PROCESSES = 2
_PAGE = b"<!doctype html><title>A page</title><p>" + b"It has some text. " * 40


@dataclass(frozen=True, slots=True)
class Serving:
    port: int
    _asked: tuple[Synchronized[int], ...]

    @property
    def requests(self) -> int:
        """How many were answered so far."""
        return sum(count.value for count in self._asked)


@contextmanager
def serving(latency_s: float, certificate: Path | None = None) -> Iterator[Serving]:
    """Serves inside the `with`; over TLS where a PEM file with key and *certificate* is given."""
    spawning = multiprocessing.get_context("spawn")
    asked: tuple[Synchronized[int], ...] = tuple(spawning.Value("q", 0, lock=False) for _ in range(PROCESSES))
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(("0.0.0.0", 0))
        port = reserved.getsockname()[1]
        ready = spawning.Barrier(PROCESSES + 1)
        processes = [
            spawning.Process(target=_serve, args=(port, latency_s, certificate, count, ready), daemon=True)
            for count in asked
        ]
        for process in processes:
            process.start()
        try:
            ready.wait(30)
            yield Serving(port, asked)
        finally:
            for process in processes:
                process.terminate()
                process.join()


def _serve(
    port: int,
    latency_s: float,
    certificate: Path | None,
    asked: Synchronized[int],
    ready: multiprocessing.synchronize.Barrier,
) -> None:
    async def forever() -> None:
        tls = None
        if certificate is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
        await asyncio.get_running_loop().create_server(
            lambda: _Conversation(latency_s, asked), "0.0.0.0", port, reuse_port=True, backlog=4096, ssl=tls
        )
        ready.wait(30)
        await asyncio.Event().wait()

    asyncio.run(forever())


class _Conversation(asyncio.Protocol):
    def __init__(self, latency_s: float, asked: Synchronized[int]) -> None:
        self._latency_s = latency_s
        self._asked = asked
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            request, self._received = self._received[:end], self._received[end + 4 :]
            self._asked.value += 1
            answer = _answer(request)
            if self._latency_s:
                self._loop.call_later(self._latency_s, self._write, answer)
            else:
                self._write(answer)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


def _answer(request: bytes) -> bytes:
    method, target, _ = request.split(b"\r\n", 1)[0].split(b" ", 2)
    is_head = method == b"HEAD"
    if target.startswith(b"/ok/"):
        return _written(b"200 OK", is_head=is_head)
    if target.startswith(b"/moved/"):
        to = b"Location: " + target.replace(b"/moved/", b"/ok/moved-") + b"\r\n"
        return _written(b"301 Moved Permanently", to, is_head=is_head)
    if target.startswith(b"/no-head/"):
        return _written(b"405 Method Not Allowed" if is_head else b"200 OK", is_head=is_head)
    return _written(b"404 Not Found", is_head=is_head)


def _written(status: bytes, header: bytes = b"", *, is_head: bool) -> bytes:
    return b"".join(
        (
            b"HTTP/1.1 ", status, b"\r\nServer: benchmark\r\nDate: Sun, 22 Nov 2026 09:00:00 GMT\r\n",
            b"Content-Type: text/html; charset=utf-8\r\nCache-Control: max-age=600\r\n", header,
            b"Content-Length: %d\r\n\r\n" % len(_PAGE), b"" if is_head else _PAGE,
        )
    )  # fmt: skip
