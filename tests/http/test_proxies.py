from __future__ import annotations

import httpx
import pytest

from enrich.errors import UsageError
from enrich.http.proxies import from_environment


def _never(_: str) -> bool:
    return False


def test_the_proxy_follows_the_scheme_of_what_is_asked() -> None:
    proxies = from_environment({"http": "http://p:1", "https": "http://p:2"}, _never)

    assert proxies.proxy_of(httpx.URL("http://acme.org/")) == "http://p:1"
    assert proxies.proxy_of(httpx.URL("https://acme.org/")) == "http://p:2"


def test_one_proxy_can_serve_all() -> None:
    proxies = from_environment({"all": "p:1", "https": "https://p:2"}, _never)

    assert proxies.proxy_of(httpx.URL("http://acme.org/")) == "http://p:1"
    assert proxies.proxy_of(httpx.URL("https://acme.org/")) == "https://p:2"


def test_some_hosts_are_asked_without_it() -> None:
    asked = []

    def bypass(host: str) -> bool:
        asked.append(host)
        return host.startswith("mirror")

    proxies = from_environment({"http": "http://p:1"}, bypass)

    assert proxies.proxy_of(httpx.URL("http://mirror:8080/")) is None
    assert proxies.proxy_of(httpx.URL("http://acme.org/")) == "http://p:1"
    assert asked == ["mirror:8080", "acme.org"]


def test_without_a_proxy_nothing_goes_through_one() -> None:
    assert from_environment({}).proxy_of(httpx.URL("http://acme.org/")) is None


def test_no_proxy_of_the_environment_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "localhost,.acme.org")

    proxies = from_environment({"http": "http://p:1"})

    assert proxies.proxy_of(httpx.URL("http://localhost:8080/")) is None
    assert proxies.proxy_of(httpx.URL("http://www.acme.org/")) is None
    assert proxies.proxy_of(httpx.URL("http://other.org/")) == "http://p:1"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("http://user:secret@p:port", "is no address of a proxy"),
        ("ftp://user:secret@p:1", "names no proxy that enrich can use: `ftp://p`"),
        ("http://", "names no proxy"),
        ("socks5://user:secret@p:1", "install `socksio`"),
    ],
)
def test_a_proxy_that_can_not_be_used_is_told_without_its_password(written: str, told: str) -> None:
    with pytest.raises(UsageError, match="HTTPS_PROXY") as raised:
        from_environment({"https": written}, _never)

    assert told in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_name_that_no_registry_takes_is_asked_as_it_is_written() -> None:
    asked = []

    def bypass(host: str) -> bool:
        asked.append(host)
        return False

    proxies = from_environment({"https": "http://p:1"}, bypass)

    assert proxies.proxy_of(httpx.URL("https://xn--/")) == "http://p:1"
    assert proxies.proxy_of(httpx.URL("https://bücher.org/")) == "http://p:1"
    assert asked == ["xn--", "xn--bcher-kva.org"]
