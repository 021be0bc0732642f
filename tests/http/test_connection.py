"""Connections and the pool of them, against servers that do what servers do."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from enrich.http import connection as connections
from enrich.http.connection import Connection, Stale, dial
from enrich.http.pool import KEEP_ALIVE_S, MOST_IDLE, Pool, most_idle
from tests.http.serving import Server, answered, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

ASK = b"GET / HTTP/1.1\r\nHost: acme.org\r\n\r\n"


@asynccontextmanager
async def played(*pieces: bytes | float | None) -> AsyncIterator[Connection]:
    """A connection to a server that after each request sends *pieces*, rests so many seconds, or closes."""
    ended = asyncio.Event()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                for piece in pieces:
                    if piece is None:
                        return
                    if isinstance(piece, float):
                        await asyncio.sleep(piece)
                    else:
                        writer.write(piece)
                        await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            ended.set()

    server = await asyncio.start_server(play, "127.0.0.1", 0)
    line = await dial("127.0.0.1", server.sockets[0].getsockname()[1], 5.0)
    try:
        yield line
    finally:
        line.close()
        server.close()
        async with asyncio.timeout(5):
            await ended.wait()
        await asyncio.sleep(0)


async def content_of(line: Connection) -> bytes:
    return b"".join([part async for part in line.body(5.0)])


def given_back(line: Connection) -> list[Connection]:
    """Lets *line* go; holds it as soon as it may be used again."""
    back: list[Connection] = []
    line.release(back.append)
    return back


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what is waited for is no event
            await asyncio.sleep(0.001)


def on(scenario: Callable[[Connection], Awaitable[None]], *pieces: bytes | float | None) -> None:
    async def whole() -> None:
        async with played(*pieces) as line:
            await scenario(line)

    asyncio.run(whole())


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        (answered(body=b"hello"),),
        (b"HTTP/1.1 100 Continue\r\n\r\n", answered(body=b"hello")),
        (answered(body=b"hello")[:30], 0.01, answered(body=b"hello")[30:]),
        tuple(bytes([byte]) for byte in CHUNKED + b"2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\na: b\r\n\r\n"),
    ],
)
def test_answers_follow_each_other_on_one_connection(pieces: tuple[bytes | float, ...]) -> None:
    async def scenario(line: Connection) -> None:
        for _ in range(3):
            assert (await line.ask("GET", ASK, 5.0)).status == 200
            assert await content_of(line) == b"hello"
            assert given_back(line) == [line]

    on(scenario, *pieces)


def test_a_body_may_end_with_the_connection_which_is_then_not_used_again() -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 5.0)
        assert await content_of(line) == b"all of it"
        assert given_back(line) == []

    on(scenario, b"HTTP/1.1 200 OK\r\n\r\nall ", 0.01, b"of it", None)


@pytest.mark.parametrize(
    "pieces",
    [
        (answered(body=b"x" * 1_000),),
        (answered(body=b"x" * 1_000)[:500], 0.02, answered(body=b"x" * 1_000)[500:]),
        (CHUNKED + b"3\r\nabc\r\n", 0.02, b"0\r\n\r\n"),
    ],
)
def test_a_short_body_that_nobody_reads_does_not_cost_the_connection(
    pieces: tuple[bytes | float, ...],
) -> None:
    async def scenario(line: Connection) -> None:
        for _ in range(2):
            await line.ask("GET", ASK, 5.0)
            back = given_back(line)
            await until(back.__len__)
            assert back == [line]

    on(scenario, *pieces)


@pytest.mark.parametrize(
    "pieces",
    [
        (answered(body=b"x" * 100_000),),
        (CHUNKED, *([b"4000\r\n" + b"x" * 0x4000 + b"\r\n"] * 10)),
        (CHUNKED, 0.01, b"no length\r\n"),
        (answered(body=b"x" * 10)[:-5], None),
    ],
)
def test_a_long_or_spoilt_body_that_nobody_reads_costs_the_connection(
    pieces: tuple[bytes | float | None, ...],
) -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 5.0)
        back = given_back(line)
        await until(lambda: not line.is_usable)
        await asyncio.sleep(0.02)
        assert back == []

    on(scenario, *pieces)


@pytest.mark.parametrize(
    "pieces", [(answered() + b"more",), (answered(), 0.02, b"HTTP/1.1 404 Not Found\r\n\r\n")]
)
def test_what_comes_unasked_is_never_the_next_answer(pieces: tuple[bytes | float, ...]) -> None:
    async def scenario(line: Connection) -> None:
        assert (await line.ask("HEAD", ASK, 5.0)).status == 200
        back = given_back(line)
        await until(lambda: not line.is_usable)

        with pytest.raises(Stale):
            await line.ask("GET", ASK, 5.0)
        assert back in ([], [line])

    on(scenario, *pieces)


def test_a_body_without_end_is_held_back_while_nobody_reads() -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 5.0)
        await asyncio.sleep(0.1)
        held = len(line._received)
        await asyncio.sleep(0.1)

        assert held == len(line._received) <= 2 * connections.MOST_RECEIVED
        assert len(await content_of(line)) == 8_000_000

    on(scenario, b"HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n", *([b"x" * 1_000_000] * 8))


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ((0.5,), httpx.ReadTimeout),
        ((b"HTTP/1.1 200 OK\r\nContent-", 0.5), httpx.ReadTimeout),
        ((None,), httpx.RemoteProtocolError),
        ((b"HTTP/1.1 200 OK\r\n", None), httpx.RemoteProtocolError),
        ((b"220 mail.acme.org ESMTP\r\n",), httpx.RemoteProtocolError),
        ((b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 5_000,), httpx.RemoteProtocolError),
    ],
)
def test_what_is_no_answer_is_raised(
    pieces: tuple[bytes | float | None, ...], error: type[Exception]
) -> None:
    async def scenario(line: Connection) -> None:
        with pytest.raises(error) as raised:
            await line.ask("GET", ASK, 0.1)
        assert not isinstance(raised.value, Stale)

    on(scenario, *pieces)


def test_a_body_that_stops_coming_is_a_timeout() -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 5.0)
        with pytest.raises(httpx.ReadTimeout):
            async for _ in line.body(0.05):
                pass

    on(scenario, answered(body=b"hello")[:-2], 0.3)


def test_who_waits_long_after_a_short_wait_is_not_cut_short() -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 0.1)
        assert await content_of(line) == b"hello"

    whole = answered(body=b"hello")
    on(scenario, whole[:-2], 0.3, whole[-2:])


def test_a_body_that_drips_ends_at_its_deadline() -> None:
    async def scenario(line: Connection) -> None:
        await line.ask("GET", ASK, 5.0)
        with pytest.raises(httpx.ReadTimeout):
            async for _ in line.body(5.0, asyncio.get_running_loop().time() + 0.1):
                pass

    on(scenario, answered(body=b"x" * 99)[:-90], b"x", 0.05, b"x", 0.05, b"x", 0.05, b"x")


# -- the pool ------------------------------------------------------------------------------------


class Standing(Connection):
    """A connection that is no more than its state."""

    def __init__(self, *, since: float = 0.0, usable: bool = True) -> None:
        super().__init__()
        self.idle_since = since
        self.usable = usable
        self.closed = False

    @property
    def is_usable(self) -> bool:
        return self.usable

    def close(self) -> None:
        self.closed = True


async def _pool_gives_the_newest_that_lives() -> None:
    pool, old, dead = Pool(), Standing(), Standing()
    pool.put("acme.org", old)
    pool.put("acme.org", dead)
    dead.usable = False

    assert pool.take("other.org") is None
    assert pool.take("acme.org") is old
    assert dead.closed
    assert pool.take("acme.org") is None
    pool.close()


async def _pool_keeps_so_many() -> None:
    pool = Pool()
    kept = [Standing() for _ in range(most_idle() + 1)]
    for number, connection in enumerate(kept):
        pool.put(number, connection)

    assert [connection.closed for connection in kept[:2]] == [True, False]
    pool.close()
    assert all(connection.closed for connection in kept)
    late = Standing()
    pool.put("late", late)
    assert late.closed


async def _pool_closes_what_is_under_way() -> None:
    pool, lent = Pool(), Standing()
    pool.watch(lent)

    pool.close()

    assert lent.closed


async def _pool_sweeps() -> None:
    now = asyncio.get_running_loop().time()
    pool, old, new = Pool(), Standing(since=now - KEEP_ALIVE_S), Standing(since=now)
    pool.put("a", old)
    pool.put("b", new)

    pool._sweep()

    assert (old.closed, new.closed) == (True, False)
    pool.close()


@pytest.mark.parametrize(
    "scenario",
    [
        _pool_gives_the_newest_that_lives,
        _pool_keeps_so_many,
        _pool_closes_what_is_under_way,
        _pool_sweeps,
    ],
)
def test_the_pool(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scenario()

    asyncio.run(whole())


def test_no_more_connections_wait_than_files_may_be_open() -> None:
    assert 1 <= most_idle() <= MOST_IDLE


def test_a_server_counts_one_connection_for_answers_that_are_read() -> None:
    async def scenario() -> tuple[int, int]:
        server: Server
        async with serving(lambda _: answered(body=b"x")) as server:
            line = await dial("127.0.0.1", server.port, 5.0)
            for _ in range(3):
                await line.ask("GET", ASK, 5.0)
                await content_of(line)
                given_back(line)
            line.close()
            return server.connections, len(server.requests)

    assert asyncio.run(scenario()) == (1, 3)
