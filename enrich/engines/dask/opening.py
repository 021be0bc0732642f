"""A cluster's workers as hands: reached, told what they may know, and replaced where one ends."""

from __future__ import annotations

import os
import uuid
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enrich.engines.dask.cluster import open_cluster
from enrich.engines.dask.keeping import hosts_with_credentials, without_credentials
from enrich.engines.dask.line import DaskLine
from enrich.engines.processes.hands import Hands
from enrich.engines.processes.lines import Manners
from enrich.engines.processes.places import Places
from enrich.engines.processes.sharing import cores, shares
from enrich.errors import UsageError
from enrich.sources.huggingface import HOST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from enrich.config import Config
    from enrich.engines.dask.cluster import Cluster
    from enrich.rule import Context

MANNERS = Manners(called="worker {}", lane="dask", lives=1_000, tries=3)
"""Machines of a cluster come and go; three that go over one question are no chance."""


@asynccontextmanager
async def open_hands(
    config: Config, *, version: str, context: Context | None
) -> AsyncIterator[tuple[Hands, int]]:
    """
    The workers of the configured cluster, and how many requests the driver may have in flight itself.

    Hosts with an API of their own, and those that get credentials, are asked by the driver.
    Raises UsageError where the cluster can't be used.
    """
    if config.network.concurrency == 1:
        raise UsageError("--engine dask needs a `network.concurrency` of 2 or more")
    number = config.network.processes or cores()
    async with open_cluster(config.engine.scheduler, number, version) as cluster:
        workers = len(await cluster.workers())
        share = shares(config.network.concurrency, min(workers, config.network.concurrency - 1))
        places = Places(
            len(share.others), frozenset({HOST}) | hosts_with_credentials(config.network, config.links)
        )
        network, links = without_credentials(config.network, config.links)
        run = f"{os.getpid()}-{uuid.uuid4()}"
        hands = Hands(
            places,
            tuple(replace(network, concurrency=bound) for bound in share.others),
            links,
            version=version,
            reach=tuple(_Reach(cluster, run, place) for place in range(1, places.number + 1)),
            manners=MANNERS,
            context=context,
        )
        cluster.when_lost(hands.lose)
        async with hands:
            yield hands, share.own


@dataclass(slots=True)
class _Reach:
    """Gets a worker for one place, again and again."""

    cluster: Cluster
    run: str
    place: int
    lives: int = 0

    async def __call__(self) -> DaskLine:
        """Raises OSError, with nothing to say, where the cluster is gone."""
        worker = await self.cluster.take()
        self.lives += 1
        return DaskLine(self.cluster, worker, (self.run, self.place, self.lives))
