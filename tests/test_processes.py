"""Which process asks which host, how many there are, and what passes between them."""

from __future__ import annotations

import asyncio
import os
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config import Links, Network
from enrich.engines.processes.hand import Hand
from enrich.engines.processes.lines import NotBegun
from enrich.engines.processes.messages import Ask, Begin, Carry, Told, packed, unpacked
from enrich.engines.processes.pipes import LENGTH, Starting, framed
from enrich.engines.processes.places import Places
from enrich.engines.processes.sharing import ENTRIES, IN_FLIGHT, MOST, Shares, processes, shares
from enrich.engines.processes.starting import start
from enrich.http.errands import Brought, Errand
from enrich.http.trying import Budget
from enrich.http.way import Way
from enrich.models import Failure, LinkCheck, LinkQuery
from tests.http.answers import Answer, Answers, http_over, redirect
from tests.http.timing import run_in_virtual_time

if TYPE_CHECKING:
    from enrich.http import Fetched, Http

HOSTS = st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){1,3}", fullmatch=True)


@given(HOSTS, st.integers(1, 16))
def test_a_host_has_one_place_and_never_the_driver_s_unless_it_is_one_of_its_own(
    host: str, number: int
) -> None:
    places = Places(number)

    assert 1 <= places.of(host) == Places(number).of(host) <= number
    assert Places(number, frozenset({host})).of(host) == 0


@given(st.integers(1, 256), st.integers(0, 16))
def test_what_is_in_flight_is_divided_and_nobody_is_left_with_nothing(concurrency: int, wanted: int) -> None:
    number = processes(wanted, concurrency, entries=1, remembered=0)
    share = shares(concurrency, number)

    assert len(share.others) == number <= wanted
    assert share.own + sum(share.others) == concurrency
    assert min(share.own, *share.others, 256) >= 1


def test_of_a_hundred_most_are_the_processes() -> None:
    assert shares(100, 0) == Shares(100)
    assert shares(100, 1) == Shares(8, (92,))
    assert shares(65, 2) == Shares(8, (29, 28))


def test_without_being_told_so_processes_start_only_where_it_pays() -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    assert processes(None, IN_FLIGHT, ENTRIES, 0) == min(cores - 1, MOST)
    assert processes(None, IN_FLIGHT - 1, ENTRIES, 0) == 0
    assert processes(None, IN_FLIGHT, ENTRIES - 1, 0) == 0
    assert processes(None, IN_FLIGHT, ENTRIES, ENTRIES) == 0


def test_frames_hold_messages_in_their_order() -> None:
    errand = Errand("GET", "https://a.example/", (), True, 10, 2.0, 1)
    sent = (Ask(1, LinkQuery("https://a.example/")), Carry(2, errand), Told(3, None, ValueError("bug")))

    frame = framed(packed(sent))

    assert LENGTH.unpack(frame[: LENGTH.size]) == (len(frame) - LENGTH.size,)
    *same, told = unpacked(frame[LENGTH.size :])
    assert tuple(same) == sent[:2]
    assert isinstance(told, Told)
    assert repr(told) == repr(sent[2])


def test_a_way_goes_on_elsewhere_with_its_cookies_and_what_is_left_to_spend() -> None:
    way = Way("GET", "https://a.example/", 8)
    way._keep([b"seen=1; Path=/"])
    way.at_home = False

    errand = way.errand(10, Budget(2.0, 1))
    (frame,) = unpacked(packed([Carry(1, errand)]))

    assert isinstance(frame, Carry)
    there = Way.of(frame.errand)
    assert (there.method, there.url, there.at_home) == ("GET", "https://a.example/", False)
    assert [cookie.value for cookie in there.cookies.jar] == ["1"] if there.cookies else False
    assert (frame.errand.page_bytes, frame.errand.seconds, frame.errand.retries) == (10, 2.0, 1)
    assert "seen" not in repr(frame)


NOWHERE = "https://127.0.0.1/"
"""A private address: its verdict needs no network."""


def begin() -> Begin:
    return Begin(Network(concurrency=2), Links(), "1.0", Places(1), 1)


async def nobody(_: Errand) -> Brought:
    raise AssertionError("no errand was expected")


async def pid_of(hand: Hand) -> int:
    while hand.name is None:  # noqa: ASYNC110 - nobody else wants to know
        await asyncio.sleep(0.01)
    return int(hand.name)


def test_what_a_process_that_dies_was_asked_is_asked_once_more_and_then_left_open() -> None:
    async def scenario() -> tuple[list[object], list[str], bool]:
        hand = Hand(begin(), nobody, Starting(start))
        hand.start()
        told: list[object] = [await hand.ask(LinkQuery(NOWHERE))]
        for _ in range(2):
            pid = await pid_of(hand)
            question = asyncio.ensure_future(hand.ask(LinkQuery(NOWHERE)))
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            told.append(await question)
        while hand.is_able:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await hand.close()
        return told, [sentence for _, sentence in hand.sentences], hand.is_able

    told, sentences, is_able = asyncio.run(scenario())

    whole, again, second = told
    assert isinstance(whole, LinkCheck)
    assert again == whole
    assert isinstance(second, Failure)
    assert second.detail == "the process that asked ended before its time"
    assert sentences == [
        "a process that asks links ended (signal 9); 1 question asked again; another takes its place.",
        "a process that asks links ended (signal 9); 1 question left open; its hosts are asked without it.",
    ]
    assert not is_able


def test_what_a_process_that_never_started_was_to_be_asked_is_not_begun() -> None:
    async def scenario() -> list[str]:
        hand = Hand(begin(), nobody, Starting(partial(start, "/nowhere/python")))
        hand.start()
        with pytest.raises(NotBegun):
            await hand.ask(LinkQuery(NOWHERE))
        await hand.close()
        return [sentence for _, sentence in hand.sentences]

    told = asyncio.run(scenario())

    assert told == ["a process that asks links did not start (No such file or directory); asked without it."]


class _Others:
    """Another process, which asks `b.example`."""

    def __init__(self) -> None:
        self.http: Http | None = None
        self.errands: list[Errand] = []

    def has(self, host: str) -> bool:
        return host == "b.example"

    async def ask(self, errand: Errand) -> Brought:
        self.errands.append(errand)
        assert self.http
        return await self.http.run(errand)


def test_a_redirect_to_a_host_of_another_process_is_asked_there() -> None:
    at_a = Answers({"https://a.example/1": redirect("https://b.example/2"), "https://a.example/3": 200})
    at_b = Answers({"https://b.example/2": Answer(302, {"location": "https://a.example/3"}, after_s=2.0)})
    others = _Others()

    async def scenario() -> tuple[Fetched, Budget]:
        async with http_over(at_a, elsewhere=others) as here, http_over(at_b) as there:
            others.http = there
            budget = here.budget()
            return await here.fetch("https://a.example/1", budget), budget

    fetched, budget = run_in_virtual_time(scenario())

    assert [hop.url for hop in fetched.observation.hops] == [
        "https://a.example/1",
        "https://b.example/2",
        "https://a.example/3",
    ]
    assert (at_a.asked, at_b.asked) == (
        ["GET https://a.example/1", "GET https://a.example/3"],
        ["GET https://b.example/2"],
    )
    assert others.errands[0].seconds - budget.seconds == pytest.approx(2.0)
