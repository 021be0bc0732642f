"""The hands of a command put together: cache, snapshots, sources and the way to the network."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from enrich.cache import Cache, Memory, Snapshot, Ttl
from enrich.config.options import WORKS
from enrich.fetcher import LINGER_S, Fetcher
from enrich.files import Targets
from enrich.models import Answer, FileQuery, Totals
from enrich.progress import Lane
from enrich.reports.parts.words import counted
from enrich.version import VERSION
from enrich.words import dataclass
from enrich.worker import converse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping

    from enrich.config import Cache as CacheSettings
    from enrich.config import Config
    from enrich.config import Network as NetworkSettings
    from enrich.config import Source as SourceSettings
    from enrich.engines.processes.hands import Hands
    from enrich.fetcher import Source
    from enrich.http import Http
    from enrich.http.lanes import LaneState
    from enrich.mirror.reading import Mirror
    from enrich.models import Document, Plan, Query
    from enrich.proposing import Memories
    from enrich.rule import Context
    from enrich.setting import Setting
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

ELSEWHERE_LINGER_S = 0.3
"""As `LINGER_S` where entries are judged elsewhere: their questions come a tenth of a second apart."""


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


def ttl_of(settings: CacheSettings) -> Ttl:
    return Ttl(
        ok=dt.timedelta(seconds=settings.ok_ttl_s),
        broken=dt.timedelta(seconds=settings.broken_ttl_s),
        refused=dt.timedelta(seconds=settings.refused_ttl_s),
        metadata=dt.timedelta(seconds=settings.metadata_ttl_s),
        citations=dt.timedelta(seconds=settings.citations_ttl_s),
        jitter=settings.jitter,
    )


def open_cache(setting: Setting) -> Cache:
    """Raises StateError where the folder can't be used or the file is from a newer enrich."""
    return Cache.open(setting.cache_folder, now=utc_now, ttl=ttl_of(setting.config.cache))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anybody is asked."""

    cache: Cache
    snapshot: Snapshot
    mirror: Mirror | None


@asynccontextmanager
async def open_network(
    setting: Setting,
    *,
    offline: bool = False,
    refresh: bool = False,
    context: Context | None = None,
    left: Callable[[Known], Awaitable[int]] | None = None,
) -> AsyncIterator[Network]:
    """
    Everything that a run asks with, closed at the end; *context* is that of a run over entries.

    Of such a run *left* is told what is known already, and tells for how many entries
    somebody may have to be asked; for none, no way to the network is made.
    Raises UsageError where the engine can't be used.
    """
    async with AsyncExitStack() as stack:
        cache = stack.enter_context(open_cache(setting))
        snapshot = Snapshot.load(setting.snapshots)
        mirror = stack.enter_context(open_mirror(setting))
        memory = Memory(cache, snapshot=snapshot, mirror=mirror, offline=offline)
        http: Http | None = None
        hands: Hands | None = None
        sources: tuple[Source, ...] = ()
        own, linger_s = setting.config.network.concurrency, LINGER_S
        entries = await left(Known(cache, snapshot, mirror)) if left else 0
        if setting.config.engine.name == "dask" and entries:
            hands, own = await _cluster(setting.config, stack, context)
            linger_s = ELSEWHERE_LINGER_S
        elif not offline and entries:
            remembered = 0 if refresh else cache.count_links(most=entries)
            hands, own = await _processes(setting.config, stack, entries, remembered)
        if not offline and (entries or not left):
            http = await _way(setting.config, stack, own, hands)
            sources = _sources(setting.config, http, hands)
        fetcher = await stack.enter_async_context(
            Fetcher(sources, memory, now=utc_now, offline=offline, refresh=refresh, linger_s=linger_s)
        )
        yield Network(fetcher, http, hands, sources, cache, Targets(setting.root), snapshot, mirror)


@contextmanager
def open_mirror(setting: Setting) -> Iterator[Mirror | None]:
    """The mirror, where one is to be used; what is wrong with it stands in its notes."""
    settings, file = setting.config.mirror, setting.mirror_file
    if not settings.use or not (settings.path or file.is_file()):
        yield None
        return
    from enrich.mirror.reading import Mirror

    with closing(Mirror(file)) as mirror:
        yield mirror


async def _cluster(config: Config, stack: AsyncExitStack, context: Context | None) -> tuple[Hands, int]:
    """The workers of a cluster, and how many requests this process may have in flight."""
    from enrich.engines.dask.opening import open_hands

    return await stack.enter_async_context(open_hands(config, version=VERSION, context=context))


async def _processes(
    config: Config, stack: AsyncExitStack, entries: int, remembered: int
) -> tuple[Hands | None, int]:
    """Processes that ask links where they are worth while; what this one may have in flight."""
    from enrich.engines.processes.sharing import processes, shares

    concurrency = config.network.concurrency
    number = processes(config.network.processes, concurrency, entries, remembered)
    share = shares(concurrency, number)
    if not number:
        return None, share.own
    from enrich.engines.processes.starting import start

    # Before this process imports what they import too.
    first = [asyncio.ensure_future(start()) for _ in range(number)]
    await asyncio.wait(first)

    from enrich.engines.processes.hands import Hands
    from enrich.engines.processes.pipes import Starting
    from enrich.engines.processes.places import Places
    from enrich.sources.huggingface import HOST

    networks = tuple(replace(config.network, concurrency=bound) for bound in share.others)
    reach = tuple(Starting(start, process) for process in first)
    hands = Hands(Places(number, frozenset({HOST})), networks, config.links, version=VERSION, reach=reach)
    return await stack.enter_async_context(hands), share.own


async def _way(config: Config, stack: AsyncExitStack, own: int, hands: Hands | None) -> Http:
    """This process's own way to the network."""
    # Not at the top: httpx costs a command that asks nobody 100 ms.
    from enrich.http import Http

    network = replace(config.network, concurrency=own)
    http = await stack.enter_async_context(Http(network, config.links, version=VERSION, elsewhere=hands))
    if hands:
        hands.here(http)
    return http


