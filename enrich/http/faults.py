"""
Foreign exceptions to values: the one place where it is decided what a failed request means.

Looks along the chain of causes, for the reason (a name that does not exist, a
certificate) is often three exceptions down. What is in none of the groups is a bug and
is raised.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING

import h11
import httpcore
import httpx

from enrich.links import Trouble
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Mishap:
    """A request without an answer."""

    trouble: Trouble
    detail: str = ""
    """A clause that says more than the trouble's own."""


class Refusal(httpx.ConnectError):
    """Raised where a connection would be made, and is not, or where an answer is not read on."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail or trouble.value)
        self.mishap = Mishap(trouble, detail)


_TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError)
_PROXY = (httpx.ProxyError, httpcore.ProxyError)
_PROTOCOL = (
    httpx.ProtocolError,
    httpcore.ProtocolError,
    httpx.DecodingError,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    httpcore.UnsupportedProtocol,
)
_NETWORK = (httpx.NetworkError, httpcore.NetworkError)
_RESETS = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)
_EXPECTED = (httpx.TransportError, httpx.InvalidURL, *_TIMEOUTS, *_PROXY, *_PROTOCOL, *_NETWORK, OSError)
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
_NO_SUCH_NAME = {socket.EAI_NONAME}
"""Not EAI_NODATA: a name without an address exists, and filters answer so too."""


def mishap_of(error: Exception) -> Mishap:
    """What *error*, raised by a request, means; raises it where it is none that a network can cause."""
    if isinstance(error, _TIMEOUTS):
        return Mishap(Trouble.TIMEOUT)  # first, for what it interrupted stands in its chain
    for one in _causes(error):
        if mishap := _by_cause(one):
            return mishap
    if isinstance(error, _EXPECTED):
        return _by_kind(error)
    raise error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """*error* and all that led to it, each once, nearest first."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def _by_cause(error: BaseException) -> Mishap | None:
    """By the exceptions that say exactly what happened, wherever in the chain."""
    match error:
        case Refusal():
            return error.mishap
        case ssl.SSLCertVerificationError():
            return Mishap(Trouble.TLS, f"the certificate is not valid: {error.verify_message.rstrip('.')}")
        case socket.gaierror():
            return Mishap(Trouble.NO_HOST if error.errno in _NO_SUCH_NAME else Trouble.NAMES)
        case ConnectionRefusedError():
            return Mishap(Trouble.REFUSED)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Mishap(Trouble.RESET)
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
            return None  # how a handshake waits, not how it fails
        case ssl.SSLError():
            return Mishap(Trouble.TLS, f"no secure connection: {_spoken(getattr(error, 'reason', None))}")
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return Mishap(Trouble.RESET)
        case OSError() if error.errno in _NO_ROUTE:
            return Mishap(Trouble.UNREACHABLE)
        case _:
            return None


def _by_kind(error: Exception) -> Mishap:
    if isinstance(error, _PROXY):
        return Mishap(Trouble.PROXY, f"the proxy answered {error}"[:80] if str(error) else "")
    if isinstance(error, _PROTOCOL):
        return Mishap(Trouble.RESET if _was_cut_off(error) else Trouble.NOT_HTTP)
    if isinstance(error, (httpx.ConnectError, httpcore.ConnectError)):
        return Mishap(Trouble.UNREACHABLE)
    return Mishap(Trouble.RESET if isinstance(error, _NETWORK) else Trouble.UNREACHABLE)


def _was_cut_off(error: Exception) -> bool:
    """By the words of h11 and httpcore, for both tell a broken connection as a broken protocol."""
    told = [str(error), *(str(cause) for cause in _causes(error) if isinstance(cause, h11.ProtocolError))]
    return any("disconnected" in words or "peer closed" in words for words in told)


def _spoken(reason: str | None) -> str:
    return (reason or "the handshake failed").replace("_", " ").lower()
