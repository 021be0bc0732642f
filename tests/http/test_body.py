from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from enrich.http.body import Body, read_body
from enrich.http.faults import Mishap
from enrich.links import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TEXT = b"all work and no play " * 100


async def _chunks(data: bytes, size: int) -> AsyncIterator[bytes]:
    yield b""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def read(data: bytes, encoding: str = "", bound: int = 1_000_000, size: int = 100) -> Body | Mishap:
    return asyncio.run(read_body(_chunks(data, size), encoding, bound))


def _bare_deflate(data: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return pack.compress(data) + pack.flush()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), " X-GZIP "),
        (zlib.compress(TEXT), "deflate"),
        (_bare_deflate(TEXT), "deflate"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_is_read_whole_whatever_its_coding(data: bytes, encoding: str, size: int) -> None:
    assert read(data, encoding, size=size) == Body(TEXT, complete=True)


@pytest.mark.parametrize(("data", "encoding"), [(TEXT, ""), (gzip.compress(TEXT, mtime=0), "gzip")])
def test_a_body_ends_at_its_bound(data: bytes, encoding: str) -> None:
    assert read(data, encoding, bound=50) == Body(TEXT[:50], complete=False)


def test_a_body_that_just_fits_is_whole() -> None:
    assert read(TEXT, bound=len(TEXT)) == Body(TEXT, complete=True)


def test_an_empty_body_is_one() -> None:
    assert read(b"", "gzip") == Body(b"", complete=True)


def test_a_bomb_costs_its_first_bytes_only() -> None:
    bomb = gzip.compress(bytes(50_000_000), compresslevel=1)
    tracemalloc.start()

    body = read(bomb, "gzip", bound=1_000_000, size=65_536)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert isinstance(body, Body)
    assert len(body.content) == 1_000_000
    assert peak < 10_000_000


def test_a_body_cut_short_is_known() -> None:
    assert read(gzip.compress(TEXT)[:-10], "gzip") == Mishap(Trouble.RESET, "the answer was cut short")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_what_can_not_be_read_is_no_answer(encoding: str) -> None:
    outcome = read(b"<html>not compressed</html>", encoding)

    assert isinstance(outcome, Mishap)
    assert outcome.trouble is Trouble.NOT_HTTP
