"""
Lanes: one per host or API, each with its own pace, and a bound over all of them.

A lane starts carefully, grows while the host answers, and gives way when it refuses:
it pauses as long as it is told to, then asks less densely. One that goes on refusing
is set aside for the run. A lane that waits holds up nobody else: whoever is first in
it waits for it, and takes a place under the common bound only when it may send.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from typing import TYPE_CHECKING, Self

from enrich.http.manners import Manners
from enrich.links import Trouble
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from enrich.http.exchange import Pace

SETTLED_S = 2.0
"""How long a host must have refused before it is told: by then it is known how many wait for it."""
STOPPED = "the run was stopped"


@dataclass(frozen=True, slots=True)
class LaneState:
    """What a progress display shows of a lane."""

    host: str
    done: int
    """Requests that ended."""
    in_flight: int
    waiting: int
    note: str = ""
    """`waiting 12 s (429)`, `set aside (429)`."""


class Turn:
    """Leave to send one request, or the reason why there is none; `async with` waits for it."""

    def __init__(self, lanes: Lanes, lane: _Lane, asker: str) -> None:
        self._lanes = lanes
        self._lane = lane
        self._asker = asker
        self.began_at = 0.0
        self.set_aside: Trouble | None = None
        """Why the lane sends nothing more; None where this turn may send."""

    async def __aenter__(self) -> Self:
        self.set_aside = await self._lane.enter(self._lanes.bound)
        self.began_at = self._lane.clock()
        if self.set_aside is None:
            self._lanes.requests[self._asker] += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.set_aside is None:
            self._lane.leave()
            self._lanes.bound.release()

    @property
    def detail(self) -> str:
        """Why, for people."""
        return self._lane.manners.aside_detail

    def succeeded(self) -> None:
        """The host answered; whatever the answer, it was no refusal."""
        self._lane.manners.succeeded()

    def refused(self, code: int, retry_after_s: float | None) -> None:
        """The host asked for fewer requests."""
        self._lane.refused(self.began_at, code, retry_after_s)

    def timed_out(self) -> None:
        self._lane.timed_out()


class Lanes:
    """All lanes of a run. Belongs to one event loop."""

    def __init__(
        self,
        *,
        bound: int,
        max_wait_s: float,
        pace_of: Callable[[str], Pace],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
    ) -> None:
        """
        *bound* requests in flight, all lanes together; *pace_of* a host, where no pace is named.

        *clock* counts seconds and never goes back; *jitter* draws from 0 up to 1.
        """
        self.bound = asyncio.Semaphore(bound)
        """For turns."""
        self._max_wait_s = max_wait_s
        self._pace_of = pace_of
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._lanes: dict[str, _Lane] = {}
        self.requests: Counter[str] = Counter()
        """Requests sent, by who asked."""

    def turn(self, name: str, asker: str, pace: Pace | None = None) -> Turn:
        """To be entered: that waits until lane *name* may send, and holds its place until it is left."""
        lane = self._lanes.get(name)
        if lane is None:
            manners = Manners(pace or self._pace_of(name), self._max_wait_s, self._jitter)
            lane = self._lanes[name] = _Lane(name, manners, self._clock, self._sleep)
        return Turn(self, lane, asker)

    def stop(self) -> None:
        """Nothing more is sent: whoever waits is told so at once; requests under way go on."""
        for lane in self._lanes.values():
            lane.manners.set_aside(Trouble.SET_ASIDE, STOPPED)
            lane.changed.set()

    def held_back(self) -> int:
        """Requests that wait for their own host, and not for a place among all requests in flight."""
        return sum(lane.held_back() for lane in self._lanes.values())

    def news(self) -> list[tuple[str, str]]:
        """
        What people should know and were not told yet: the lane, and a sentence.

        That a host refuses, the first time, and that it is set aside.
        """
        return [(lane.name, sentence) for lane in self._lanes.values() for sentence in lane.news()]

    def snapshot(self) -> tuple[LaneState, ...]:
        """Every lane as it is now, in the order in which they were first used."""
        return tuple(lane.state() for lane in self._lanes.values())


class _Lane:
    def __init__(
        self,
        name: str,
        manners: Manners,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.name = name
        self.manners = manners
        self.clock = clock
        self._refused: tuple[float, str] | None = None
        """When it first refused, and with what."""
        self._told_of_refusal = self._told_that_aside = False
        self.changed = asyncio.Event()
        self._sleep = sleep
        self._gate = asyncio.Lock()
        self._waiting = 0

    async def enter(self, bound: asyncio.Semaphore) -> Trouble | None:
        """Waits for its turn, first come first served; what it returns is why there is none."""
        self._waiting += 1
        try:
            async with self._gate:
                while self.manners.aside is None:
                    wait_s = self.manners.wait_s(self.clock())
                    if wait_s > 0:
                        await self._until_changed(wait_s)
                        continue
                    await bound.acquire()
                    if self.manners.aside is None and self.manners.wait_s(self.clock()) <= 0:
                        self.manners.started(self.clock())
                        return None
                    bound.release()
                return self.manners.aside
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        self.manners.ended(self.clock())
        self.changed.set()

    def refused(self, began_at: float, code: int, retry_after_s: float | None) -> None:
        self.manners.refused(self.clock(), began_at, code, retry_after_s)
        self.changed.set()
        if self._refused is None:
            asked = "" if retry_after_s is None else f" (Retry-After {math.ceil(retry_after_s):,} s)"
            self._refused = self.clock(), f"{code}{asked}"

    def timed_out(self) -> None:
        self.manners.timed_out()
        self.changed.set()

    def news(self) -> Iterator[str]:
        if self._refused and not self._told_of_refusal and self.manners.aside is None and self._waiting:
            refused_at, how = self._refused
            if self.clock() - refused_at >= SETTLED_S:
                self._told_of_refusal = True
                yield f"{how}. {self._who_waits()}."
        if self.manners.aside and not self._told_that_aside and self.manners.aside_detail != STOPPED:
            self._told_that_aside = True
            yield f"{self.manners.aside_detail}; set aside until the next run."

    def _who_waits(self) -> str:
        one = self._waiting == 1
        if "." not in self.name:  # a source, not a host
            return f"{self._waiting:,} {'request waits' if one else 'requests wait'}"
        return f"{self._waiting:,} {'link of this host waits' if one else 'links of this host wait'}"

    def held_back(self) -> int:
        return self._waiting if self._waiting and self.manners.wait_s(self.clock()) > 0 else 0

    async def _until_changed(self, wait_s: float) -> None:
        """Returns after *wait_s*, or sooner where the lane was changed; infinity waits for a change."""
        self.changed.clear()
        if wait_s == float("inf"):
            await self.changed.wait()
            return
        waits = (
            asyncio.ensure_future(self._sleep(wait_s)),
            asyncio.ensure_future(self.changed.wait()),
        )
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def state(self) -> LaneState:
        manners = self.manners
        note = manners.note(self.clock())
        return LaneState(self.name, manners.done, manners.in_flight, self._waiting, note)
