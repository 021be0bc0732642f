"""
Many conversations at once in one process: a bounded window, results as they come.

Two bounds and nothing else: at most `window` items are between the feed and the
consumer, or more where some only wait for a host that is slow, so that one host does
not hold up the others. No queue feeds an earlier one, so there is no deadlock, and a
consumer that is slow slows the reading.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

WINDOW = 512
"""Conversations at once: twice arXiv's batch of 250, so that the next batch is full
before the last is answered. A window of 8 filled batches to 7.5 % and took 2.3 times as long."""
MOST = 4096
"""Conversations at once, those included that only wait: an entry costs about 20 KiB while it does."""
LOOK_S = 0.5
"""How long nothing may end before it is looked whether more is held back by now."""


async def converse_all(
    items: Iterable[Item],
    work: Callable[[Item], Awaitable[Result]],
    *,
    stopping: asyncio.Event,
    held_back: Callable[[], int] = lambda: 0,
    in_order: bool = False,
) -> AsyncGenerator[Result, None]:
    """
    What *work* makes of every item, as it comes, or in the items' order.

    *held_back* tells how many conversations only wait; as many more are begun, but for
    results in order. Once *stopping* is set no further item is begun; those under way are finished.
    An exception of *work* ends the run, so *work* turns the trouble of one item
    into a result.
    """
    feed = enumerate(items)
    done: asyncio.Queue[tuple[int, asyncio.Task[Result]]] = asyncio.Queue()
    under_way: set[asyncio.Task[Result]] = set()
    order = _Order[Result](in_order=in_order)

    def room() -> int:
        return WINDOW if in_order else min(WINDOW + held_back(), MOST)

    try:
        while True:
            while len(under_way) + order.held < room() and not stopping.is_set():
                position, item = next(feed, (-1, None))
                if item is None:
                    break
                _begin(work(item), position, under_way, done)
                await asyncio.sleep(0)
                if not done.empty():
                    break
            if not under_way:
                return
            if (ended := await _first(done)) is None:
                continue
            position, task = ended
            under_way.discard(task)
            for result in order.add(position, task.result()):
                yield result
    finally:
        for task in under_way:
            task.cancel()


async def _first(
    done: asyncio.Queue[tuple[int, asyncio.Task[Result]]],
) -> tuple[int, asyncio.Task[Result]] | None:
    """The first that ended; None where nothing did for a while."""
    if not done.empty():
        return done.get_nowait()
    try:
        async with asyncio.timeout(LOOK_S):
            return await done.get()
    except TimeoutError:
        return None


def _begin(
    work: Awaitable[Result],
    position: int,
    under_way: set[asyncio.Task[Result]],
    done: asyncio.Queue[tuple[int, asyncio.Task[Result]]],
) -> None:
    task = asyncio.ensure_future(work)
    under_way.add(task)
    task.add_done_callback(lambda task: done.put_nowait((position, task)))


class _Order(Generic[Result]):
    """Lets results through as they come, or holds them until those before them have come."""

    def __init__(self, *, in_order: bool) -> None:
        self._in_order = in_order
        self._waiting: dict[int, Result] = {}
        self._next = 0

    @property
    def held(self) -> int:
        return len(self._waiting)

    def add(self, position: int, result: Result) -> Iterator[Result]:
        if not self._in_order:
            yield result
            return
        self._waiting[position] = result
        while self._next in self._waiting:
            yield self._waiting.pop(self._next)
            self._next += 1
