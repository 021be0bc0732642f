"""
What a process does that asks links: questions come in on standard input, outcomes go out on standard output.

It ends with its input, so it never outlives the driver, whatever became of that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from enrich.engines.garbage import rarely_collected
from enrich.engines.processes.messages import (
    LENGTH,
    Ask,
    Begin,
    Carried,
    Carry,
    News,
    Ready,
    Stop,
    Tell,
    Told,
    framed,
    unframed,
)
from enrich.http import Http
from enrich.models import Failure, Reason
from enrich.sources.web import Web

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from enrich.engines.processes.messages import Message
    from enrich.http import LaneState
    from enrich.http.errands import Brought, Errand
    from enrich.models import Query

GATHER_S = 0.004
"""Between an outcome and its way to the driver, together with those that come meanwhile."""
NEWS_S = 0.2
"""Between two looks at how things stand, as often as a screen shows it."""
LAST_S = 5.0
"""After the end of the input, until the process ends even where its loop does not get to it."""

_STOPPED = Failure(Reason.NETWORK, "the run was stopped")


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver says when to stop
    outlet = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints, it is no message
    with rarely_collected():
        asyncio.run(_serve(sys.stdin.fileno(), outlet))


async def _serve(inlet: int, outlet: int) -> None:
    loop = asyncio.get_running_loop()
    frames: asyncio.Queue[bytes] = asyncio.Queue()

    def put(frame: bytes) -> None:
        loop.call_soon_threadsafe(frames.put_nowait, frame)

    # A thread, for not every system's loop can wait for a pipe that it was given.
    threading.Thread(target=_read, args=(inlet, put), daemon=True).start()
    first = await frames.get()
    if not first:
        return
    begin, *messages = unframed(first)
    if not isinstance(begin, Begin):
        raise TypeError(f"{type(begin).__name__} before the beginning")
    child = _Child(begin, outlet)
    async with Http(begin.network, begin.links, version=begin.version, elsewhere=child) as http:
        child.begin(http, Web(http, begin.links))
        try:
            child.take(messages)
            while frame := await frames.get():
                child.take(unframed(frame))
        finally:
            await child.end()


def _read(inlet: int, put: Callable[[bytes], None]) -> None:
    """Every frame, and nothing at the end; then the process has `LAST_S` to end by itself."""
    try:
        while len(head := _exactly(inlet, LENGTH.size)) == LENGTH.size:
            put(_exactly(inlet, LENGTH.unpack(head)[0]))
        put(b"")
    except RuntimeError:
        return  # the loop has ended already
    time.sleep(LAST_S)
    os._exit(1)


def _exactly(inlet: int, size: int) -> bytes:
    """*size* bytes; fewer at the end."""
    parts = bytearray()
    while len(parts) < size and (part := os.read(inlet, min(size - len(parts), 1 << 20))):
        parts += part
    return bytes(parts)


class _Child:
    """The questions of one process; also, for its `Http`, the way to hosts that are not its own."""

    def __init__(self, begin: Begin, outlet: int) -> None:
        self._begin = begin
        self._outlet = outlet
        self._outbox: list[Message] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._carried: dict[int, asyncio.Future[Brought]] = {}
        self._errands = 0
        self._stopped = False
        self._told_lanes: dict[str, LaneState] = {}
        self._told: News | None = None

    def begin(self, http: Http, web: Web) -> None:
        self._http, self._web = http, web
        self._start(self._report())
        self._say(Ready())

    async def end(self) -> None:
        """What is under way is given up: nobody is there to be told."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._flushing is not None:
            self._flushing.cancel()

    def take(self, messages: list[Message] | tuple[Message, ...]) -> None:
        for message in messages:
            match message:
                case Ask(number, query):
                    self._start(self._answer(number, query))
                case Carry(number, errand):
                    self._start(self._run(number, errand))
                case Carried(number, brought):
                    future = self._carried.pop(number)
                    if not future.done():
                        future.set_result(brought)
                case Stop():
                    self._stopped = True
                    self._http.stop()
                case Tell():
                    self._say(self._news(asked_for=True))
                    self._flush()
                case _:
                    raise TypeError(f"{type(message).__name__} goes the other way")

    # -- hosts of others ---------------------------------------------------------------------

    def has(self, host: str) -> bool:
        return self._begin.places.of(host) != self._begin.place

    async def ask(self, errand: Errand) -> Brought:
        self._errands += 1
        number, future = self._errands, asyncio.get_running_loop().create_future()
        self._carried[number] = future
        self._say(Carry(number, errand))
        brought: Brought = await future
        return brought

    # -- own hosts ---------------------------------------------------------------------------

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, number: int, query: Query) -> None:
        if self._stopped:
            self._say(Told(number, _STOPPED))
            return
        try:
            (outcome,) = await self._web.ask((query,))
        except Exception as error:  # noqa: BLE001 - a bug costs its own answer only, as in the driver
            self._say(Told(number, None, _portable(error)))
        else:
            self._say(Told(number, outcome))

    async def _run(self, number: int, errand: Errand) -> None:
        self._say(Carried(number, await self._http.run(errand)))

    # -- telling -----------------------------------------------------------------------------

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(NEWS_S)
            news = self._news(asked_for=False)
            if news.lanes or news.sentences or news != self._told:
                self._told = news
                self._say(news)

    def _news(self, *, asked_for: bool) -> News:
        lanes = self._http.lanes
        changed = tuple(state for state in lanes.snapshot() if self._told_lanes.get(state.host) != state)
        self._told_lanes.update((state.host, state) for state in changed)
        return News(tuple(lanes.requests.items()), changed, lanes.held_back(), tuple(lanes.news()), asked_for)

    def _say(self, message: Message) -> None:
        self._outbox.append(message)
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(GATHER_S, self._flush)

    def _flush(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        frame = memoryview(framed(self._outbox))
        self._outbox.clear()
        try:
            # Waits for a driver that is busy, which is how a slow one is given time.
            while frame:
                frame = frame[os.write(self._outlet, frame) :]
        except BrokenPipeError:
            os._exit(1)  # nobody is there any more


def _portable(error: Exception) -> Exception:
    """Whatever it was, it can be unpickled at the other end."""
    import traceback  # noqa: PLC0415 - for bugs alone

    told = RuntimeError(f"{type(error).__name__}: {error}")
    told.add_note("".join(traceback.format_exception(error)))
    return told
