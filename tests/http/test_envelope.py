"""Requests as they are handed to a transport."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http.envelope import Address, Envelope, headers_of, read_address
from enrich.links import canonical_url


def read_by_httpx(url: str) -> Address:
    read = httpx.URL(url)
    port = read.port or {"http": 80, "https": 443}[read.scheme]
    return Address(read.scheme, read.raw_host.decode(), port, read.netloc, read.raw_path)


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.org/",
        "http://acme.org:8080/a/b.html?q=1&r=%20#not",
        "http://acme.org:80/",
        "https://127.0.0.1:8443/x",
        "https://[2001:db8::1]:8443/x",
        "https://acme.org/a/../b/./c",
        "https://acme.org/100%/a%zz?50%",
        "https://acme.org/a b?c d",
        "https://acme.org/{a}`b`?{c}",
        "https://acme.org?q",
        "https://xn--strae-oqa.de/?url=http://other.org/?a=b",
    ],
)
def test_an_address_is_read_as_httpx_reads_it(url: str) -> None:
    assert read_address(url) == read_by_httpx(url)


@given(st.from_regex(r"https?://[a-z0-9.-]{1,12}(:[0-9]{1,4})?/[ -~]{0,20}", fullmatch=True))
def test_so_is_every_canonical_address(text: str) -> None:
    url = canonical_url(text)
    if url is not None:
        assert read_address(url) == read_by_httpx(url)


def envelope(method: str, content: bytes | None = None, cookies: httpx.Cookies | None = None) -> Envelope:
    return Envelope(method, "https://acme.org/a", ((b"X", b"y"),), 1, 1, 1, content=content, cookies=cookies)


@pytest.mark.parametrize(
    ("method", "content", "told"),
    [("GET", None, None), ("HEAD", None, None), ("POST", None, b"0"), ("POST", b"abc", b"3")],
)
def test_a_body_tells_its_length(method: str, content: bytes | None, told: bytes | None) -> None:
    headers = dict(headers_of(envelope(method, content), b"acme.org"))

    assert headers.get(b"Content-Length") == told
    assert headers[b"Host"] == b"acme.org"
    assert headers[b"X"] == b"y"


def test_cookies_go_to_their_own_host_only() -> None:
    cookies = httpx.Cookies()
    cookies.set("a", "1", domain="acme.org")
    cookies.set("b", "2", domain="other.org")

    assert (b"Cookie", b"a=1") in headers_of(envelope("GET", cookies=cookies), b"acme.org")
