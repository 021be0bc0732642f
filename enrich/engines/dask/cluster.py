"""
A Dask cluster: its workers, calls in them, and how one knows that it is gone.

The one module that knows Dask; what its client returns untyped goes no further.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pkgutil
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from distributed import Client, LocalCluster
from distributed.security import Security

from enrich.engines.dask.service import ignore_interrupts
from enrich.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

Given = ParamSpec("Given")
Result = TypeVar("Result")

CONNECT_S = 10.0
"""How long the scheduler may take to answer, at first and after a fault of the network."""
WORKER_S = 30.0
"""How long a run waits for a worker where there is none: one that is restarted takes some seconds."""
LOOK_S = 0.5
"""Between two looks at which workers there are."""


class Cluster:
    def __init__(self, client: Client, name: str, version: str, *, is_ours: bool) -> None:
        """
        *version* is enrich's, here; *name* is what people call the cluster.

        Where it *is_ours*, it was started for this run.
        """
        self._client = client
        self._is_ours = is_ours
        self.name = name
        self._version = version
        self._taken: Counter[str] = Counter()
        self._refused: set[str] = set()
        self._lost = False
        self._when_lost: Callable[[str], None] = lambda _: None

    def when_lost(self, told: Callable[[str], None]) -> None:
        """*told* is given a sentence once no worker can be reached any more."""
        self._when_lost = told

    async def workers(self) -> tuple[str, ...]:
        """Their addresses. Raises OSError where the scheduler does not tell."""
        try:
            async with asyncio.timeout(CONNECT_S):
                threads: Mapping[str, int] = await self._client.nthreads()
        except Exception as error:
            raise OSError(_said(error)) from error
        return tuple(sorted(threads))

    async def call(
        self, worker: str, function: Callable[Given, Awaitable[Result]], *args: Given.args, **_: Given.kwargs
    ) -> Result:
        """*function* at *worker*, in its event loop. Raises OSError for whatever becomes of it."""
        try:
            results: Mapping[str, Result] = await self._client.run(function, *args, workers=[worker])
            return results[worker]
        except Exception as error:
            raise OSError(_said(error)) from error

    async def versions(self, workers: tuple[str, ...]) -> dict[str, str]:
        """Of enrich at these workers; empty where it is not installed. Raises OSError."""
        try:
            # A function that every worker has: enrich may not be there.
            told: Mapping[str, object] = await self._client.run(
                pkgutil.resolve_name, "enrich.version:VERSION", workers=list(workers), on_error="return"
            )
        except Exception as error:
            raise OSError(_said(error)) from error
        return {
            worker: "" if isinstance(version, ImportError) else str(version)
            for worker, version in told.items()
            if not isinstance(version, OSError)  # it has gone meanwhile
        }

    async def take(self) -> str:
        """
        The worker that has the least to do for this run, once there is one.

        Raises OSError, with nothing to say, where the cluster is gone: `when_lost` was told.
        """
        waited = 0.0
        while not await self.is_lost():
            with contextlib.suppress(OSError):
                workers = [worker for worker in await self.workers() if worker not in self._refused]
                unknown = tuple(worker for worker in workers if worker not in self._taken)
                if unknown:
                    await self._meet(unknown)
                able = [worker for worker in workers if worker not in self._refused]
                if able:
                    chosen = min(able, key=lambda worker: self._taken[worker])
                    self._taken[chosen] += 1
                    return chosen
            if waited >= WORKER_S:
                self.lose(f"no worker is left at {self.name}")
                break
            await asyncio.sleep(LOOK_S)
            waited += LOOK_S
        raise OSError

    async def _meet(self, workers: tuple[str, ...]) -> None:
        """Raises OSError."""
        versions = await self.versions(workers)
        self._refused |= {worker for worker, version in versions.items() if version != self._version}
        if self._is_ours:
            await self._client.run(ignore_interrupts, workers=list(workers))

    def leave(self, worker: str) -> None:
        self._taken[worker] -= 1

    async def is_lost(self) -> bool:
        """Whether the scheduler is gone; after a fault of the network it is waited for."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONNECT_S):
                while self._client.status == "connecting":  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(LOOK_S / 10)
        if self._client.status != "running":
            self.lose(f"the scheduler at {self.name} is gone")
        return self._lost

    def lose(self, why: str) -> None:
        if not self._lost:
            self._lost = True
            self._when_lost(why)


@asynccontextmanager
async def open_cluster(
    scheduler: str, number: int, version: str, *, connect_s: float = CONNECT_S
) -> AsyncIterator[Cluster]:
    """
    The cluster at *scheduler*, or one of *number* processes on this machine where that is empty.

    Raises UsageError where nobody answers, no worker is there, or enrich there is another than here.
    """
    _hush()
    async with contextlib.AsyncExitStack() as stack:
        if scheduler:
            where: str | LocalCluster = scheduler
        else:
            where = await stack.enter_async_context(_local(number))
        try:
            client = Client(where, asynchronous=True, set_as_default=False, timeout=connect_s, name="enrich")
            await stack.enter_async_context(client)
        except Exception as error:  # a certificate that is missing is a TypeError of Dask's, for one
            raise UsageError(f"no Dask scheduler answers at {scheduler}: {_said(error)}") from error
        cluster = Cluster(client, scheduler or "this machine", version, is_ours=not scheduler)
        await _look_at_workers(cluster, scheduler, version)
        yield cluster


async def _look_at_workers(cluster: Cluster, scheduler: str, version: str) -> None:
    """Raises UsageError where they can't be used."""
    waited = 0.0
    try:
        while not (workers := await cluster.workers()):
            if waited >= WORKER_S:
                raise UsageError(
                    f"the Dask scheduler at {scheduler} has no workers; start one: dask worker {scheduler}"
                )
            await asyncio.sleep(LOOK_S)
            waited += LOOK_S
        for worker, there in sorted((await cluster.versions(workers)).items()):
            if there != version:
                has = f"enrich {there}" if there else "no enrich"
                raise UsageError(f"worker {worker} has {has}, this is {version}; install the same there")
    except OSError as error:
        raise UsageError(f"the Dask scheduler at {cluster.name} does not answer: {_said(error)}") from error


@asynccontextmanager
async def _local(number: int) -> AsyncIterator[LocalCluster]:
    """Reached over TLS, with a key of its own: other users of the machine could run what they like in it."""
    with _safe_path():
        made: Any = LocalCluster(
            n_workers=number,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            security=Security.temporary(),
            asynchronous=True,
            silence_logs=logging.CRITICAL,
        )
        async with made as cluster:
            yield cluster


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Processes that are started meanwhile import nothing from the working directory, anybody's catalogue."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _hush() -> None:
    """What becomes of the cluster is told in our own words."""
    for name in tuple(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
