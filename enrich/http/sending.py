"""
Send one request and read its answer: no redirect, no second try, no waiting for a turn.

Every bound on an answer is kept here: time, header bytes, body bytes.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from enrich.http.body import Body, read_body
from enrich.http.faults import Mishap, mishap_of
from enrich.http.telling import is_challenge, proxy_answer_trouble
from enrich.pages.decoding import is_page
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.http.envelope import Envelope, RawHeaders, Reply, Transport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Received:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; what stands several times is joined by commas."""
    content: bytes = b""
    complete: bool = True
    """False where `content` ends at the bound, or was not wanted."""
    location: str | None = None
    """Where a redirect leads, as it is written; None where this is none."""
    cookies: tuple[bytes, ...] = ()
    """What it wants to be told again, each as it is written."""

    @property
    def is_challenge(self) -> bool:
        return is_challenge(self.headers)


async def send(transport: Transport, envelope: Envelope) -> Received | Mishap:
    """
    The answer, or why there is none. Never raises for what a network or a server can do.

    A link's answer stands once its headers are there, whatever becomes of its body; an
    endpoint's is nothing without its body.
    """
    deadline = asyncio.get_running_loop().time() + envelope.total_s
    try:
        reply = await transport.ask(envelope, deadline)
        try:
            return await _read(reply, envelope, deadline)
        finally:
            await reply.aclose()
    except Exception as error:  # noqa: BLE001 - `mishap_of` raises again what no network causes
        return mishap_of(error)


async def _read(reply: Reply, envelope: Envelope, deadline: float) -> Received | Mishap:
    headers = _by_name(reply.headers)
    if reply.proxied and envelope.url.startswith("http:"):
        trouble = proxy_answer_trouble(reply.status, headers)
        if trouble is not None:
            return Mishap(*trouble)
    body = await _body(reply, headers, envelope, deadline)
    if isinstance(body, Mishap) and envelope.is_endpoint:
        return body
    content, complete = (b"", False) if isinstance(body, Mishap) else (body.content, body.complete)
    location = _location(reply.headers) if reply.status in _REDIRECTS else None
    cookies = _values(reply.headers, b"set-cookie") if "set-cookie" in headers else ()
    return Received(reply.status, headers, content, complete, location, cookies)


def _is_good_page(status: int, headers: Mapping[str, str]) -> bool:
    return 200 <= status < 300 and is_page(headers.get("content-type", ""))


def _by_name(raw: RawHeaders) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = str(name, "latin-1").lower(), _decoded(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _decoded(value: bytes) -> str:
    # What is no ASCII is UTF-8 to browsers, whatever the standard says.
    try:
        return str(value, "utf-8")
    except UnicodeDecodeError:
        return str(value, "latin-1")


def _values(raw: RawHeaders, wanted: bytes) -> tuple[bytes, ...]:
    return tuple(value for name, value in raw if name.lower() == wanted)


def _location(raw: RawHeaders) -> str | None:
    return next((_decoded(value) for value in _values(raw, b"location")), None)


async def _body(
    reply: Reply, headers: Mapping[str, str], envelope: Envelope, deadline: float
) -> Body | Mishap:
    if envelope.method == "HEAD" or reply.status in (204, 304):
        return Body(b"", complete=True)
    if envelope.max_body == 0 or (envelope.pages_only and not _is_good_page(reply.status, headers)):
        return Body(b"", complete=headers.get("content-length") == "0")
    encoding = headers.get("content-encoding", "")
    try:
        async with aclosing(reply.body(deadline)) as chunks:
            return await read_body(chunks, encoding, envelope.max_body)
    except Exception as error:  # noqa: BLE001 - as above
        return mishap_of(error)
