"""
The words for what a server does with a request: an HTTP answer, honest or not, or bytes that are none.

Frozen values, no I/O. `http1` turns them into bytes, `web` says which one a request meets.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.internet.traffic import Request


class Then(Enum):
    """What happens after the last byte."""

    KEEP = "keep"
    """The connection stays open for the next request."""
    CLOSE = "close"
    RESET = "reset"
    HANG = "hang"
    """Open and silent until the client leaves."""


class Framing(Enum):
    """How a client learns where the body ends."""

    LENGTH = "length"
    CHUNKED = "chunked"
    CLOSE = "close"
    """By the end of the connection, as in HTTP/1.0."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in HTTP."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    """Sent as they stand, as UTF-8. A content type is added where none is given."""
    body: bytes = b""
    phrase: str | None = None
    """None: the registered one."""
    version: str = "HTTP/1.1"
    interim: tuple[int, ...] = ()
    """1xx answers sent first."""
    framing: Framing = Framing.LENGTH
    claims: int | None = None
    """Bytes that Content-Length promises; None: the truth."""
    wait_s: float = 0.0
    """Seconds before the first byte."""
    drip_s: float = 0.0
    """Seconds between two bytes of the body."""
    endless: bool = False
    """The body is sent again and again until the client leaves."""
    then: Then = Then.KEEP


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as they are, HTTP or not; none at all by default."""

    data: bytes = b""
    drip_s: float = 0.0
    """Seconds between two bytes."""
    then: Then = Then.CLOSE


@dataclass(frozen=True, slots=True)
class InTurn:
    """The first request meets the first fate, the second the second; the last one stays."""

    fates: tuple[Fate, ...]


Fate: TypeAlias = "Reply | Raw | InTurn | Callable[[Request], Fate]"
"""What a request meets. A function decides by the request (its cookies, its query)."""

DROP = Raw()
"""Closed without a byte."""
RESET = Raw(then=Then.RESET)
HANG = Raw(then=Then.HANG)


def page(text: str, title: str = "", status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A small HTML page that says *text*, which may be HTML itself."""
    head = f"<head><title>{html.escape(title or text)}</title></head>"
    return Reply(status, headers, f"<!doctype html>\n<html>{head}<body>{text}</body></html>\n".encode())


def status(code: int, *headers: tuple[str, str]) -> Reply:
    """The answer with *code* and the page that servers show for it."""
    said = f"{code} {phrase_of(code)}".strip()
    return page(f"<h1>{said}</h1>", said, code, headers)


def redirect(to: str, code: int = 302, *headers: tuple[str, str]) -> Reply:
    return status(code, ("Location", to), *headers)


def in_turn(*fates: Fate) -> InTurn:
    return InTurn(fates)


def phrase_of(code: int) -> str:
    """The registered phrase of *code*; empty where there is none, as with 999."""
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return ""


OK = page("<h1>A page</h1><p>Nothing is wrong with it.</p>", "A page")
NOT_FOUND = status(404)
