from __future__ import annotations

import asyncio
import itertools
import random
from typing import TYPE_CHECKING

import pytest

from enrich.http import Lanes, LaneState, Pace
from enrich.links import Trouble
from tests.http.timing import now, run_in_virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable

FAST = Pace()


def lanes(
    pace_of: Callable[[str], Pace] = lambda _: FAST, *, bound: int = 16, max_wait_s: float = 300.0
) -> Lanes:
    return Lanes(
        bound=bound,
        max_wait_s=max_wait_s,
        pace_of=pace_of,
        clock=now,
        sleep=asyncio.sleep,
        jitter=random.Random(7).random,
    )


class Host:
    """Answers *rate* requests a second, any number where it is None, and 429 past that."""

    def __init__(
        self, lanes: Lanes, name: str = "h", *, rate: float | None = None, seconds: float = 0.05
    ) -> None:
        self.lanes, self.name, self.rate, self.seconds = lanes, name, rate, seconds
        self.started: list[float] = []
        self.ended: list[float] = []
        self.in_flight = self.peak = self.refusals = 0
        self.retry_after_s: float | None = None
        self._allowance, self._last = (1.0 if rate else 0.0), 0.0

    async def ask(self, tries: int = 3) -> int | Trouble:
        """200, 429 after *tries*, or why it was not asked."""
        for _ in range(tries):
            async with self.lanes.turn(self.name, "web") as turn:
                if turn.set_aside:
                    return turn.set_aside
                code = await self._answer()
                if code == 200:
                    turn.succeeded()
                    return 200
                turn.refused(code, self.retry_after_s)
        return 429

    async def _answer(self) -> int:
        self.started.append(now())
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        allowed = self._is_allowed()
        self.refusals += not allowed
        await asyncio.sleep(self.seconds)
        self.in_flight -= 1
        self.ended.append(now())
        return 200 if allowed else 429

    def _is_allowed(self) -> bool:
        if self.rate is None:
            return True
        self._allowance = min(1.0, self._allowance + (now() - self._last) * self.rate)
        self._last = now()
        if self._allowance < 1.0:
            return False
        self._allowance -= 1.0
        return True

    def gaps(self) -> list[float]:
        return [later - sooner for sooner, later in itertools.pairwise(self.started)]


def test_a_host_is_first_asked_twice_at_once_and_then_more_up_to_its_cap() -> None:
    async def scenario() -> tuple[int, int]:
        host = Host(lanes())
        await asyncio.gather(*(host.ask() for _ in range(4)))
        first = host.peak
        await asyncio.gather(*(host.ask() for _ in range(100)))
        return first, host.peak

    first, later = run_in_virtual_time(scenario())

    assert first <= 3
    assert later == FAST.concurrency


def test_the_bound_over_all_lanes_holds() -> None:
    async def scenario() -> int:
        common = lanes(bound=3)
        in_flight = peak = 0

        async def ask(name: str) -> None:
            nonlocal in_flight, peak
            async with common.turn(name, "web"):
                in_flight += 1
                peak = max(peak, in_flight)
                await asyncio.sleep(0.1)
                in_flight -= 1

        await asyncio.gather(*(ask(f"host-{number}") for number in range(20)))
        return peak

    assert run_in_virtual_time(scenario()) == 3


def test_a_pace_is_kept_from_start_to_start() -> None:
    async def scenario() -> list[float]:
        host = Host(lanes(lambda _: Pace(between_s=1.0)), seconds=0.3)
        await asyncio.gather(*(host.ask() for _ in range(5)))
        return host.gaps()

    assert run_in_virtual_time(scenario()) == pytest.approx([1.0] * 4)


def test_a_pace_is_kept_where_the_common_bound_makes_wait() -> None:
    async def scenario() -> list[float]:
        common = lanes(lambda _: Pace(between_s=1.0), bound=1)
        slow = Host(common, "slow", seconds=10.0)
        host = Host(common, "h", seconds=0.1)
        await asyncio.gather(slow.ask(), *(host.ask() for _ in range(3)))
        return host.gaps()

    assert min(run_in_virtual_time(scenario())) >= 1.0


def test_a_pace_from_the_end_of_one_request_to_the_next_is_kept_too() -> None:
    async def scenario() -> list[float]:
        host = Host(lanes(lambda _: Pace(1, between_s=3.0, after_s=3.0)), seconds=2.0)
        await asyncio.gather(*(host.ask() for _ in range(4)))
        return [start - end for end, start in zip(host.ended, host.started[1:], strict=False)]

    assert run_in_virtual_time(scenario()) == pytest.approx([3.0] * 3)


def test_who_came_first_goes_first() -> None:
    async def scenario() -> list[int]:
        order: list[int] = []
        common = lanes(lambda _: Pace(1))

        async def ask(number: int) -> None:
            async with common.turn("h", "web"):
                order.append(number)
                await asyncio.sleep(0.1)

        await asyncio.gather(*(ask(number) for number in range(10)))
        return order

    assert run_in_virtual_time(scenario()) == list(range(10))


