"""The hands of a command put together: cache, snapshots, sources and the way to the network."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.cache import Cache, Memory, Snapshot, Ttl
from enrich.fetcher import LINGER_S, Fetcher
from enrich.files import Targets
from enrich.network.asking import Network, utc_now
from enrich.version import VERSION
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from enrich.config import Cache as CacheSettings
    from enrich.config import Config
    from enrich.engines.processes.hands import Hands
    from enrich.fetcher import Source
    from enrich.http import Http
    from enrich.mirror.reading import Mirror
    from enrich.rule import Context
    from enrich.setting import Setting

ELSEWHERE_LINGER_S = 0.3
"""As `LINGER_S` where entries are judged elsewhere: their questions come a tenth of a second apart."""


def open_cache(setting: Setting) -> Cache:
    """Raises StateError where the folder can't be used or the file is from a newer enrich."""
    return Cache.open(setting.cache_folder, now=utc_now, ttl=_ttl_of(setting.config.cache))


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


def _ttl_of(settings: CacheSettings) -> Ttl:
    return Ttl(
        ok=dt.timedelta(seconds=settings.ok_ttl_s),
        broken=dt.timedelta(seconds=settings.broken_ttl_s),
        refused=dt.timedelta(seconds=settings.refused_ttl_s),
        metadata=dt.timedelta(seconds=settings.metadata_ttl_s),
        citations=dt.timedelta(seconds=settings.citations_ttl_s),
        jitter=settings.jitter,
    )


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
    from enrich.network.sources import sources_of

    return sources_of(config, http, hands)
