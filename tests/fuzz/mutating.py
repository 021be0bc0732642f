"""
Bytes made out of other bytes: cut, doubled, spliced, spoilt, nested, blown up.

What is made depends on the generator alone, so a number brings an input back.
"""

# ruff: noqa: E501 - what it begins from is data
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

TOKENS = (
    b"\x00", b"\x1b[31m", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\r", b"\r\n",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\\ud800", b"\\u0000", b"\\", b"'", b'"', b"---\n", b"...\n", b"+++\n", b"\n---\n",
    b": ", b"- ", b"? ", b"&a ", b"*a", b"!!python/object:os.system ", b"!!binary ", b"|\n", b">-\n  ", b"{", b"}",
    b"[", b"]", b"<<: *a\n", b"# enrich: ignore[LNK101] until=9999-99-99\n", b"~", b"null", b"true", b".nan", b"-.inf",
    b"1e999", b"0x", b"0o8", b"9999-99-99", b"2001-12-14t21:59:43.10-05:00", b"1" * 5_000, b"a" * 70_000,
    b"https://", b"//", b"://", b"@", b"[::1", b"%", b"%zz", b"%00", b"#", b"?", b"&", b"&#x110000;", b"&lt;", b"<!--",
    b"-->", b"<![CDATA[", b"<script>", b"<title>", b"</", b"<!DOCTYPE a [<!ENTITY b \"c\">]>", b"\\(", b"$", b"\\frac{",
    b"arXiv:", b"hf2410.21276", b"2410.21276v99999", b"10.48550/", b"hep-th/9999999", b"doi:", b"::error::", b"##[",
    b"''", b'""""', b"'''", b"[[a]]\n", b"a.b.c = ", b"\t", b" " * 300, b"-1", b"18446744073709551616", b"1970-01-01",
    b'{"v":2}', b'{"v":1,"is":', b"NaN", b"Infinity", b"[[[[[[[[", b"\n",
)  # fmt: skip
LONGEST = 200_000
"""Bytes: what is larger costs the same again and finds nothing else."""


def mutated(random: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of *seeds* with some changes, or nothing of any."""
    data = random.choice(seeds)
    for _ in range(min(8, 1 + int(random.expovariate(0.6)))):
        data = random.choice(_CHANGES)(random, data, seeds)[:LONGEST]
    return data


def _place(random: random.Random, data: bytes) -> int:
    return random.randint(0, len(data))


def _part(random: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(random, data)
    return start, min(len(data), start + 1 + int(random.expovariate(1 / 12)))


def _spoil(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _part(random, data)
    return data[:start] + random.randbytes(end - start) + data[end:]


def _insert(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    place = _place(random, data)
    return data[:place] + random.choice(TOKENS) + data[place:]


def _replace(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _part(random, data)
    return data[:start] + random.choice(TOKENS) + data[end:]


def _remove(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _part(random, data)
    return data[:start] + data[end:]


def _cut(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: _place(random, data)]


def _repeat(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _part(random, data)
    return data[:end] + data[start:end] * random.choice((1, 2, 10, 1_000)) + data[end:]


def _move(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _part(random, data)
    rest = data[:start] + data[end:]
    place = _place(random, rest)
    return rest[:place] + data[start:end] + rest[place:]


def _splice(random: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = random.choice(seeds)
    return data[: _place(random, data)] + other[_place(random, other) :]


def _nest(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    opening, closing = random.choice(
        ((b"[", b"]"), (b"{a: ", b"}"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"- ", b""))
    )
    place, depth = _place(random, data), random.choice((3, 50, 1_500))
    return data[:place] + opening * depth + closing * depth + data[place:]


_CHANGES: tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...] = (
    _spoil, _insert, _insert, _replace, _replace, _remove, _cut, _repeat, _move, _splice, _nest,
)  # fmt: skip
