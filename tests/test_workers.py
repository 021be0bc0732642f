"""Entries that workers judge, whatever they are reached by; and what a cluster may not know."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.config import Config, FromEnvironment, Links, Network
from enrich.config.options import HostSettings
from enrich.engines.dask.extra import require_dask
from enrich.engines.dask.keeping import hosts_with_credentials, without_credentials
from enrich.engines.processes.hand import Hand
from enrich.engines.processes.hands import Hands
from enrich.engines.processes.lines import Manners
from enrich.engines.processes.messages import Begin, Judge, unpacked
from enrich.engines.processes.places import Places
from enrich.engines.processes.serving import Serving
from enrich.errors import UsageError
from enrich.fetcher import Interrupted
from enrich.files import document_of
from enrich.models import Answer, Failure, Plan, Reason
from enrich.planning import context_for
from enrich.worker import converse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enrich.http.errands import Brought, Errand
    from enrich.models import Query
    from enrich.rule import Context

TODAY = dt.date(2027, 1, 15)
CONTEXT = context_for(Config(), JEKYLL_LINKS, TODAY)
ENTRY = document_of(
    "_publications/a.md",
    b"---\ntitle: A work\nauthors: A. Author\nyear: 2024\nadditional_links:\n"
    b"  - {name: Code, url: 'http://host.example/a'}\n---\n",
)


class Near:
    """A worker in this very loop; where it *dies*, it does so as soon as it is to judge."""

    def __init__(self, *, dies: bool = False) -> None:
        self.name = "near"
        self._dies = dies
        self._inbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._outbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._life = asyncio.get_running_loop().create_task(self._live())

    def send(self, frame: bytes) -> None:
        self._inbox.put_nowait(frame)

    async def receive(self) -> bytes | None:
        return await self._outbox.get()

    def hang_up(self) -> None:
        self._inbox.put_nowait(None)

    def kill(self) -> None:
        self._life.cancel()

    async def ended(self) -> str:
        await asyncio.wait((self._life,))
        return "it was its time"

    async def _live(self) -> None:
        begin, *messages = unpacked(await self._inbox.get() or b"")
        assert isinstance(begin, Begin)
        async with Serving(begin, self._outbox.put_nowait) as serving:
            while not (self._dies and any(isinstance(one, Judge) for one in messages)):
                serving.take(messages)
                frame = await self._inbox.get()
                if frame is None:
                    break
                messages = [*unpacked(frame)]
            else:
                await asyncio.sleep(0.05)  # says that it is ready
        self._outbox.put_nowait(None)


async def nobody(_: Errand) -> Brought:
    raise AssertionError("no errand was expected")


async def offline(queries: Iterable[Query]) -> Mapping[Query, Answer]:
    failure = Failure(Reason.NETWORK, "offline")
    now = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
    return {query: Answer(query, failure, "offline", now) for query in queries}


async def stopped(_: Iterable[Query]) -> Mapping[Query, Answer]:
    raise Interrupted


def begin(context: Context | None = CONTEXT) -> Begin:
    return Begin(Network(), Links(), "1.0", Places(1), 1, context)


def judged(deaths: int, manners: Manners, context: Context | None = CONTEXT) -> tuple[Plan, list[str]]:
    """What comes of the entry where so many workers die over it, and the news of them."""
    left = iter([True] * deaths)

    async def reach() -> Near:
        return Near(dies=next(left, False))

    async def scenario() -> tuple[Plan, list[str]]:
        hand = Hand(begin(context), nobody, reach, manners)
        hand.start()
        try:
            plan = await hand.judge(ENTRY, {}, offline)
        finally:
            await hand.close()
        return plan, [sentence for _, sentence in hand.sentences]

    return asyncio.run(scenario())


MANY = Manners(called="worker {}", lives=9, tries=3)


def test_a_worker_judges_an_entry_as_it_is_judged_here() -> None:
    here = asyncio.run(converse(ENTRY, CONTEXT, offline))

    assert judged(0, MANY) == (here, [])
    assert here.findings


def test_what_workers_that_end_were_to_judge_the_next_one_judges() -> None:
    here = asyncio.run(converse(ENTRY, CONTEXT, offline))

    plan, news = judged(2, MANY)

    assert plan == here
    assert (
        news == ["worker near ended (it was its time); 1 entry looked at again; another takes its place."] * 2
    )


def test_an_entry_over_which_three_workers_end_is_no_chance() -> None:
    with pytest.raises(RuntimeError, match="3 workers ended while they looked at it"):
        judged(3, MANY)


def test_a_bug_at_a_worker_is_told_as_the_error_that_it_is() -> None:
    with pytest.raises(ValueError, match="told nothing about entries") as raised:
        judged(0, MANY, context=None)

    assert "in _judge" in "".join(raised.value.__notes__)


def test_a_run_that_stops_waits_for_no_worker() -> None:
    async def reach() -> Near:
        return Near()

    async def scenario() -> None:
        hands = Hands(Places(1), (Network(),), Links(), version="1.0", reach=(reach,), context=CONTEXT)
        async with hands:
            with pytest.raises(Interrupted):
                await hands.converse(ENTRY, CONTEXT, stopped)
            waiting = asyncio.ensure_future(hands.converse(ENTRY, CONTEXT, forever))
            await asked.wait()
            hands.abandon()
            with pytest.raises(Interrupted):
                await waiting

    asked = asyncio.Event()

    async def forever(_: Iterable[Query]) -> Mapping[Query, Answer]:
        asked.set()
        await asyncio.Event().wait()
        return {}

    asyncio.run(scenario())


def test_without_any_worker_entries_are_judged_here() -> None:
    async def reach() -> Near:
        raise OSError

    async def scenario() -> tuple[Plan, list[tuple[str, str]]]:
        hands = Hands(Places(1), (Network(),), Links(), version="1.0", reach=(reach,), context=CONTEXT)
        async with hands:
            return await hands.converse(ENTRY, CONTEXT, offline), hands.news()

    assert asyncio.run(scenario()) == (asyncio.run(converse(ENTRY, CONTEXT, offline)), [])


def test_hosts_that_get_credentials_are_the_driver_s_and_no_worker_knows_of_them() -> None:
    network = Network(token_env=(("github", "A"), ("papers.example:8443", "B")))
    secret = HostSettings(headers=(("X-Key", FromEnvironment("C")),), delay_s=2.0)
    links = Links(hosts=(("b.example", secret), ("c.example", HostSettings(delay_s=1.0))))

    told, its_links = without_credentials(network, links)

    assert hosts_with_credentials(network, links) == {"papers.example", "b.example"}
    assert told.token_env == ()
    assert [settings.headers for _, settings in its_links.hosts] == [(), ()]
    assert its_links.host("b.example").delay_s == 2.0


def test_without_its_extra_the_command_that_installs_it_is_named() -> None:
    with pytest.raises(UsageError, match=r"pip install 'distributed>=") as raised:
        require_dask(found=lambda _: None)

    assert raised.value.exit_code == 2
    require_dask(found=lambda _: "there")
