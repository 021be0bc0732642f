"""Hosts and their pages: which fate a request meets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.internet.replies import NOT_FOUND, Fate, InTurn, Raw, Reply, page, phrase_of
from tests.internet.tls import Tls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.internet.traffic import Request

_ANY = "*"


class Host:
    """
    A host of the internet. Tests may change it while it serves.

    A page is named by its path, with its query or without, or by the beginning of its path and a `*`.
    A HEAD is answered as a GET is, without the body, until `head` says otherwise.
    """

    def __init__(self, name: str, default: Fate = NOT_FOUND) -> None:
        self.name = name
        self.default: Fate = default
        """What meets a request for a page that nobody described."""
        self.tls = Tls.GOOD
        self.gate: Fate | None = None
        """How the proxy answers instead of reaching the host; None: it reaches it."""
        self._pages: dict[tuple[str, str], Fate] = {}
        self._turns: Counter[tuple[str, str]] = Counter()

    def page(self, path: str, fate: Fate, method: str = _ANY) -> Host:
        """*fate* for *path* by *method*; by any where none is named."""
        self._pages[method, path] = fate
        self._turns[method, path] = 0
        return self

    def get(
        self,
        path: str,
        fate: Fate | None = None,
        *,
        status: int = 200,
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        location: str | None = None,
    ) -> Host:
        """`get("/a", status=404)`, `get("/b", location="/c", status=301)`, or any other fate."""
        return self.page(path, _described(status, body, headers, location) if fate is None else fate, "GET")

    def head(
        self,
        path: str,
        fate: Fate | None = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Host:
        """What a HEAD meets where it meets something else than a GET."""
        return self.page(path, _described(status, b"", headers, None) if fate is None else fate, "HEAD")

    def answer(self, request: Request) -> Reply | Raw:
        """What *request* meets now; counts turns."""
        key, fate = self._find(request)
        while not isinstance(fate, Reply | Raw):
            if isinstance(fate, InTurn):
                turn = min(self._turns[key], len(fate.fates) - 1)
                self._turns[key] += 1
                fate = fate.fates[turn]
            else:
                fate = fate(request)
        return fate

    def _find(self, request: Request) -> tuple[tuple[str, str], Fate]:
        methods = ("HEAD", "GET", _ANY) if request.method == "HEAD" else (request.method, _ANY)
        bare = request.path.partition("?")[0]
        for path in (request.path, bare):
            for method in methods:
                if (method, path) in self._pages:
                    return (method, path), self._pages[method, path]
        patterns = [
            key
            for key in self._pages
            if key[0] in methods and key[1].endswith("*") and bare.startswith(key[1][:-1])
        ]
        if patterns:
            longest = max(patterns, key=lambda key: len(key[1]))
            return longest, self._pages[longest]
        return (_ANY, ""), self.default


def _described(
    status: int, body: str | bytes | None, headers: Mapping[str, str] | None, location: str | None
) -> Reply:
    pairs = tuple((headers or {}).items()) + ((("Location", location),) if location is not None else ())
    if body is None:
        return page(f"<h1>{status} {phrase_of(status)}</h1>", f"{status} {phrase_of(status)}", status, pairs)
    return Reply(status, pairs, body.encode() if isinstance(body, str) else body)
