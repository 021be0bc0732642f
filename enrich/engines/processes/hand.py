"""
One process that asks links, from where it is told what to do.

Where it could not be started, what it was to be asked is not begun, and somebody else asks;
where it ends before its time, what it was asked is left open, and it is started once more,
to learn the pace of its hosts anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from enrich.engines.processes.messages import (
    LENGTH,
    Ask,
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
from enrich.engines.processes.starting import start
from enrich.http.errands import Brought
from enrich.http.faults import Mishap
from enrich.links import Trouble
from enrich.models import Failure, Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from enrich.engines.processes.messages import Begin, Message
    from enrich.http import LaneState
    from enrich.http.errands import Errand
    from enrich.models import AnswerOutcome, Query

    Answered: TypeAlias = AnswerOutcome | None

GATHER_S = 0.004
"""Between a question and its way to the process, together with those that come meanwhile."""
END_S = 5.0
"""How long a process may take to end once its input has."""
TELL_S = 2.0
"""How long a process may take to say how things stand."""

_ENDED = "the process that asked ended before its time"
_OPEN = Failure(Reason.TIMEOUT, _ENDED)


class NotBegun(Exception):  # noqa: N818 - says who did not ask, and is no error
    """The process was never there: its hosts were not asked."""


class Hand:
    def __init__(
        self,
        begin: Begin,
        carry: Callable[[Errand], Awaitable[Brought]],
        *,
        first: asyncio.Task[asyncio.subprocess.Process] | None = None,
        python: str = sys.executable,
    ) -> None:
        """
        *carry* runs an errand to a host of somebody else; the *first* process may be on its way.
        """
        self._first = first
        self._python = python
        self._begin = begin
        self._carry = carry
        self._process: asyncio.subprocess.Process | None = None
        self._outbox: list[Message] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._asked: dict[int, asyncio.Future[Answered]] = {}
        self._carried: dict[int, tuple[Errand, asyncio.Future[Brought]]] = {}
        self._number = 0
        self._life: asyncio.Task[None] | None = None
        self._carrying: set[asyncio.Task[None]] = set()
        self._is_ready = False
        self._is_closing = False
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
    def pid(self) -> int | None:
        """None before the process was started, and after its end."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Returns at once; what is asked before the process is there waits for it."""
        self._life = asyncio.get_running_loop().create_task(self._live())

    async def close(self) -> None:
        """Whatever is still under way is given up."""
        self._is_closing = True
        if self._flushing is not None:
            self._flushing.cancel()
        for task in self._carrying:
            task.cancel()
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
        if self._life is None:
            return
        _, late = await asyncio.wait((self._life,), timeout=END_S)
        if late and process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await self._life

    # -- asking ------------------------------------------------------------------------------

    async def ask(self, query: Query) -> Answered:
        """Raises NotBegun, and RuntimeError for a bug in the process."""
        self._number += 1
        future: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._asked[self._number] = future
        self._say(Ask(self._number, query))
        return await future

    async def run(self, errand: Errand) -> Brought:
        """Raises NotBegun."""
        self._number += 1
        future: asyncio.Future[Brought] = asyncio.get_running_loop().create_future()
        self._carried[self._number] = errand, future
        self._say(Carry(self._number, errand))
        return await future

    def stop(self) -> None:
        self._say(Stop())

    async def tell(self) -> None:
        """Returns once it is known how things stand, or the process does not say so."""
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
        stdin = self._process.stdin if self._process else None
        if stdin is None or not self._outbox:
            return  # goes out first when the process is there
        if not stdin.is_closing():
            stdin.write(framed(self._outbox))
        self._outbox.clear()

    # -- its life ----------------------------------------------------------------------------

    async def _live(self) -> None:
        try:
            for again in (True, False):
                self._is_ready = False
                ended = await self._live_once()
                if self._is_closing:
                    return
                self._lost(ended, again=again and self._is_ready)
                if not self._is_ready:
                    return
        finally:
            self.is_able = False
            self._give_up_open()

    async def _live_once(self) -> str:
        """From its start to its end; how it ended."""
        try:
            process = await (self._first or start(self._python))
        except OSError as error:
            return error.strerror or str(error)
        finally:
            self._first = None
        self._process = process
        if process.stdin is None or process.stdout is None:
            raise ValueError("it was started with pipes")
        process.stdin.write(framed((self._begin, *self._outbox)))
        self._outbox.clear()
        if self._is_closing:
            process.stdin.close()
        try:
            await self._listen(process.stdout)
        except Exception as error:  # noqa: BLE001 - a bug costs this process, and not the run
            process.kill()
            return repr(error)
        finally:
            self._process = None
            process.stdin.close()
            code = await process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    async def _listen(self, stdout: asyncio.StreamReader) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                (length,) = LENGTH.unpack(await stdout.readexactly(LENGTH.size))
                for message in unframed(await stdout.readexactly(length)):
                    self._take(message)

    def _take(self, message: Message) -> None:
        match message:
            case Told(number, outcome, error):
                asked = self._asked.pop(number)
                if asked.done():
                    return
                if error is None:
                    asked.set_result(outcome)
                else:
                    asked.set_exception(error)
            case Carried(number, brought):
                _, carried = self._carried.pop(number)
                if not carried.done():
                    carried.set_result(brought)
            case Carry(number, errand):
                task = asyncio.get_running_loop().create_task(self._carry_back(number, errand))
                self._carrying.add(task)
                task.add_done_callback(self._carrying.discard)
            case News():
                self._note(message)
            case Ready():
                self._is_ready = True
            case _:
                raise TypeError(f"{type(message).__name__} goes the other way")

    async def _carry_back(self, number: int, errand: Errand) -> None:
        self._say(Carried(number, await self._carry(errand)))

    def _note(self, news: News) -> None:
        self._requests = Counter(dict(news.requests))
        self.lanes.update((state.host, state) for state in news.lanes)
        self.held_back = news.held_back
        self.sentences += news.sentences
        if news.asked_for:
            self._told.set()

    def _lost(self, ended: str, *, again: bool) -> None:
        """What is open stays so, where it may have been asked."""
        left = len(self._asked)
        if self._is_ready:
            whose = f"{left:,} {'question' if left == 1 else 'questions'} left open"
            then = "it is started again" if again else "its hosts are asked without it"
            self.sentences.append(("web", f"a process that asks links ended ({ended}); {whose}; {then}."))
            self._leave_open()
        else:
            self.sentences.append(
                ("web", f"a process that asks links did not start ({ended}); asked without it.")
            )
        self._requests_before += self._requests
        self._requests.clear()
        self.lanes.clear()
        self.held_back = 0
        self._told.set()
        self._outbox.clear()
        for task in self._carrying:
            task.cancel()

    def _leave_open(self) -> None:
        for asked in self._asked.values():
            if not asked.done():
                asked.set_result(_OPEN)
        for errand, carried in self._carried.values():
            if not carried.done():
                mishap = Mishap(Trouble.TIMEOUT, _ENDED)
                carried.set_result(Brought(mishap, errand.seconds, errand.retries))
        self._asked.clear()
        self._carried.clear()

    def _give_up_open(self) -> None:
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(NotBegun())
        for _, carried in self._carried.values():
            if not carried.done():
                carried.set_exception(NotBegun())
        self._asked.clear()
        self._carried.clear()
