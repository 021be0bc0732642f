from __future__ import annotations

import errno
import socket
import ssl

import h11
import httpcore
import httpx
import pytest

from enrich.http.faults import Mishap, Refusal, mishap_of
from enrich.links import Trouble


def _expired() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired."
    return error


def _caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (_caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_NONAME, "x")), Trouble.NO_HOST),
        (_caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_AGAIN, "x")), Trouble.NAMES),
        (
            _caused(httpcore.ConnectError("x"), ConnectionRefusedError(errno.ECONNREFUSED, "x")),
            Trouble.REFUSED,
        ),
        (_caused(httpx.ReadError("x"), ConnectionResetError(errno.ECONNRESET, "x")), Trouble.RESET),
        (_caused(httpx.ConnectError("x"), OSError(errno.ENETUNREACH, "x")), Trouble.UNREACHABLE),
        (_caused(httpx.ConnectError("x"), _expired()), Trouble.TLS),
        (_caused(httpx.ConnectError("x"), ssl.SSLError(1, "[SSL] bad")), Trouble.TLS),
        (_caused(httpx.ConnectError("x"), ssl.SSLEOFError(8, "EOF")), Trouble.RESET),
        (_caused(httpx.ReadTimeout("x"), ssl.SSLWantReadError(2, "x")), Trouble.TIMEOUT),
        (_caused(httpx.ConnectError("x"), ssl.SSLWantReadError(2, "x")), Trouble.UNREACHABLE),
        (
            _caused(
                httpx.ConnectError("x"), ExceptionGroup("all", [OSError(1, "x"), ConnectionRefusedError()])
            ),
            Trouble.REFUSED,
        ),
        (_caused(httpx.ConnectError("x"), Refusal(Trouble.PRIVATE)), Trouble.PRIVATE),
        (httpx.ConnectError("x"), Trouble.UNREACHABLE),
        (httpx.ReadError("x"), Trouble.RESET),
        (httpcore.WriteError("x"), Trouble.RESET),
        (httpcore.ConnectTimeout("x"), Trouble.TIMEOUT),
        (httpx.PoolTimeout("x"), Trouble.TIMEOUT),
        (TimeoutError(), Trouble.TIMEOUT),
        (httpx.ProxyError("502"), Trouble.PROXY),
        (httpcore.ProxyError(""), Trouble.PROXY),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), Trouble.RESET),
        (
            _caused(httpcore.RemoteProtocolError("x"), h11.RemoteProtocolError("peer closed connection")),
            Trouble.RESET,
        ),
        (httpx.RemoteProtocolError("illegal status line"), Trouble.NOT_HTTP),
        (httpx.LocalProtocolError("illegal header"), Trouble.NOT_HTTP),
        (httpx.InvalidURL("x"), Trouble.NOT_HTTP),
        (httpx.UnsupportedProtocol("x"), Trouble.NOT_HTTP),
        (OSError(errno.EMFILE, "x"), Trouble.UNREACHABLE),
    ],
)
def test_every_fault_of_a_network_has_a_kind(error: Exception, trouble: Trouble) -> None:
    assert mishap_of(error).trouble is trouble


def test_a_certificate_that_is_not_valid_says_why() -> None:
    mishap = mishap_of(_caused(httpx.ConnectError("x"), _expired()))

    assert mishap.detail == "the certificate is not valid: certificate has expired"


def test_a_proxy_s_words_are_kept() -> None:
    assert mishap_of(httpx.ProxyError("502 Bad Gateway")) == Mishap(
        Trouble.PROXY, "the proxy answered 502 Bad Gateway"
    )


def test_a_circle_of_causes_is_walked_once() -> None:
    first, second = httpx.ConnectError("a"), httpx.ConnectError("b")
    first.__cause__, second.__cause__ = second, first

    assert mishap_of(first).trouble is Trouble.UNREACHABLE


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyError("a bug"), AttributeError("a bug")])
def test_a_bug_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)):
        mishap_of(error)
