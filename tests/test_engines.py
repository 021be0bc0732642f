"""Many conversations at once: bounded, and none is held up by those that only wait."""

from __future__ import annotations

import asyncio

from enrich.engines.local import MOST, WINDOW, converse_all
from tests.http.timing import now, run_in_virtual_time

MANY = 2 * MOST


def test_as_many_more_are_begun_as_are_held_back_up_to_a_bound() -> None:
    async def peak(held_back: int) -> int:
        under_way = most = 0

        async def work(item: int) -> int:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(1)
            under_way -= 1
            return item

        plans = converse_all(range(1, MANY), work, stopping=asyncio.Event(), held_back=lambda: held_back)
        assert len([item async for item in plans]) == MANY - 1
        return most

    assert run_in_virtual_time(peak(0)) == WINDOW
    assert run_in_virtual_time(peak(100)) == WINDOW + 100
    assert run_in_virtual_time(peak(MANY)) == MOST


def test_those_that_only_wait_hold_up_nobody() -> None:
    async def scenario() -> float:
        waiting = 0

        async def work(item: int) -> bool:
            nonlocal waiting
            is_slow = item <= WINDOW
            waiting += is_slow
            await asyncio.sleep(300 if is_slow else 0.1)
            waiting -= is_slow
            return is_slow

        plans = converse_all(range(1, 1_000), work, stopping=asyncio.Event(), held_back=lambda: waiting)
        async for is_slow in plans:
            if not is_slow:
                last = now()
        return last

    assert run_in_virtual_time(scenario()) < 5