def test_a_waiting_lane_holds_up_no_other() -> None:
    async def scenario() -> float:
        common = lanes(bound=2)
        async with common.turn("slow", "web") as turn:
            turn.refused(429, 100.0)
        other = Host(common, "other")
        waiting = [asyncio.create_task(Host(common, "slow").ask()) for _ in range(50)]
        await asyncio.gather(*(other.ask() for _ in range(20)))
        took = now()
        for task in waiting:
            task.cancel()
        return took

    assert run_in_virtual_time(scenario()) < 2


def test_retry_after_is_waited_for() -> None:
    async def scenario() -> float:
        common = lanes()
        async with common.turn("h", "web") as turn:
            turn.refused(429, 42.0)
        await Host(common).ask()
        return now()

    assert run_in_virtual_time(scenario()) == pytest.approx(42.05)


def test_a_host_that_asks_for_more_than_the_longest_pause_is_set_aside_at_once() -> None:
    async def scenario() -> tuple[int | Trouble, float, str]:
        common = lanes(max_wait_s=60.0)
        async with common.turn("h", "web") as turn:
            turn.refused(429, 61.0)
            detail = turn.detail
        return await Host(common).ask(), now(), detail

    outcome, took, detail = run_in_virtual_time(scenario())

    assert outcome is Trouble.SET_ASIDE
    assert took == 0
    assert detail == "429, the host asks to wait 61 s"


def test_a_host_that_refuses_after_three_pauses_is_set_aside_and_those_who_wait_are_told() -> None:
    async def scenario() -> tuple[list[int | Trouble], float, int]:
        host = Host(lanes(lambda _: Pace(1)))
        await host.ask()
        host.rate, host.retry_after_s = 0.0, 10.0
        outcomes = await asyncio.gather(*(host.ask() for _ in range(100)))
        return outcomes, now(), host.refusals

    outcomes, took, refusals = run_in_virtual_time(scenario())

    assert outcomes.count(Trouble.SET_ASIDE) >= 98
    assert refusals == 4
    assert 30 < took < 31


def test_a_host_whose_first_answers_are_all_refusals_is_set_aside() -> None:
    async def scenario() -> tuple[list[int | Trouble], int]:
        host = Host(lanes(), rate=0.0)
        return await asyncio.gather(*(host.ask() for _ in range(50))), host.refusals

    outcomes, refusals = run_in_virtual_time(scenario())

    assert set(outcomes) <= {429, Trouble.SET_ASIDE}
    assert refusals <= 6


@pytest.mark.parametrize("rate", [1, 5, 10, 50])
@pytest.mark.parametrize("retry_after_s", [None, 2.0])
def test_the_pace_a_host_allows_is_learned(rate: float, retry_after_s: float | None) -> None:
    async def scenario() -> tuple[list[int | Trouble], float, int]:
        host = Host(lanes(), rate=rate)
        host.retry_after_s = retry_after_s
        outcomes = await asyncio.gather(*(host.ask() for _ in range(300)))
        return outcomes, now(), host.refusals

    outcomes, took, refusals = run_in_virtual_time(scenario())

    assert set(outcomes) == {200}
    assert refusals < 30
    assert took < 3 * 300 / rate + 30


def test_a_silent_host_is_set_aside_as_silent() -> None:
    async def scenario() -> list[Trouble | None]:
        common = lanes()
        seen = []
        for _ in range(6):
            async with common.turn("h", "web") as turn:
                seen.append(turn.set_aside)
                turn.timed_out()
        return seen

    assert run_in_virtual_time(scenario()) == [None] * 5 + [Trouble.TIMEOUT]


def test_what_is_over_a_run_s_share_waits_for_the_next_run() -> None:
    async def scenario() -> list[int | Trouble]:
        host = Host(lanes(lambda _: Pace(per_run=3)))
        return await asyncio.gather(*(host.ask() for _ in range(5)))

    assert sorted(run_in_virtual_time(scenario()), key=str) == [200, 200, 200, *[Trouble.SET_ASIDE] * 2]


def test_after_a_stop_nobody_waits_and_nothing_is_sent() -> None:
    async def scenario() -> tuple[list[int | Trouble], float]:
        common = lanes(lambda _: Pace(1, between_s=100.0))
        host = Host(common)
        waiting = [asyncio.create_task(host.ask()) for _ in range(10)]
        await asyncio.sleep(1)
        common.stop()
        return await asyncio.gather(*waiting), now()

    outcomes, took = run_in_virtual_time(scenario())

    assert outcomes == [200] + [Trouble.SET_ASIDE] * 9
    assert took == pytest.approx(1.0)


