from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from enrich.http import Guard, Names
from enrich.http.connection import Connection
from enrich.http.faults import Refusal
from enrich.links import Trouble
from tests.http.serving import PUBLIC, PublicInternet, answered, serving
from tests.http.timing import run_in_virtual_time


class Answering:
    """A resolver that gives each of *answers* in turn, the last one for ever; counts its questions."""

    def __init__(self, *answers: tuple[str, ...] | Exception, seconds: float = 0.0) -> None:
        self._answers = list(answers)
        self._seconds = seconds
        self.asked: list[str] = []

    async def __call__(self, host: str) -> tuple[str, ...]:
        self.asked.append(host)
        await asyncio.sleep(self._seconds)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Dialling:
    """Notes what is dialled; the addresses in *dead* refuse."""

    def __init__(self, *dead: str) -> None:
        self.dialled: list[str] = []
        self.shares: list[float] = []
        self._dead = dead

    async def __call__(self, address: str, port: int, timeout_s: float) -> Connection:  # noqa: ARG002
        self.dialled.append(address)
        self.shares.append(timeout_s)
        if address in self._dead:
            raise httpx.ConnectError("refused")
        connection = Connection()
        connection.peer = address
        return connection


def refused(lookup: Answering, *, port: int = 443, dial: Dialling | None = None) -> Trouble:
    """Why no connection is made to the host that *lookup* resolves."""
    guard = Guard(Names(lookup), dial=dial or Dialling())
    with pytest.raises(Refusal) as raised:
        asyncio.run(guard.connect("acme.org", port, 10.0))
    return raised.value.mishap.trouble


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("169.254.169.254",),
        ("10.0.0.1",),
        ("0.0.0.0",),
        ("100.64.0.1",),
        ("198.18.0.1",),
        ("224.0.0.1",),
        ("::1",),
        ("fe80::1%eth0",),
        ("::ffff:169.254.169.254",),
        ("64:ff9b::a9fe:a9fe",),
        ("2002:a9fe:a9fe::",),
        ("2001:0:a9fe:a9fe::",),
        (PUBLIC, "10.0.0.1"),
        ("10.0.0.1", PUBLIC),
        (PUBLIC, "fd00::1"),
    ],
)
def test_a_name_with_an_address_that_is_not_public_is_never_dialled(addresses: tuple[str, ...]) -> None:
    dialling = Dialling()

    assert refused(Answering(addresses), dial=dialling) is Trouble.PRIVATE
    assert dialling.dialled == []


def test_port_0_is_never_dialled() -> None:
    assert refused(Answering((PUBLIC,)), port=0) is Trouble.PRIVATE


def test_the_address_that_was_checked_is_the_one_that_is_dialled() -> None:
    dialling = Dialling()
    lookup = Answering((PUBLIC,), ("127.0.0.1",))
    guard = Guard(Names(lookup), dial=dialling)

    async def scenario() -> None:
        await guard.connect("acme.org", 443, 10.0)
        await guard.connect("acme.org", 443, 10.0)

    asyncio.run(scenario())

    assert dialling.dialled == [PUBLIC, PUBLIC]
    assert lookup.asked == ["acme.org"]


def test_a_name_that_turns_private_after_it_was_forgotten_is_refused() -> None:
    dialling = Dialling()
    names = Names(Answering((PUBLIC,), ("127.0.0.1",)))
    guard = Guard(names, dial=dialling)

    async def scenario() -> None:
        await guard.connect("acme.org", 443, 10.0)
        names.forget("acme.org")
        await guard.connect("acme.org", 443, 10.0)

    with pytest.raises(Refusal):
        asyncio.run(scenario())

    assert dialling.dialled == [PUBLIC]


def test_the_next_address_is_tried_where_one_refuses_and_the_time_is_shared() -> None:
    dialling = Dialling("8.8.8.8")
    guard = Guard(Names(Answering(("8.8.8.8", PUBLIC))), dial=dialling)

    asyncio.run(guard.connect("acme.org", 443, 10.0))

    assert dialling.dialled == ["8.8.8.8", PUBLIC]
    assert dialling.shares == [5.0, 5.0]


