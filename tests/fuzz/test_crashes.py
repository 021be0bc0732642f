"""Bytes that once broke what reads them, and that whatever reads bytes takes some of any kind."""

from __future__ import annotations

import pytest

from tests.fuzz.running import fuzz
from tests.fuzz.targets import TARGETS, Target

BROKE = {
    "arXiv's Atom": (
        b"<?xml version='1.0' encoding='NaN-8'?><feed></feed>",
        b"<?xml version='1.0' encoding='utf-7'?><feed></feed>",
    ),
    "snapshots": (b"[" * 5_000, b'{"v":' + b"[" * 5_000),
    "rows of the cache": (b"[" * 5_000, b"search:" + b"[" * 5_000),
    "saved reports": (b"[1" + b"1" * 5_000 + b"]", b"[" * 5_000),
    "answers of people and pull requests": (b"[1" + b"1" * 5_000 + b"]",),
    "configuration": (b"[[ignore]]\nru = 1\n" * 300,),
}
"""By what reads them."""


@pytest.mark.parametrize(
    ("name", "content"), [(name, content) for name, contents in BROKE.items() for content in contents]
)
def test_what_broke_a_reader_breaks_it_no_more(name: str, content: bytes) -> None:
    (target,) = [target for target in TARGETS if target.name == name]

    target.take(content)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_few_bytes_of_any_kind_break_nothing(target: Target) -> None:
    left = iter(range(40))

    outcome = fuzz(target, 0, lambda: next(left, None) is not None)

    assert outcome.inputs == 40
    assert outcome.crashes == {}
