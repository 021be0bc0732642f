"""
What a Dask worker does for a run: messages are delivered, and those for the driver collected.

Both by calls of the driver, for it need not be reachable from the cluster. A driver that
calls no more is gone, and its work is given up.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

from enrich.engines.processes.messages import Begin, unpacked
from enrich.engines.processes.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Key: TypeAlias = tuple[str, int, int]
    """A run, the place of the worker in it, and how many workers were there before."""

POLL_S = 10.0
"""How long a call waits for something to collect."""
LEASE_S = 30.0
"""Without a call, after which the driver is taken for gone."""
GATHER_S = 0.02
"""Between the first that can be collected and its way, together with what comes meanwhile."""

_works: dict[Key, _Work] = {}


class _Work:
    """What one worker does for one run."""

    def __init__(self) -> None:
        self._frames: list[bytes] = []
        self._some = asyncio.Event()
        self._inbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._called = asyncio.Event()
        self._collecting = 0
        loop = asyncio.get_running_loop()
        self._life = loop.create_task(self._live())
        self._lease = loop.create_task(self._until_forgotten())

    @property
    def is_over(self) -> bool:
        return self._life.done()

    def deliver(self, frames: Sequence[bytes]) -> None:
        """Raises what ended the work before its time."""
        self._called.set()
        if self._life.done():
            self._life.result()
            raise LookupError("the work has ended")
        for frame in frames:
            self._inbox.put_nowait(frame)

    async def collect(self) -> tuple[bytes, ...]:
        """Raises what ended the work before its time."""
        self._called.set()
        self._collecting += 1
        try:
            some = asyncio.ensure_future(self._some.wait())
            await asyncio.wait((some, self._life), timeout=POLL_S, return_when=asyncio.FIRST_COMPLETED)
            some.cancel()
            if self._life.done():
                self._life.result()
            elif self._some.is_set():
                await asyncio.sleep(GATHER_S)
        finally:
            self._collecting -= 1
            self._called.set()
        frames, self._frames = tuple(self._frames), []
        self._some.clear()
        return frames

    async def end(self) -> None:
        self._lease.cancel()
        self._life.cancel()
        await asyncio.gather(self._life, self._lease, return_exceptions=True)

    def _send(self, frame: bytes) -> None:
        self._frames.append(frame)
        self._some.set()

    async def _live(self) -> None:
        begin, *messages = unpacked(await self._inbox.get() or b"")
        if not isinstance(begin, Begin):
            raise TypeError(f"{type(begin).__name__} before the beginning")
        async with Serving(begin, self._send) as serving:
            serving.take(messages)
            while frame := await self._inbox.get():
                serving.take(unpacked(frame))

    async def _until_forgotten(self) -> None:
        while True:
            self._called.clear()
            try:
                async with asyncio.timeout(LEASE_S):
                    await self._called.wait()
            except TimeoutError:
                if not self._collecting:
                    self._life.cancel()
                    return


async def deliver(key: Key, frames: Sequence[bytes], is_first: bool) -> None:
    """
    Give the work of *key* packed messages; with the first it begins.

    Raises LookupError where the worker does not know it: it is another than was told before.
    """
    if is_first:
        _hush()
        run, place, _ = key
        for old in [other for other in _works if other[:2] == (run, place)]:
            await end(old)  # of before a lost connection: a host is asked from one place
        for over in [other for other, work in _works.items() if work.is_over]:
            await end(over)
        _works[key] = _Work()
    _works[key].deliver(frames)


async def collect(key: Key) -> tuple[bytes, ...]:
    """Packed messages for the driver, as soon as there are any; none after a while without."""
    return await _works[key].collect()


async def end(key: Key) -> None:
    """Nobody wants to know any more."""
    work = _works.pop(key, None)
    if work is not None:
        await work.end()


def ignore_interrupts() -> None:
    """Ctrl-C in a terminal reaches the workers that were started for the run too; the driver says when."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hush() -> None:
    """Dask's worker logs every call, of which a run makes some dozens a second."""
    logger = logging.getLogger("distributed.worker")
    if _is_no_call not in logger.filters:
        logger.addFilter(_is_no_call)


def _is_no_call(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    ours = (deliver, collect, end)
    return not any(said == f"Run out-of-band function {function.__name__!r}" for function in ours)
