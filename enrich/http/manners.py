"""
How densely one host may be asked, learned from how it answers. No I/O: told times, it says how long to wait.

Additive increase, multiplicative decrease, as TCP does it: one more request in
flight per window of answers, half as many after a refusal or a timeout.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from enrich.links import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.http.exchange import Pace

FIRST_LIMIT = 2
"""Requests in flight to a host that nobody knows yet."""
MOST_PAUSES = 3
"""Pauses without progress, after which a host is set aside for the run."""
PROGRESS = 8
"""Answers after a pause that make it forgotten."""
FIRST_REFUSALS = 4
"""Refusals by a host that has never answered otherwise, after which it is set aside."""
FIRST_TIMEOUTS = 5
"""Timeouts in a row of a host that has never answered, after which it is set aside."""
SHORTEST_PAUSE_S = 2.0
"""Seconds to pause where a refusal does not say; doubled with each further pause."""
SLOWED_S = 0.1
"""Seconds between starts after a first refusal; doubled with each further one."""
SPEED_UP = 0.97
"""What an answer makes of the seconds between starts: half of them after 23 answers."""
LONGEST_LEARNED_S = 5.0
"""Most seconds between starts that the answers since the last pause can teach."""
LONGEST_BETWEEN_S = 60.0


class Manners:
    def __init__(self, pace: Pace, max_wait_s: float, jitter: Callable[[], float]) -> None:
        self._pace = pace
        self._max_wait_s = max_wait_s
        self._jitter = jitter
        self._limit = min(FIRST_LIMIT, pace.concurrency)
        self._between_s = pace.between_s
        self._window = 0
        self._started = 0
        self._first_start = math.inf
        self._next_start = -math.inf
        self._answers = 0
        self._answers_since_pause = 0
        self._pauses = 0
        self._refusals = 0
        self._timeouts = 0
        self._paused_at = -math.inf
        self._paused_until = -math.inf
        self._paused_by = 0
        self.done = 0
        self.in_flight = 0
        self.aside: Trouble | None = None
        """Why nothing more is sent in this run; None while something is."""
        self.aside_detail = ""

    # -- asking ------------------------------------------------------------------------------

    def wait_s(self, now: float) -> float:
        """Seconds until the next request may start; infinity where one in flight must end first."""
        if self.in_flight >= self._limit:
            return math.inf
        return max(0.0, self._next_start - now, self._paused_until - now)

    def note(self, now: float) -> str:
        because = f" ({self._paused_by})" if self._paused_by else ""
        if self.aside is not None:
            return f"set aside{because}"
        left_s = self._paused_until - now
        return f"waiting {math.ceil(left_s)} s{because}" if left_s > 0 else ""

    # -- telling -----------------------------------------------------------------------------

    def started(self, now: float) -> None:
        self.in_flight += 1
        self._started += 1
        self._first_start = min(self._first_start, now)
        self._next_start = now + self._between_s
        if self._pace.per_run is not None and self._started >= self._pace.per_run:
            self.set_aside(Trouble.SET_ASIDE, f"only {self._pace.per_run} requests a run, by `per-run`")

    def ended(self, now: float) -> None:
        self.in_flight -= 1
        self.done += 1
        self._next_start = max(self._next_start, now + self._pace.after_s)

    def succeeded(self) -> None:
        self._answers += 1
        self._timeouts = 0
        self._window += 1
        if self._window >= self._limit:
            self._window = 0
            self._limit = min(self._limit + 1, self._pace.concurrency)
        faster = self._between_s * SPEED_UP
        self._between_s = max(self._pace.between_s, faster if faster > SLOWED_S / 8 else 0.0)
        self._answers_since_pause += 1
        if self._answers_since_pause >= PROGRESS:
            self._pauses = 0

    def refused(self, now: float, began_at: float, code: int, retry_after_s: float | None) -> None:
        """A request that began at *began_at* was refused with *code*."""
        self._refusals += 1
        if began_at <= self._paused_at:
            # An echo of the refusal that began this pause: it was under way already.
            self._paused_until = max(self._paused_until, now + min(retry_after_s or 0.0, self._max_wait_s))
        else:
            self._pause(now, code, retry_after_s)
        if retry_after_s is not None and retry_after_s > self._max_wait_s:
            self.set_aside(Trouble.SET_ASIDE, f"{code}, the host asks to wait {math.ceil(retry_after_s)} s")
        elif self._pauses > MOST_PAUSES:
            self.set_aside(Trouble.SET_ASIDE, f"still {code} after {MOST_PAUSES} pauses")
        elif not self._answers and self._refusals >= FIRST_REFUSALS:
            self.set_aside(Trouble.SET_ASIDE, f"{code} to every one of the first requests")

    def _pause(self, now: float, code: int, retry_after_s: float | None) -> None:
        self._halve()
        self._pauses += 1
        self._slow_down(now)
        if retry_after_s is None:
            shortest_s = max(SHORTEST_PAUSE_S, 2 * self._pace.between_s, 2 * self._pace.after_s)
            retry_after_s = shortest_s * 2 ** (self._pauses - 1) * (0.5 + self._jitter())
        self._paused_at = now
        self._paused_until = now + min(retry_after_s, self._max_wait_s)
        self._paused_by = code

    def _slow_down(self, now: float) -> None:
        since = self._first_start if self._paused_at == -math.inf else self._paused_at
        learned_s = min((now - since) / (self._answers_since_pause + 1), LONGEST_LEARNED_S)
        slower_s = min(max(self._between_s * 2, SLOWED_S, learned_s), LONGEST_BETWEEN_S)
        self._between_s = max(slower_s, self._pace.between_s)
        self._answers_since_pause = 0

    def timed_out(self) -> None:
        self._halve()
        self._timeouts += 1
        if not self._answers and self._timeouts >= FIRST_TIMEOUTS:
            self.set_aside(Trouble.TIMEOUT, f"no answer in time to the first {FIRST_TIMEOUTS} requests")

    def _halve(self) -> None:
        self._limit = max(1, self._limit // 2)
        self._window = 0

    def set_aside(self, why: Trouble, detail: str) -> None:
        """For the rest of the run; the first reason stays."""
        if self.aside is None:
            self.aside, self.aside_detail = why, detail
