"""Where questions go, and what is known of how they fare."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from enrich.config.options import WORKS
from enrich.models import Answer, FileQuery, Totals
from enrich.progress import Lane
from enrich.reports.parts.words import counted
from enrich.words import dataclass
from enrich.worker import converse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from enrich.cache import Cache, Snapshot
    from enrich.engines.processes.hands import Hands
    from enrich.fetcher import Fetcher, Source
    from enrich.files import Targets
    from enrich.http import Http
    from enrich.http.lanes import LaneState
    from enrich.mirror.reading import Mirror
    from enrich.models import Document, Plan, Query
    from enrich.proposing import Memories
    from enrich.rule import Context
    from enrich.worker import Fetch


_HOSTS = {
    "arxiv": "arxiv.org",
    "crossref": "crossref.org",
    "datacite": "datacite.org",
    "dblp": "dblp.org",
    "doi": "doi.org",
    "github": "github.com",
    "openalex": "openalex.org",
    "semanticscholar": "semanticscholar.org",
    "wayback": "archive.org",
}
"""What people call the lanes of sources."""


@dataclass(frozen=True, slots=True)
class Network:
    """Where questions go; without a way to the network while offline."""

    fetcher: Fetcher
    http: Http | None
    hands: Hands | None
    """Workers that ask links besides this process, or judge entries."""
    sources: tuple[Source, ...]
    cache: Cache
    targets: Targets
    snapshot: Snapshot
    mirror: Mirror | None

    async def answer(self, queries: Iterable[Query]) -> Mapping[Query, Answer]:
        """Files are looked at, each time anew; everything else is asked."""
        asked: list[Query] = []
        answers: dict[Query, Answer] = {}
        for query in queries:
            if isinstance(query, FileQuery):
                answers[query] = Answer(query, self.targets.check(query), "files", utc_now())
            else:
                asked.append(query)
        return {**answers, **await self.fetcher.answer(asked)}

    async def converse(
        self, document: Document, context: Context, fetch: Fetch, memories: Memories | None = None
    ) -> Plan:
        """As `worker.converse`, here or wherever the engine has it."""
        whoever = self.hands.converse if self.hands else converse
        return await whoever(document, context, fetch, memories)

    def when_lost(self, told: Callable[[str], None]) -> None:
        """*told* is given a sentence where the workers are lost, and the run with them."""
        if self.hands:
            self.hands.when_lost(told)

    def stop(self) -> None:
        """Ask nothing more; what is under way goes on."""
        self.fetcher.stop()
        if self.http:
            self.http.lanes.stop()
        if self.hands:
            self.hands.stop()

    def abandon(self) -> None:
        self.fetcher.abandon()
        if self.hands:
            self.hands.abandon()

    async def settle(self) -> None:
        """Returns once `lanes`, `news` and `totals` know what other processes know."""
        if self.hands:
            await self.hands.tell()

    def lanes(self) -> list[Lane]:
        """Every host that is asked, and the sources that are asked in batches while something waits there."""
        batched = {source.name: source for source in self.sources if source.batch > 1}
        states = self.http.lanes.snapshot() if self.http else ()
        if self.hands:
            states += self.hands.lanes
        return [self._lane(state, batched.get(state.host)) for state in states]

    def held_back(self) -> int:
        """Questions that wait because their own host is slow, or refuses."""
        elsewhere = self.hands.held_back if self.hands else 0
        return elsewhere + (self.http.lanes.held_back() if self.http else 0)

    def news(self) -> list[str]:
        """Sentences about hosts that refuse, each told once."""
        news = self.http.lanes.news() if self.http else []
        if self.hands:
            news += self.hands.news()
        return [f"{_HOSTS.get(lane, lane)}: {sentence}" for lane, sentence in news]

    def _lane(self, state: LaneState, source: Source | None) -> Lane:
        if source is None:
            return Lane(_HOSTS.get(state.host, state.host), state.done, state.in_flight, state.note)
        kind = f"by API, {source.batch} ids a call"
        waits = self.fetcher.waiting(source.name) > 0
        note = f"{kind}, {state.note}" if state.note else kind if waits else ""
        return Lane(_HOSTS.get(source.name, source.name), self.fetcher.answered[source.name], 0, note)

    def unavailable(self) -> Iterator[str]:
        """A sentence about each source of works that left questions open."""
        for name, left in sorted(self.fetcher.left_open.items()):
            if name in WORKS:
                why = left.why.detail.removeprefix(f"{name}: ")
                yield f"{name} left {counted(left.questions, 'question')} open ({why})"

    def unreachable(self) -> str | None:
        """Hosts of which none could be reached, where that holds for every one that was asked."""
        return self.fetcher.unreachable

    @property
    def remembered(self) -> int:
        """Answers of earlier runs, or of snapshots, that were of use."""
        return self.fetcher.remembered

    @property
    def notes(self) -> list[str]:
        """Sentences about the run that no entry has to do with."""
        of_mirror = self.mirror.notes if self.mirror else ()
        return [*self.cache.warnings, *of_mirror, *(self.http.notes if self.http else ())]

    def totals(self, *, complete: bool, exit_code: int, entries: int, seconds: float) -> Totals:
        requests = self.http.lanes.requests if self.http else Counter[str]()
        if self.hands:
            requests = requests + self.hands.requests
        return Totals(
            complete=complete,
            exit_code=exit_code,
            entries=entries,
            seconds=seconds,
            requests=tuple(sorted(requests.items())),
            from_cache=self.remembered,
        )


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
