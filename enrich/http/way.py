"""
The way of one link through its redirects: where it stands, what it has seen, when it ends.

No I/O: told what each address answered, it says where to ask next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import httpx

from enrich.http.errands import Errand
from enrich.http.faults import Mishap
from enrich.http.telling import redirect_fragment, redirect_target
from enrich.links import Observation, Trouble, host_key
from enrich.models import Hop
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.http.sending import Received
    from enrich.http.trying import Budget


_MARKS = ("content-length", "last-modified", "etag")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one request for a link gave, its redirects followed."""

    observation: Observation
    content: bytes = b""
    """The last answer's body, where it was asked for: at most `network.max-body` bytes of it."""
    content_type: str = ""
    complete: bool = False
    """`content` is the whole body."""
    marks: tuple[str, ...] = ()
    """What tells one version of a file from another: length, date and tag, as far as the host tells them."""


class Way:
    def __init__(self, method: str, url: str, most_redirects: int) -> None:
        self.method = method
        self.url = url
        """Where to ask next; canonical."""
        self.cookies: httpx.Cookies | None = None
        """Set on this way and sent on it only: some hosts want back what they gave, or lead in circles."""
        self.at_home = True
        """No host but the link's own was asked so far, or is asked next."""
        self._fragment = ""
        self._most_redirects = most_redirects
        self._hops: list[Hop] = []
        self._seen: set[tuple[str, str]] = set()

    @classmethod
    def of(cls, errand: Errand) -> Self:
        """The hop that *errand* is, by itself."""
        way = cls(errand.method, errand.url, 0)
        way.at_home = errand.at_home
        if errand.cookies:
            way.cookies = httpx.Cookies()
            for cookie in errand.cookies:
                way.cookies.jar.set_cookie(cookie)
        return way

    def errand(self, page_bytes: int, budget: Budget) -> Errand:
        """The next hop, to be asked elsewhere."""
        cookies = tuple(self.cookies.jar) if self.cookies else ()
        return Errand(
            self.method, self.url, cookies, self.at_home, page_bytes, budget.seconds, budget.retries
        )

    @property
    def is_closed(self) -> bool:
        """Whether asking at `url` would ask again what was asked already, cookies and all."""
        return self._mark() in self._seen

    def take(self, outcome: Received | Mishap) -> Fetched | None:
        """What came of the way, after *outcome* at `url`; None where it goes on, at another `url`."""
        if isinstance(outcome, Mishap):
            return self._ended(outcome)
        self._hops.append(Hop(self.url, outcome.status))
        if outcome.cookies:
            self._keep(outcome.cookies)
        if outcome.location is None:
            observed = self._observed(challenged=outcome.is_challenge)
            content_type = outcome.headers.get("content-type", "")
            marks = tuple(outcome.headers.get(name, "") for name in _MARKS)
            return Fetched(observed, outcome.content, content_type, outcome.complete, marks)
        if len(self._hops) > self._most_redirects:
            return self._ended(Mishap(Trouble.TOO_MANY_HOPS))
        target = redirect_target(self.url, outcome.location)
        if target is None:
            return self._ended(Mishap(Trouble.BAD_REDIRECT))
        self.at_home = self.at_home and host_key(target) == host_key(self.url)
        self.url = target
        self._fragment = redirect_fragment(outcome.location) or self._fragment
        return None

    def asking(self) -> None:
        """Remembers that `url` is asked now, with the cookies as they are."""
        self._seen.add(self._mark())

    def _keep(self, cookies: Iterable[bytes]) -> None:
        self.cookies = self.cookies or httpx.Cookies()
        headers = [(b"Set-Cookie", cookie) for cookie in cookies]
        self.cookies.extract_cookies(
            httpx.Response(200, headers=headers, request=httpx.Request(self.method, self.url))
        )

    def _mark(self) -> tuple[str, str]:
        if not self.cookies:
            return self.url, ""
        jar = ((cookie.domain, cookie.path, cookie.name, cookie.value) for cookie in self.cookies.jar)
        return self.url, repr(sorted(jar, key=repr))

    def _ended(self, mishap: Mishap) -> Fetched:
        return Fetched(self._observed(trouble=mishap.trouble, detail=mishap.detail))

    def _observed(
        self, *, trouble: Trouble | None = None, detail: str = "", challenged: bool = False
    ) -> Observation:
        hops = tuple(self._hops)
        return Observation(self.method, hops, trouble, detail, challenged, self.url, self._fragment)
