"""
What passes between sending and a transport: a request with its bounds, and an answer whose head is there.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import httpx

from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

RawHeaders: TypeAlias = "Sequence[tuple[bytes, bytes]]"

_PORTS = {"http": 80, "https": 443}
_PLAIN = pattern(
    r"(https?)://([a-z0-9._-]*[a-z][a-z0-9._-]*)(?::([0-9]{1,5}))?"
    r"(/(?:[!$&-;=@-_a-z|~]+|%[0-9A-Fa-f]{2})*(?:\?(?:[!$&-;=?@-_a-z|~]+|%[0-9A-Fa-f]{2})*)?)"
)
"""Addresses that httpx leaves as they are written: nothing to encode in them, no dots to resolve."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, taken apart as a request needs it."""

    scheme: str
    host: str
    """ASCII; IPv6 without brackets."""
    port: int
    authority: bytes
    """Host and port as the `Host` header says them."""
    target: bytes
    """Path and query."""


def read_address(url: str) -> Address:
    """Raises httpx.InvalidURL."""
    plain = _PLAIN.fullmatch(url)
    if plain and "/." not in url:
        scheme, host, port, target = plain.groups()
        usual = _PORTS[scheme]
        number = int(port) if port else usual
        authority = host if number == usual else f"{host}:{number}"
        return Address(scheme, host, number, authority.encode("ascii"), target.encode("ascii"))
    read = httpx.URL(url)
    number = port_of(read)
    return Address(read.scheme, read.raw_host.decode("ascii"), number, read.netloc, read.raw_path)


def port_of(url: httpx.URL) -> int:
    return _PORTS.get(url.scheme, 80) if url.port is None else url.port


@dataclass(frozen=True, slots=True)
class Envelope:
    """A request, ready to be sent, and the bounds of its answer."""

    method: str
    url: str
    headers: RawHeaders = field(repr=False)
    """Without those that follow from the rest: `Host`, `Content-Length`, `Cookie`. They may hold
    credentials, so they are never shown."""
    connect_s: float
    read_s: float
    """For one read."""
    total_s: float
    """From the first byte out to the last byte in."""
    max_body: int = 0
    """Bytes of the body to read; 0 where only the headers are wanted."""
    pages_only: bool = False
    """Of a body that is no page of HTML, or of no good answer, nothing is read."""
    content: bytes | None = None
    cookies: httpx.Cookies | None = field(default=None, compare=False)
    """Sent with the request."""
    is_endpoint: bool = False


class Reply(Protocol):
    """An answer whose head is there."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> RawHeaders:
        """Names as they were sent."""

    @property
    def proxied(self) -> bool:
        """Whether a proxy stood between, and may have answered itself."""

    def body(self, deadline: float) -> AsyncGenerator[bytes, None]:
        """
        As it comes, transfer encoding undone, until *deadline* by the loop's clock.

        Raises httpx's TransportErrors, and TimeoutError.
        """

    async def aclose(self) -> None:
        """Nothing more of it is wanted."""


class Transport(Protocol):
    """The lowest floor."""

    async def ask(self, envelope: Envelope, deadline: float) -> Reply:
        """
        Send *envelope* and read the head of the answer, until *deadline* by the loop's clock.

        Raises httpx's TransportErrors and InvalidURL, TimeoutError, and Refusal where the guard
        or a proxy says why.
        """

    async def aclose(self) -> None: ...


def headers_of(envelope: Envelope, authority: bytes) -> list[tuple[bytes, bytes]]:
    """All headers that *envelope* is sent with, to the host and port *authority*."""
    headers = [(b"Host", authority), *envelope.headers]
    if envelope.content is not None:
        headers.append((b"Content-Length", b"%d" % len(envelope.content)))
    elif envelope.method not in _WITHOUT_CONTENT:
        headers.append((b"Content-Length", b"0"))
    if envelope.cookies:
        carrier = httpx.Request(envelope.method, envelope.url)
        envelope.cookies.set_cookie_header(carrier)
        headers += [header for header in carrier.headers.raw if header[0].lower() == b"cookie"]
    return headers


_WITHOUT_CONTENT = frozenset({"GET", "HEAD"})
