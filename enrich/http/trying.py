"""
Try again: jittered exponential pauses, for faults that pass, and for those only.

The one file with retries in it. A refusal (429) is not waited for here: its lane
pauses, and the next try queues in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tenacity import AsyncRetrying, retry_if_result

from enrich.http.faults import Mishap
from enrich.links import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenacity import RetryCallState

    from enrich.http.sending import Received

    Outcome: TypeAlias = Received | Mishap

FIRST_PAUSE_S = 0.5
"""Seconds, doubled with each further try; each drawn from the upper half."""
LONGEST_PAUSE_S = 60.0

_PASSING = frozenset(
    {
        Trouble.NAMES,
        Trouble.REFUSED,
        Trouble.RESET,
        Trouble.UNREACHABLE,
        Trouble.TIMEOUT,
        Trouble.PROXY,
        Trouble.NOT_HTTP,
    }
)
"""NOT_HTTP too: a server that sends a body after HEAD spoils the connection for the next request only."""


class Budget:
    """What one link may cost, over all its hops and tries; waiting for a turn costs nothing."""

    def __init__(self, seconds: float, retries: int) -> None:
        self.seconds = seconds
        self.retries = retries

    @property
    def is_spent(self) -> bool:
        return self.seconds <= 0

    def spend(self, seconds: float) -> None:
        self.seconds -= seconds

    def take_retry(self) -> bool:
        """Whether another try may be made; counts it."""
        if self.is_spent or self.retries <= 0:
            return False
        self.retries -= 1
        return True


def may_pass(outcome: Outcome) -> bool:
    """Whether the same request may get another answer in a moment."""
    if isinstance(outcome, Mishap):
        return outcome.trouble in _PASSING
    return (is_refusal(outcome) or 500 <= outcome.status < 600) and not outcome.is_challenge


def is_refusal(outcome: Outcome) -> bool:
    """Whether the host asked for fewer requests: 429, or a 503 that names a time."""
    if isinstance(outcome, Mishap):
        return False
    asked_to_wait = outcome.status == 503 and "retry-after" in outcome.headers
    return (outcome.status == 429 or asked_to_wait) and not outcome.is_challenge


async def try_again(
    attempt: Callable[[], Awaitable[Outcome]],
    budget: Budget,
    *,
    sleep: Callable[[float], Awaitable[None]],
    jitter: Callable[[], float],
) -> Outcome:
    """The first outcome of *attempt* that will not pass by itself, or the last within *budget*."""
    first = await attempt()
    if not may_pass(first):
        return first
    known = [first]

    async def next_attempt() -> Outcome:
        return known.pop() if known else await attempt()

    def pause_s(state: RetryCallState) -> float:
        if state.outcome is not None and is_refusal(state.outcome.result()):
            return 0.0
        longest_s = min(FIRST_PAUSE_S * 2.0 ** (state.attempt_number - 1), LONGEST_PAUSE_S)
        return longest_s * (0.5 + jitter() / 2)

    async def rest(seconds: float) -> None:
        budget.spend(seconds)
        await sleep(seconds)

    retrying = AsyncRetrying(
        retry=retry_if_result(may_pass),
        stop=lambda _state: not budget.take_retry(),
        wait=pause_s,
        sleep=rest,
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    outcome: Outcome = await retrying(next_attempt)
    return outcome
