"""One worker of a cluster as a line of messages: frames are delivered in turn, and others collected."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from enrich.engines.dask import service

if TYPE_CHECKING:
    from enrich.engines.dask.cluster import Cluster
    from enrich.engines.dask.service import Key

GATHER_S = 0.02
"""Between two deliveries: each call costs the cluster's scheduler some milliseconds."""
END_S = 3.0
"""How long the worker may take to give up its work."""


class DaskLine:
    def __init__(self, cluster: Cluster, worker: str, key: Key) -> None:
        self._cluster = cluster
        self._worker = worker
        self._key = key
        self._outbox: list[bytes] = []
        self._some = asyncio.Event()
        self._inbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._work = asyncio.get_running_loop().create_task(self._live())

    @property
    def name(self) -> str:
        return self._worker

    def send(self, frame: bytes) -> None:
        self._outbox.append(frame)
        self._some.set()

    async def receive(self) -> bytes | None:
        return await self._inbox.get()

    def hang_up(self) -> None:
        self._work.cancel()

    def kill(self) -> None:
        self.hang_up()

    async def ended(self) -> str:
        why = ""
        try:
            await self._work
        except asyncio.CancelledError:
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(END_S):
                    await self._cluster.call(self._worker, service.end, self._key)
        except OSError as error:
            why = str(error)
        self._cluster.leave(self._worker)
        return "" if await self._cluster.is_lost() else why

    async def _live(self) -> None:
        """Until the worker, or the way to it, is gone; raises OSError that says how."""
        try:
            await self._deliver(is_first=True)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._deliver_all())
                group.create_task(self._collect_all())
        except* OSError as gone:
            raise OSError(str(gone.exceptions[0])) from gone
        finally:
            self._inbox.put_nowait(None)

    async def _deliver(self, *, is_first: bool) -> None:
        await self._some.wait()
        self._some.clear()
        frames, self._outbox = tuple(self._outbox), []
        await self._cluster.call(self._worker, service.deliver, self._key, frames, is_first)

    async def _deliver_all(self) -> None:
        while True:
            await asyncio.sleep(GATHER_S)
            await self._deliver(is_first=False)

    async def _collect_all(self) -> None:
        while True:
            for frame in await self._cluster.call(self._worker, service.collect, self._key):
                self._inbox.put_nowait(frame)
