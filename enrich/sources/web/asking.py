"""
Whether links work, by asking their hosts.

A file is asked for by HEAD first, for that costs a host least; then by GET where HEAD says
anything but yes, for many hosts lie to HEAD, and by GET at once where this run has caught
the host lying. A page is asked for by GET, since it is looked at. That a page is
gone, or that its host does not exist, is believed when GET has met it twice, seconds
apart. What the answers mean is decided in `links.verdict`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.links import On403, Reading, Trouble, authority_of, canonical_url, classify, host_key, verdict
from enrich.models import AnchorQuery, Fault, LinkCheck, LinkQuery, LinkStatus, SecureQuery
from enrich.sources.web.comparing import Comparer
from enrich.sources.web.looking import PAGE_BYTES, Looker, is_worth_reading

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from enrich.config import HostSettings, Links
    from enrich.http import Budget, Fetched, Http
    from enrich.links import Observation
    from enrich.models import AnswerOutcome, Query

RECHECK_S = 3.0
"""Seconds between the two looks at an absence: long enough for a server that is being restarted."""
LEAST_S = 2.0
"""Seconds between them where nothing else is left to ask, so that nobody waits for more than that."""
LOOK_S = 0.25
"""Between two looks at whether that is so."""

_FINAL = frozenset({Trouble.PRIVATE, Trouble.SET_ASIDE, Trouble.TLS})
"""Trouble of a HEAD that a GET would meet again."""


class Web:
    """The source of what links answer; one object serves one run."""

    name = "web"
    batch = 1

    def __init__(
        self,
        http: Http,
        links: Links,
        *,
        recheck_s: float = RECHECK_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._links = links
        self._recheck_s = recheck_s
        self._sleep = sleep
        self._looker = Looker(http)
        self._comparer = Comparer(http)
        self._lying: set[str] = set()
        self._under_way = 0
        self._resting = 0
        """Of those under way, how many wait for their second look."""

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery | SecureQuery | AnchorQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """
        A LinkCheck for each LinkQuery of *queries*, in their order; of the others Shown, NotFound or Failure.

        Raises TypeError where one is not about a link.
        """
        if len(queries) == 1:
            return (await self._ask(queries[0]),)  # without a task of its own
        return await asyncio.gather(*(self._ask(query) for query in queries))

    async def _ask(self, query: Query) -> AnswerOutcome:
        self._under_way += 1
        try:
            match query:
                case LinkQuery(url):
                    return await self._ask_link(url)
                case SecureQuery():
                    return await self._comparer.is_secure(query)
                case AnchorQuery():
                    return await self._comparer.has_anchor(query)
                case _:
                    raise TypeError(f"the web was asked for {query}")
        finally:
            self._under_way -= 1

    async def _ask_link(self, text: str) -> LinkCheck:
        url = canonical_url(text)
        if url is None:
            detail = classify(text).detail
            return LinkCheck(LinkStatus.BROKEN, detail, fault=Fault.NOT_A_URL)
        answers = await self._answers(url, self._http.budget(url))
        observations = [answer.observation for answer in answers]
        last = observations[-1]
        if last.trouble is Trouble.NO_HOST and not await self._http.resolves_names():
            observations = [replace(last, trouble=Trouble.NAMES)]
        check = verdict(observations, self._reading(last))
        return await self._looker.looked(url, check, answers[-1])

    async def _answers(self, url: str, budget: Budget) -> list[Fetched]:
        """What *url* answered, as often as it was asked."""
        host = host_key(url)
        answers: list[Fetched] = []
        if host not in self._lying and self._is_asked_by_head(url):
            head = await self._http.fetch(url, budget, method="HEAD")
            if head.observation.is_good or head.observation.trouble in _FINAL:
                return [head]
            answers.append(head)
        get = await self._http.fetch(url, budget, page_bytes=PAGE_BYTES)
        if get.observation.is_good and answers:
            self._lying.add(host)
        answers.append(get)
        if self._is_absence(get.observation):
            if get.observation.trouble is Trouble.NO_HOST:
                self._http.forget(host_key(get.observation.asked))
            await self._rest()
            answers.append(await self._http.fetch(url, budget, page_bytes=PAGE_BYTES))
        return answers

    async def _rest(self) -> None:
        """Between the two looks."""
        self._resting += 1
        try:
            left_s = self._recheck_s
            step_s = min(left_s, LEAST_S)
            while left_s > 0:
                await self._sleep(step_s)
                left_s -= step_s
                if self._resting == self._under_way:
                    return
                step_s = min(left_s, LOOK_S)
        finally:
            self._resting -= 1

    def _is_asked_by_head(self, url: str) -> bool:
        return self._settings(url).method == "head" and not is_worth_reading(url)

    def _is_absence(self, seen: Observation) -> bool:
        forbidden = seen.code == 403 and self._reading(seen).on_403 is On403.BROKEN
        return seen.is_gone or forbidden or seen.trouble is Trouble.NO_HOST

    def _reading(self, seen: Observation) -> Reading:
        """By the settings of the host that answered, which is not the link's own after a redirect."""
        settings = self._settings(seen.asked)
        return Reading(On403(settings.on_403), frozenset((*self._links.accept, *settings.accept)))

    def _settings(self, url: str) -> HostSettings:
        return self._links.host(authority_of(url), host_key(url))
