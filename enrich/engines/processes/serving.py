"""
What a worker does, whatever its messages come by: it asks its hosts, and judges entries.

It keeps nothing that the driver could not tell again: lanes learn their pace anew.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from enrich.engines.processes.messages import (
    Ask,
    Carried,
    Carry,
    Drop,
    Given,
    Judge,
    Judged,
    News,
    Ready,
    Stop,
    Tell,
    Told,
    Wanted,
    packed,
    portable,
)
from enrich.http import Http
from enrich.models import Failure, Reason
from enrich.sources.web import Web

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping
    from types import TracebackType
    from typing import Self

    from enrich.engines.processes.messages import Begin, Message
    from enrich.http import LaneState
    from enrich.http.errands import Brought, Errand
    from enrich.models import Answer, Query

GATHER_S = 0.004
"""Between an outcome and its way to the driver, together with those that come meanwhile."""
NEWS_S = 0.2
"""Between two looks at how things stand, as often as a screen shows it."""

_STOPPED = Failure(Reason.NETWORK, "the run was stopped")


class Serving:
    """
    One worker, at work inside `async with`; also, for its `Http`, the way to hosts that are not its own.

    *send* gets packed messages for the driver, and may wait until there is room for more.
    """

    def __init__(self, begin: Begin, send: Callable[[bytes], None]) -> None:
        self._begin = begin
        self._send = send
        self._outbox: list[Message] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._carried: dict[int, asyncio.Future[Brought]] = {}
        self._errands = 0
        self._judging: dict[int, asyncio.Task[None]] = {}
        self._given: dict[int, asyncio.Future[Mapping[Query, Answer]]] = {}
        self._turn = asyncio.Lock()
        self._stopped = False
        self._told_lanes: dict[str, LaneState] = {}
        self._told: News | None = None
        self._http = Http(begin.network, begin.links, version=begin.version, elsewhere=self)
        self._web = Web(self._http, begin.links)

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        self._start(self._report())
        self._say(Ready())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is under way is given up: nobody is there to be told."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._flushing is not None:
            self._flushing.cancel()
        await self._http.__aexit__(kind, error, trace)

    def take(self, messages: Iterable[Message]) -> None:
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
                case Judge(number):
                    self._judging[number] = self._start(self._judge(message))
                case Given(number, answers):
                    if (given := self._given.pop(number, None)) and not given.done():
                        given.set_result(answers)
                case Drop(number):
                    if judging := self._judging.get(number):
                        judging.cancel()
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

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _answer(self, number: int, query: Query) -> None:
        if self._stopped:
            self._say(Told(number, _STOPPED))
            return
        try:
            (outcome,) = await self._web.ask((query,))
        except Exception as error:  # noqa: BLE001 - a bug costs its own answer only, as in the driver
            self._say(Told(number, None, portable(error)))
        else:
            self._say(Told(number, outcome))

    async def _run(self, number: int, errand: Errand) -> None:
        self._say(Carried(number, await self._http.run(errand)))

    # -- entries -----------------------------------------------------------------------------

    async def _judge(self, order: Judge) -> None:
        from enrich.worker import converse  # noqa: PLC0415 - where entries are judged, the rules are loaded

        async def fetch(queries: Iterable[Query]) -> Mapping[Query, Answer]:
            future = self._given[order.number] = asyncio.get_running_loop().create_future()
            self._say(Wanted(order.number, tuple(queries)))
            answers: Mapping[Query, Answer] = await future
            await self._one_at_a_time()
            return answers

        try:
            if self._begin.context is None:
                raise ValueError("this worker was told nothing about entries")
            await self._one_at_a_time()
            plan = await converse(order.document, self._begin.context, fetch, order.memories)
        except Exception as error:  # noqa: BLE001 - one entry that breaks does not stop five thousand
            self._say(Judged(order.number, None, portable(error)))
        else:
            self._say(Judged(order.number, plan))
        finally:
            self._judging.pop(order.number, None)
            self._given.pop(order.number, None)

    async def _one_at_a_time(self) -> None:
        """Between two steps of the mind, some milliseconds each, the hosts have their turn."""
        async with self._turn:
            await asyncio.sleep(0)

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
        frame = packed(self._outbox)
        self._outbox.clear()
        self._send(frame)
