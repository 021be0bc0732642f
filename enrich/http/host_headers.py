"""
What links of some hosts are asked with besides, by configuration: headers, and tokens from the environment.

They go to the host that they were configured for: not to its other ports, not to where it
redirects, not back to it after another host had a say; and what a variable holds goes over
https only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.config import FromEnvironment
from enrich.errors import UsageError
from enrich.links import authority_of
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

    from enrich.config import Links, Network

_SENDABLE = pattern(r"[\x20-\x7e]+")


class HostHeaders:
    def __init__(
        self, usual: httpx.Headers, links: Links, network: Network, environ: Mapping[str, str]
    ) -> None:
        """
        *usual* is what every host gets; variables are read from *environ* once.

        Raises UsageError where one holds what no header can; its text does not repeat it.
        """
        self._usual = usual
        self._secure: dict[str, httpx.Headers] = {}
        self._plain: dict[str, httpx.Headers] = {}
        self.missing: list[str] = []
        """Sentences about variables that are not set."""
        for host, token in network.token_env:
            if "." in host and (value := self._value(FromEnvironment(token), host, environ)):
                self._secure.setdefault(host, usual.copy())["Authorization"] = f"Bearer {value}"
        for host, name, text in _configured(links):
            if isinstance(text, str):
                self._plain.setdefault(host, usual.copy())[name] = text
                self._secure.setdefault(host, usual.copy())[name] = text
            elif value := self._value(text, host, environ):
                self._secure.setdefault(host, usual.copy())[name] = value

    def _value(self, text: FromEnvironment, host: str, environ: Mapping[str, str]) -> str:
        value = environ.get(text.variable, "").strip()
        if not value:
            self.missing.append(f"{text.variable} is not set: links at {host} are asked without it.")
        elif not _SENDABLE.fullmatch(value):
            raise UsageError(f"{text.variable} holds characters that can't be sent in a header")
        return value

    def of(self, url: str, *, at_home: bool) -> httpx.Headers:
        """For canonical *url*; *at_home* tells that no other host was asked on the way to it."""
        if not at_home or not (self._secure or self._plain):
            return self._usual
        by_host = self._secure if url.startswith("https:") else self._plain
        return by_host.get(authority_of(url), self._usual)


def _configured(links: Links) -> Iterator[tuple[str, str, str | FromEnvironment]]:
    """Hosts, headers and texts."""
    for host, settings in links.hosts:
        for name, text in settings.headers:
            yield host, name, text
