"""
Which proxy an address is asked through, by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY.

Where the environment names none, urllib looks into the system's settings on macOS
and Windows. Read once, at the edge.
"""

from __future__ import annotations

import importlib.util
import urllib.request
from typing import TYPE_CHECKING

import httpx

from enrich.errors import UsageError
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Proxies:
    """Addresses of proxies by the scheme of what is asked."""

    by_scheme: tuple[tuple[str, str], ...] = ()
    bypass: Callable[[str], bool] = lambda _host: False
    """Whether a host is asked without a proxy."""

    def proxy_of(self, url: httpx.URL) -> str | None:
        """The proxy through which *url* is asked, if any."""
        proxy = dict(self.by_scheme).get(url.scheme)
        if proxy is None:
            return None
        port = f":{url.port}" if url.port is not None else ""
        return None if self.bypass(url.raw_host.decode("ascii") + port) else proxy


def from_environment(
    found: Mapping[str, str] | None = None, bypass: Callable[[str], bool] | None = None
) -> Proxies:
    """
    The proxies that the environment, or *found* in its place, names.

    Raises UsageError where one can't be used; its text names no credentials.
    """
    found = urllib.request.getproxies() if found is None else found
    proxies = []
    for scheme in ("http", "https"):
        written = found.get(scheme) or found.get("all")
        if written:
            proxies.append((scheme, _checked(scheme, written)))
    return Proxies(tuple(proxies), bypass or _bypassed)


def _bypassed(host: str) -> bool:
    return bool(urllib.request.proxy_bypass(host))


def _checked(scheme: str, written: str) -> str:
    text = written if "://" in written else f"http://{written}"
    variable = f"{scheme.upper()}_PROXY"
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise UsageError(f"{variable} is no address of a proxy") from error
    if url.scheme not in ("http", "https", "socks5", "socks5h") or not url.host:
        raise UsageError(f"{variable} names no proxy that enrich can use: `{url.scheme}://{url.host}`")
    if url.scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise UsageError(f"{variable} names a SOCKS proxy; install `socksio` to use it")
    return text