def test_who_waits_for_the_common_bound_hears_of_a_stop_and_takes_no_place() -> None:
    async def scenario() -> tuple[int | Trouble, int | Trouble]:
        common = lanes(bound=1)
        async with common.turn("busy", "web"):
            waiting = asyncio.create_task(Host(common, "waiting").ask())
            await asyncio.sleep(0.1)
            common.stop()
        return await waiting, await Host(common, "another").ask()

    assert run_in_virtual_time(scenario()) == (Trouble.SET_ASIDE, 200)


def test_a_cancelled_wait_leaves_no_trace() -> None:
    async def scenario() -> tuple[LaneState, int | Trouble]:
        common = lanes(lambda _: Pace(1))
        host = Host(common)
        async with common.turn("h", "web"):
            waiting = [asyncio.create_task(host.ask()) for _ in range(3)]
            await asyncio.sleep(0.01)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        return common.snapshot()[0], await host.ask()

    state, outcome = run_in_virtual_time(scenario())

    assert (state.in_flight, state.waiting) == (0, 0)
    assert outcome == 200


def test_the_snapshot_tells_what_every_lane_does() -> None:
    async def scenario() -> tuple[LaneState, ...]:
        common = lanes(max_wait_s=60.0)
        async with common.turn("busy", "web"):
            async with common.turn("pausing", "web") as turn:
                turn.refused(429, 12.0)
            async with common.turn("gone", "web") as turn:
                turn.refused(429, 1_000.0)
            waiting = asyncio.create_task(Host(common, "pausing").ask())
            await asyncio.sleep(0)
            shown = common.snapshot()
            waiting.cancel()
        return shown

    assert run_in_virtual_time(scenario()) == (
        LaneState("busy", 0, 1, 0),
        LaneState("pausing", 1, 0, 1, "waiting 12 s (429)"),
        LaneState("gone", 1, 0, 0, "set aside (429)"),
    )


def test_requests_are_counted_by_who_asked() -> None:
    async def scenario() -> dict[str, int]:
        common = lanes()
        async with common.turn("h", "web"), common.turn("arxiv", "arxiv", Pace(1)):
            pass
        async with common.turn("h", "web"):
            pass
        return dict(common.requests)

    assert run_in_virtual_time(scenario()) == {"web": 2, "arxiv": 1}


def test_that_a_host_refuses_and_that_it_is_set_aside_is_told_once_each() -> None:
    async def scenario() -> list[tuple[float, tuple[str, str]]]:
        common = lanes()
        host = Host(common, "h.org", rate=None)
        await host.ask()
        host.rate, host.retry_after_s = 1e-9, 30.0
        asking = asyncio.gather(*(host.ask(tries=9) for _ in range(20)))
        told = []
        while not asking.done():
            told += [(now(), news) for news in common.news()]
            await asyncio.sleep(0.5)
        return told + [(now(), news) for news in common.news()]

    (first_at, first), (_, second) = run_in_virtual_time(scenario())

    assert first == ("h.org", "429 (Retry-After 30 s). 20 links of this host wait.")
    assert first_at < 5
    assert second == ("h.org", "still 429 after 3 pauses; set aside until the next run.")


def test_a_refusal_that_holds_up_nobody_is_not_told() -> None:
    async def scenario() -> list[tuple[str, str]]:
        common = lanes()
        host = Host(common, "arxiv")
        await host.ask()
        host.rate = 1e-9
        await host.ask(tries=1)
        await asyncio.sleep(5)
        return common.news()

    assert run_in_virtual_time(scenario()) == []


def test_a_source_has_requests_and_one_that_is_stopped_has_no_news() -> None:
    async def scenario() -> list[list[tuple[str, str]]]:
        common = lanes()
        host = Host(common, "arxiv")
        await host.ask()
        host.rate, host.retry_after_s = 1e-9, 30.0
        asking = asyncio.gather(host.ask(), host.ask())
        await asyncio.sleep(5)
        told = [common.news()]
        common.stop()
        await asking
        return [*told, common.news()]

    assert run_in_virtual_time(scenario()) == [
        [("arxiv", "429 (Retry-After 30 s). 2 requests wait.")],
        [],
    ]


def test_only_what_waits_for_its_own_host_is_held_back() -> None:
    async def scenario() -> tuple[int, int]:
        common = lanes(lambda _: Pace(concurrency=1), bound=2)
        slow = Host(common, "slow.org", seconds=60)
        asking = asyncio.gather(*(slow.ask() for _ in range(5)))
        await asyncio.sleep(1)
        of_one = common.held_back()
        others = asyncio.gather(*(Host(common, f"h{name}.org", seconds=60).ask() for name in range(5)))
        await asyncio.sleep(1)
        of_all = common.held_back()
        await asyncio.gather(asking, others)
        return of_one, of_all

    assert run_in_virtual_time(scenario()) == (4, 4)
