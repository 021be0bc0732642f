"""
One worker, from where it is told what to do.

Where it could not be reached, what it was to be asked is not begun, and somebody else asks;
where it ends before its time, another takes its place, as often as it may, and is asked the
same again: requests for pages may be repeated, and the pace of its hosts is learned anew.
What was under way with `tries` workers that ended is left open, for it may be why they did.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from enrich.engines.processes.lines import PROCESSES, NotBegun
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
    unpacked,
)
from enrich.fetcher import Interrupted
from enrich.http.errands import Brought
from enrich.http.faults import Mishap
from enrich.links import Trouble
from enrich.models import Failure, Reason
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from enrich.engines.processes.lines import Line, Manners, Reach
    from enrich.engines.processes.messages import Begin, Message
    from enrich.http import LaneState
    from enrich.http.errands import Errand
    from enrich.models import AnswerOutcome, Document, Plan, Query
    from enrich.proposing import Memories
    from enrich.worker import Fetch

    Answered: TypeAlias = AnswerOutcome | None

Outcome = TypeVar("Outcome")

GATHER_S = 0.004
"""Between a question and its way to the worker, together with those that come meanwhile."""
END_S = 5.0
"""How long a worker may take to end once it was told to."""
TELL_S = 2.0
"""How long a worker may take to say how things stand."""

_ENDED = "the process that asked ended before its time"
_OPEN = Failure(Reason.TIMEOUT, _ENDED)


@dataclass(slots=True, eq=False)
class _Open(Generic[Outcome]):
    """What was asked and is not known yet."""

    order: Message
    future: asyncio.Future[Outcome]
    tries: int = 0


class Hand:
    def __init__(
        self,
        begin: Begin,
        carry: Callable[[Errand], Awaitable[Brought]],
        reach: Reach,
        manners: Manners = PROCESSES,
    ) -> None:
        """*carry* runs an errand to a host of somebody else; *reach* gets a worker."""
        self._reach = reach
        self._begin = begin
        self._carry = carry
        self._manners = manners
        self._line: Line | None = None
        self._name = ""
        self._outbox: list[Message] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._asked: dict[int, _Open[Answered]] = {}
        self._carried: dict[int, _Open[Brought]] = {}
        self._judged: dict[int, _Open[Plan]] = {}
        self._fetches: dict[int, Fetch] = {}
        self._number = 0
        self._life: asyncio.Task[None] | None = None
        self._helping: set[asyncio.Task[None]] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._is_ready = False
        self._is_closing = False
        self._is_stopped = False
        self._told = asyncio.Event()
        self._requests: Counter[str] = Counter()
        self._requests_before: Counter[str] = Counter()
        self.is_able = True
        """False once it has ended for good: nothing more may be asked."""
        self.lanes: dict[str, LaneState] = {}
        self.held_back = 0
        self.sentences: list[tuple[str, str]] = []
        """News that nobody was told yet; whoever tells them takes them away."""

    @property
    def requests(self) -> Counter[str]:
        return self._requests_before + self._requests

    @property
    def name(self) -> str | None:
        """Of the worker; None where there is none at the moment."""
        return self._line.name if self._line else None

    @property
    def judging(self) -> int:
        """Entries that are under way there."""
        return len(self._judged)

    def start(self) -> None:
        """Returns at once; what is asked before the worker is there waits for it."""
        self._life = asyncio.get_running_loop().create_task(self._live())

    async def close(self) -> None:
        """Whatever is still under way is given up."""
        self._is_closing = True
        if self._flushing is not None:
            self._flushing.cancel()
        for task in self._helping:
            task.cancel()
        if self._life is None:
            return
        line = self._line
        if line is not None:
            line.hang_up()
        _, late = await asyncio.wait((self._life,), timeout=END_S)
        if late and line is not None:
            line.kill()
        elif late:
            self._life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._life

    # -- asking ------------------------------------------------------------------------------

    async def ask(self, query: Query) -> Answered:
        """Raises NotBegun, and RuntimeError for a bug at the worker."""
        self._number += 1
        return await self._open(self._asked, Ask(self._number, query))

    async def run(self, errand: Errand) -> Brought:
        """Raises NotBegun."""
        self._number += 1
        return await self._open(self._carried, Carry(self._number, errand))

    async def judge(self, document: Document, memories: Memories, fetch: Fetch) -> Plan:
        """
        What a conversation with the entry comes to, the questions of which *fetch* answers.

        Raises NotBegun, what *fetch* raises, and what the conversation does.
        """
        self._number += 1
        number = self._number
        self._fetches[number] = fetch
        try:
            return await self._open(self._judged, Judge(number, document, memories))
        finally:
            del self._fetches[number]
            if self._judged.pop(number, None):
                self._say(Drop(number))

    async def _open(self, among: dict[int, _Open[Outcome]], order: Ask | Carry | Judge) -> Outcome:
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        among[order.number] = _Open(order, future)
        self._say(order)
        return await future

    def stop(self) -> None:
        self._is_stopped = True
        self._say(Stop())

    def abandon(self) -> None:
        """Wait for no entry any more."""
        for one in self._judged.values():
            if not one.future.done():
                one.future.set_exception(Interrupted())

    async def tell(self) -> None:
        """Returns once it is known how things stand, or the worker does not say so."""
        if not (self._is_ready and self.is_able):
            return
        self._told.clear()
        self._say(Tell())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TELL_S):
                await self._told.wait()

    def _say(self, message: Message) -> None:
        self._outbox.append(message)
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(GATHER_S, self._flush)

    def _flush(self) -> None:
        self._flushing = None
        if self._line is None or not self._outbox:
            return  # goes out first when the worker is there
        self._line.send(packed(self._outbox))
        self._outbox.clear()

    # -- its life ----------------------------------------------------------------------------

    async def _live(self) -> None:
        try:
            for life in range(1, self._manners.lives + 1):
                self._is_ready = False
                ended = await self._live_once()
                if self._is_closing:
                    return
                self._lost(ended, again=self._is_ready and life < self._manners.lives)
                if not self._is_ready:
                    return
        finally:
            self.is_able = False
            self._give_up_open()

    async def _live_once(self) -> str:
        """From its start to its end; how it ended."""
        try:
            line = await self._reach()
        except OSError as error:
            self._name = ""
            return error.strerror or str(error)
        self._line, self._name = line, line.name
        stop = (Stop(),) if self._is_stopped else ()
        line.send(packed((self._begin, *stop, *self._outbox)))
        self._outbox.clear()
        if self._is_closing:
            line.hang_up()
        try:
            while (frame := await line.receive()) is not None:
                for message in unpacked(frame):
                    self._take(message)
        except Exception as error:  # noqa: BLE001 - a bug costs this worker, and not the run
            line.kill()
            return repr(error)
        finally:
            self._line = None
            ended = await line.ended()
        return ended

    def _take(self, message: Message) -> None:
        match message:
            case Told(number, outcome, error):
                _settle(self._asked.pop(number), outcome, error)
            case Carried(number, brought):
                _settle(self._carried.pop(number), brought)
            case Carry(number, errand):
                carrying = self._help(self._carry_back(number, errand))
                self._carrying.add(carrying)
                carrying.add_done_callback(self._carrying.discard)
            case Wanted(number, queries):
                self._help(self._give(number, queries))
            case Judged(number, plan, error):
                if judged := self._judged.pop(number, None):
                    _settle(judged, plan, error)
            case News():
                self._note(message)
            case Ready():
                self._is_ready = True
            case _:
                raise TypeError(f"{type(message).__name__} goes the other way")

    def _help(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._helping.add(task)
        task.add_done_callback(self._helping.discard)
        return task

    async def _carry_back(self, number: int, errand: Errand) -> None:
        self._say(Carried(number, await self._carry(errand)))

    async def _give(self, number: int, queries: tuple[Query, ...]) -> None:
        fetch, line = self._fetches.get(number), self._line
        if fetch is None:
            return  # nobody wants to know any more
        try:
            answers = await fetch(queries)
        except Exception as error:  # noqa: BLE001 - whoever waits for the entry gets it
            if (judged := self._judged.get(number)) and not judged.future.done():
                judged.future.set_exception(error)
        else:
            # Where the worker has ended meanwhile, the next one asks for itself.
            if line is self._line:
                self._say(Given(number, answers))

    def _note(self, news: News) -> None:
        self._requests = Counter(dict(news.requests))
        self.lanes.update((state.host, state) for state in news.lanes)
        self.held_back = news.held_back
        self.sentences += news.sentences
        if news.asked_for:
            self._told.set()

    # -- its end -----------------------------------------------------------------------------

    def _lost(self, ended: str, *, again: bool) -> None:
        """What was under way is asked again, or left open where that may be why the worker ended."""
        if self._is_ready:
            asked = len(self._asked)
            self._count_a_try()
            self._leave_open(self._manners.tries if again else 1)
            parts = (
                (len(self._asked), "question", "questions", "asked again"),
                (len(self._judged), "entry", "entries", "looked at again"),
                (asked - len(self._asked), "question", "questions", "left open"),
            )
            told = "".join(
                f"{number:,} {one if number == 1 else many} {done}; "
                for number, one, many, done in parts
                if number
            )
            then = "another takes its place" if again else "its hosts are asked without it"
            self._tell(f"ended ({ended}); {told}{then}", ended)
        else:
            self._tell(f"did not start ({ended}); asked without it", ended)
        self._requests_before += self._requests
        self._requests.clear()
        self.lanes.clear()
        self.held_back = 0
        self._told.set()
        # Not what answers the conversations' questions: others may wait for the same.
        for task in self._carrying:
            task.cancel()
        self._outbox[:] = (one.order for one in self._all_open())

    def _tell(self, sentence: str, ended: str) -> None:
        if ended:
            called = self._manners.called.format(self._name)
            self.sentences.append((self._manners.lane, f"{called} {sentence}."))

    def _count_a_try(self) -> None:
        for one in self._all_open():
            one.tries += 1

    def _all_open(self) -> Iterator[_Open[Answered] | _Open[Brought] | _Open[Plan]]:
        yield from self._asked.values()
        yield from self._carried.values()
        yield from self._judged.values()

    def _leave_open(self, tries: int) -> None:
        """What as many workers have been told, or more."""
        for number, asked in tuple(self._asked.items()):
            if asked.tries >= tries:
                _settle(self._asked.pop(number), _OPEN)
        for number, carried in tuple(self._carried.items()):
            if carried.tries >= tries and isinstance(carried.order, Carry):
                errand = carried.order.errand
                mishap = Mishap(Trouble.TIMEOUT, _ENDED)
                _settle(self._carried.pop(number), Brought(mishap, errand.seconds, errand.retries))
        for number, judged in tuple(self._judged.items()):
            if judged.tries >= self._manners.tries:
                why = RuntimeError(f"{judged.tries} workers ended while they looked at it")
                _settle(self._judged.pop(number), None, why)

    def _give_up_open(self) -> None:
        for one in self._all_open():
            if not one.future.done():
                one.future.set_exception(NotBegun())
        self._asked.clear()
        self._carried.clear()
        self._judged.clear()


def _settle(one: _Open[Outcome], outcome: Outcome | None, error: Exception | None = None) -> None:
    if one.future.done():
        return
    if error is None:
        one.future.set_result(outcome)  # type: ignore[arg-type]
    else:
        one.future.set_exception(error)
