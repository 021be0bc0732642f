"""
Send one request and read its answer: no redirect, no second try, no waiting for a turn.

Every bound on an answer is kept here: time, header bytes, body bytes.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import httpx

from enrich.http.body import Body, read_body
from enrich.http.faults import Mishap, mishap_of
from enrich.http.telling import is_challenge, proxy_answer_trouble
from enrich.http.transport import ENDPOINT, PROXIED
from enrich.links import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

MOST_HEADER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """An answer."""

    status: int
    headers: httpx.Headers
    content: bytes = b""
    complete: bool = True
    """False where `content` ends at the bound, or was not wanted."""
    location: str | None = None
    """Where a redirect leads, as it is written; None where this is none."""

    @property
    def is_challenge(self) -> bool:
        return is_challenge(self.headers)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A request, ready to be sent, and the bounds of its answer."""

    method: str
    url: str
    headers: httpx.Headers = field(repr=False)
    """May hold credentials, so they are never shown."""
    connect_s: float
    read_s: float
    """For one read."""
    total_s: float
    """From the first byte out to the last byte in."""
    max_body: int = 0
    """Bytes of the body to read; 0 where only the headers are wanted."""
    content: bytes | None = None
    cookies: httpx.Cookies | None = field(default=None, compare=False)
    """Sent with the request, and added to by the answer."""
    is_endpoint: bool = False


async def send(transport: httpx.AsyncBaseTransport, envelope: Envelope) -> Received | Mishap:
    """
    The answer, or why there is none. Never raises for what a network or a server can do.

    A link's answer stands once its headers are there, whatever becomes of its body; an
    endpoint's is nothing without its body.
    """
    deadline = asyncio.get_running_loop().time() + envelope.total_s
    try:
        async with asyncio.timeout_at(deadline):
            request = _request(envelope)
            response = await transport.handle_async_request(request)
            response.request = request
        try:
            return await _read(response, envelope, deadline)
        finally:
            await response.aclose()
    except Exception as error:  # noqa: BLE001 - `mishap_of` raises again what no network causes
        return mishap_of(error)


def _request(envelope: Envelope) -> httpx.Request:
    timeout = {
        "connect": envelope.connect_s,
        "read": envelope.read_s,
        "write": envelope.read_s,
        "pool": envelope.total_s,
    }
    extensions = {"timeout": timeout} | ({ENDPOINT: True} if envelope.is_endpoint else {})
    request = httpx.Request(
        envelope.method,
        envelope.url,
        headers=envelope.headers,
        content=envelope.content,
        extensions=extensions,
    )
    if envelope.cookies:
        envelope.cookies.set_cookie_header(request)
    return request


async def _read(response: httpx.Response, envelope: Envelope, deadline: float) -> Received | Mishap:
    if sum(len(name) + len(value) for name, value in response.headers.raw) > MOST_HEADER_BYTES:
        return Mishap(Trouble.OVERSIZE, "the answer's headers are larger than allowed")
    if response.extensions.get(PROXIED) and envelope.url.startswith("http:"):
        trouble = proxy_answer_trouble(response.status_code, response.headers)
        if trouble is not None:
            return Mishap(*trouble)
    if envelope.cookies is not None and "set-cookie" in response.headers:
        envelope.cookies.extract_cookies(response)
    body = await _body(response, envelope, deadline)
    if isinstance(body, Mishap) and envelope.is_endpoint:
        return body
    content, complete = (b"", False) if isinstance(body, Mishap) else (body.content, body.complete)
    return Received(response.status_code, response.headers, content, complete, _location(response))


async def _body(response: httpx.Response, envelope: Envelope, deadline: float) -> Body | Mishap:
    if envelope.method == "HEAD" or response.status_code in (204, 304):
        return Body(b"", complete=True)
    if envelope.max_body == 0:
        return Body(b"", complete=response.headers.get("content-length") == "0")
    chunks = cast("AsyncGenerator[bytes, None]", response.aiter_raw())
    encoding = response.headers.get("content-encoding", "")
    try:
        async with asyncio.timeout_at(deadline), aclosing(chunks):
            return await read_body(chunks, encoding, envelope.max_body)
    except Exception as error:  # noqa: BLE001 - as above
        return mishap_of(error)


def _location(response: httpx.Response) -> str | None:
    if response.status_code not in (301, 302, 303, 307, 308):
        return None
    value = next((value for name, value in response.headers.raw if name.lower() == b"location"), None)
    if value is None:
        return None
    # Addresses in headers are UTF-8 to browsers, whatever the standard says.
    try:
        return str(value, "utf-8")
    except UnicodeDecodeError:
        return str(value, "latin-1")