def _sources(config: Config, http: Http, hands: Hands | None) -> tuple[Source, ...]:
    from enrich.sources.doi import DoiResolver
    from enrich.sources.github import GitHub
    from enrich.sources.huggingface import HuggingFace
    from enrich.sources.wayback import Wayback
    from enrich.sources.web import Web

    doi, wayback = config.sources.doi, config.sources.wayback
    github, token = config.sources.github, _token("github", config.network)
    by_token = (
        (GitHub(http, token, endpoint=github.endpoint, pace_s=github.pace_s, batch=github.batch),)
        if token
        else ()
    )
    web: Source = Web(http, config.links)
    if hands:
        from enrich.engines.processes.web import SharedWeb

        web = SharedWeb(Web(http, config.links), hands)
    # The web last: it is asked what no API answers.
    return (
        *_sources_of_works(http, config),
        *by_token,
        HuggingFace(http, endpoint=config.sources.huggingface.endpoint),
        DoiResolver(http, endpoint=doi.endpoint, pace_s=doi.pace_s),
        Wayback(http, endpoint=wayback.endpoint, pace_s=wayback.pace_s),
        web,
    )


def _sources_of_works(http: Http, config: Config) -> tuple[Source, ...]:
    """
    Who is asked about works, in the order in which they are asked.

    A DOI's own agency is asked first, whatever the precedence: there are no two answers.
    """
    from enrich.sources.arxiv import Arxiv
    from enrich.sources.crossref import Crossref, CrossrefTitles
    from enrich.sources.datacite import DataCite
    from enrich.sources.dblp import Dblp
    from enrich.sources.fallback import Nobody, WithFallback
    from enrich.sources.openalex import OpenAlex
    from enrich.sources.semanticscholar import SemanticScholar

    settings = config.sources
    arxiv = Arxiv(http, **_batched(settings.arxiv))
    crossref = Crossref(http, **_batched(settings.crossref), contact=config.network.contact)
    made: tuple[Source, ...] = (
        crossref,
        CrossrefTitles(crossref),
        DataCite(http, **_batched(settings.datacite)),
        OpenAlex(http, _token("openalex", config.network), **_batched(settings.openalex)),
        SemanticScholar(
            http, _token("semanticscholar", config.network), **_batched(settings.semanticscholar)
        ),
        Dblp(http, endpoint=settings.dblp.endpoint, pace_s=settings.dblp.pace_s),
    )
    asked: tuple[Source, ...] = (
        WithFallback(arxiv),
        arxiv.search,
        *(source for source in made if source.name in config.metadata.sources),
    )
    return *asked, Nobody(asked)


def _batched(settings: SourceSettings) -> _Batched:
    return {"endpoint": settings.endpoint, "pace_s": settings.pace_s, "batch": settings.batch}


class _Batched(TypedDict):
    endpoint: str
    pace_s: float
    batch: int


def _token(source: str, settings: NetworkSettings) -> str:
    """The token for *source* in the environment; empty where there is none. Only its source gets it."""
    variable = dict(settings.token_env).get(source)
    return os.environ.get(variable, "").strip() if variable else ""