def test_where_all_addresses_refuse_the_last_refusal_is_told_and_not_all_are_tried() -> None:
    addresses = tuple(f"8.8.8.{number}" for number in range(1, 20))
    dialling = Dialling(*addresses)
    guard = Guard(Names(Answering(addresses)), dial=dialling)

    with pytest.raises(httpx.ConnectError, match="refused"):
        asyncio.run(guard.connect("acme.org", 443, 10.0))

    assert len(dialling.dialled) == 4


@pytest.mark.parametrize("peer", ["127.0.0.1", "8.8.8.8", None])
def test_a_connection_that_leads_elsewhere_is_closed(peer: str | None) -> None:
    async def scenario() -> int:
        async with serving(lambda _: answered()) as server:
            guard = Guard(Names(Answering((PUBLIC,))), dial=PublicInternet(server.port, peer=peer))
            with pytest.raises(Refusal) as raised:
                await guard.connect("acme.org", 80, 10.0)
            assert raised.value.mishap.trouble is Trouble.PRIVATE
            await asyncio.sleep(0.01)
            return len(server.requests)

    assert asyncio.run(scenario()) == 0


def test_where_private_addresses_are_allowed_they_are_dialled() -> None:
    dialling = Dialling()
    guard = Guard(Names(Answering(("10.0.0.1",))), deny_private=False, dial=dialling)

    asyncio.run(guard.connect("acme.org", 443, 10.0))

    assert dialling.dialled == ["10.0.0.1"]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), Trouble.NO_HOST),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Trouble.NAMES),
        (socket.gaierror(socket.EAI_FAIL, "x"), Trouble.NAMES),
        (OSError("x"), Trouble.NAMES),
        (UnicodeError("label too long"), Trouble.NAMES),
        ((), Trouble.NAMES),
    ],
)
def test_only_the_name_servers_no_is_no_such_host(
    answer: tuple[str, ...] | Exception, trouble: Trouble
) -> None:
    assert refused(Answering(answer)) is trouble


def test_many_who_ask_for_one_name_share_one_question() -> None:
    lookup = Answering((PUBLIC,), seconds=1.0)
    names = Names(lookup)

    async def scenario() -> list[tuple[str, ...]]:
        return await asyncio.gather(*(names.addresses("acme.org") for _ in range(50)))

    assert run_in_virtual_time(scenario()) == [(PUBLIC,)] * 50
    assert lookup.asked == ["acme.org"]


def test_who_gives_up_waiting_takes_the_answer_from_nobody() -> None:
    lookup = Answering((PUBLIC,), seconds=2.0)
    names = Names(lookup)

    async def scenario() -> tuple[str, ...]:
        impatient = asyncio.create_task(names.addresses("acme.org"))
        patient = asyncio.create_task(names.addresses("acme.org"))
        await asyncio.sleep(1)
        impatient.cancel()
        return await patient

    assert run_in_virtual_time(scenario()) == (PUBLIC,)


def test_that_a_name_is_absent_is_remembered_and_that_nobody_knew_is_not() -> None:
    absent = Answering(socket.gaierror(socket.EAI_NONAME, "x"))
    failing = Answering(socket.gaierror(socket.EAI_AGAIN, "x"), (PUBLIC,))

    async def scenario() -> tuple[str, ...]:
        for _ in range(2):
            with pytest.raises(socket.gaierror):
                await Names(absent).addresses("a")
        names = Names(absent)
        for _ in range(2):
            with pytest.raises(socket.gaierror):
                await names.addresses("gone.org")
        names = Names(failing)
        with pytest.raises(socket.gaierror):
            await names.addresses("acme.org")
        return await names.addresses("acme.org")

    assert run_in_virtual_time(scenario()) == (PUBLIC,)
    assert absent.asked.count("gone.org") == 1


def test_what_is_still_asked_at_the_end_is_given_up() -> None:
    async def scenario() -> None:
        names = Names(Answering((PUBLIC,), seconds=100.0))
        waiting = asyncio.create_task(names.addresses("acme.org"))
        await asyncio.sleep(1)
        names.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    run_in_virtual_time(scenario())


def test_the_system_resolves_a_literal_address_to_itself() -> None:
    async def scenario() -> tuple[str, ...]:
        return await Names().addresses("127.0.0.1")

    assert asyncio.run(scenario()) == ("127.0.0.1",)
