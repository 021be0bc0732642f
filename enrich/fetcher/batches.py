"""Questions for one source gathered and sent together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from enrich.fetcher.words import Interrupted
from enrich.models import PassOn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from enrich.fetcher.words import Source
    from enrich.models import Answer, AnswerOutcome, Query

    Keep: TypeAlias = Callable[[Query, AnswerOutcome, str], Answer]
    PassingOn: TypeAlias = Callable[[Query, asyncio.Future[Answer], Source, PassOn | None], None]

LINGER_S = 0.05
"""How long a batch that isn't full waits for one more question. Conversations ask within
milliseconds of each other, and a request to arXiv costs its pace of 3 s."""


class Batcher:
    """Gathers questions for one source and sends them, one batch at a time."""

    def __init__(self, source: Source, keep: Keep, pass_on: PassingOn, *, linger_s: float = LINGER_S) -> None:
        self._linger_s = linger_s
        self._source = source
        self._keep = keep
        self._pass_on = pass_on
        self._waiting: list[tuple[Query, asyncio.Future[Answer]]] = []
        self._sent = 0
        self._arrived = asyncio.Event()

    @property
    def size(self) -> int:
        return len(self._waiting) + self._sent

    def put(self, query: Query, future: asyncio.Future[Answer]) -> None:
        self._waiting.append((query, future))
        self._arrived.set()

    def drop_waiting(self) -> None:
        for _, future in self._waiting:
            if not future.done():
                future.set_exception(Interrupted())
        self._waiting.clear()

    async def send(self) -> None:
        while True:
            await self._arrived.wait()
            await self._until_full_or_quiet()
            batch, self._waiting = (
                self._waiting[: self._source.batch],
                self._waiting[self._source.batch :],
            )
            if not self._waiting:
                self._arrived.clear()
            if batch:
                self._sent = len(batch)
                await settle(self._source, batch, self._keep, self._pass_on)
                self._sent = 0

    async def _until_full_or_quiet(self) -> None:
        size = 0
        while size < len(self._waiting) < self._source.batch:
            size = len(self._waiting)
            await asyncio.sleep(self._linger_s)


async def settle(
    source: Source,
    batch: Sequence[tuple[Query, asyncio.Future[Answer]]],
    keep: Keep,
    pass_on: PassingOn,
) -> None:
    """Asks, keeps and hands out; an exception of the source reaches those who wait, and nobody else."""
    try:
        outcomes = await source.ask([query for query, _ in batch])
    except asyncio.CancelledError:
        for _, future in batch:
            future.cancel()
        raise
    except Exception as error:  # noqa: BLE001 - a bug in a source costs its own answers only
        for _, future in batch:
            if not future.done():
                future.set_exception(error)
        return
    for (query, future), outcome in zip(batch, outcomes, strict=True):
        try:
            if outcome is None or isinstance(outcome, PassOn):
                pass_on(query, future, source, outcome)
                continue
            answer = keep(query, outcome, source.name)
        except Exception as error:  # noqa: BLE001 - those who wait are told; the others get their answers
            if not future.done():
                future.set_exception(error)
        else:
            if not future.done():
                future.set_result(answer)
