"""
What the internet saw: every request with its times, every tunnel, and how many there were at once.

Written by the thread that serves, read by the one that tests. Times are seconds of `time.monotonic`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Request:
    """A request as it arrived, and what became of it."""

    method: str
    scheme: str
    host: str
    port: int
    path: str
    """With the query, as it was written on the wire."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    connection: int
    """Number of the connection it came on, from 1."""
    started_at: float
    """When its last byte had been read."""
    ended_at: float | None = None
    """Just before the last byte of the answer was sent; None while it is under way or hangs."""
    status: int | None = None
    """The code it was answered with; None where no HTTP answer was given."""
    by_proxy: bool = False
    """Answered by the proxy because no such host can be reached."""

    @property
    def url(self) -> str:
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self.host}{'' if self.port == usual else f':{self.port}'}{self.path}"

    def header(self, name: str) -> str | None:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (part.partition("=") for part in (self.header("cookie") or "").split(";"))
        return {name.strip(): value.strip() for name, mark, value in pairs if mark}


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A CONNECT."""

    host: str
    port: int
    connection: int
    at: float
    opened: bool
    """False where the proxy refused it or kept silent."""


class Traffic:
    """The log, with counters and high-water marks per host."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.tunnels: list[Tunnel] = []
        self._open: dict[str, set[int]] = {}
        self._in_flight: Counter[str] = Counter()
        self._peak_open: Counter[str] = Counter()
        self._peak_in_flight: Counter[str] = Counter()

    # -- reading -----------------------------------------------------------------------------

    def of(self, host: str, path: str | None = None, method: str | None = None) -> tuple[Request, ...]:
        """The requests to *host*, in the order of their arrival; *path* with or without its query."""
        return tuple(self._matching(host, path, method))

    def count(self, host: str, path: str | None = None, method: str | None = None) -> int:
        return len(self.of(host, path, method))

    def hosts_asked(self) -> frozenset[str]:
        """Every name or address a client wanted to talk to, reachable or not."""
        return frozenset(
            {request.host for request in self.requests} | {tunnel.host for tunnel in self.tunnels}
        )

    def peak_connections(self, host: str) -> int:
        """The most connections to *host* that were open at one time."""
        return self._peak_open[host]

    def peak_in_flight(self, host: str) -> int:
        """The most requests to *host* that were under way at one time."""
        return self._peak_in_flight[host]

    def gaps(self, host: str) -> tuple[float, ...]:
        """Seconds from the start of each request to *host* to the start of the next."""
        return tuple(later.started_at - sooner.started_at for sooner, later in pairwise(self.of(host)))

    def pauses(self, host: str) -> tuple[float, ...]:
        """Seconds from the end of each request to *host* to the start of the next; negative on overlap."""
        return tuple(
            later.started_at - (math.inf if sooner.ended_at is None else sooner.ended_at)
            for sooner, later in pairwise(self.of(host))
        )

    def _matching(self, host: str, path: str | None, method: str | None) -> Iterator[Request]:
        for request in tuple(self.requests):
            if request.host != host or (method is not None and request.method != method):
                continue
            if path is None or path in (request.path, request.path.partition("?")[0]):
                yield request

    # -- writing, by the serving thread ------------------------------------------------------

    def opened(self, host: str, connection: int) -> None:
        open_now = self._open.setdefault(host, set())
        open_now.add(connection)
        self._peak_open[host] = max(self._peak_open[host], len(open_now))

    def closed(self, connection: int) -> None:
        for open_now in self._open.values():
            open_now.discard(connection)

    def began(self, request: Request) -> None:
        self.requests.append(request)
        self._in_flight[request.host] += 1
        self._peak_in_flight[request.host] = max(
            self._peak_in_flight[request.host], self._in_flight[request.host]
        )

    def ended(self, request: Request, at: float) -> None:
        if request.ended_at is None:
            request.ended_at = at
            self._in_flight[request.host] -= 1
