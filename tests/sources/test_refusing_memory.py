"""A memory that refuses ends the asking, and says why at the end."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from enrich.errors import StateError
from enrich.fetcher import Fetcher, Interrupted
from enrich.models import LinkCheck, LinkQuery, LinkStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import Answer, AnswerOutcome, Query

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OK = LinkCheck(LinkStatus.OK, "200 OK", code=200)


class Refusing:
    """A memory that refuses from the first call of *what* on."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.flushed = 0

    def get(self, _: Query) -> Answer | None:
        self._refuse("get")
        return None

    def put(self, answer: Answer) -> Answer:
        self._refuse("put")
        return answer

    def flush(self) -> None:
        self.flushed += 1
        self._refuse("flush")

    def _refuse(self, what: str) -> None:
        if what == self.what:
            raise StateError(f"{what}: disk I/O error")


class Web:
    name, batch = "web", 1

    def __init__(self) -> None:
        self.asked = 0

    def accepts(self, _: Query) -> bool:
        return True

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | None]:
        self.asked += len(queries)
        return [OK for _ in queries]


@pytest.mark.parametrize(("what", "asked"), [("get", 0), ("put", 1), ("flush", 1)])
def test_nothing_more_is_asked_and_the_end_says_why(what: str, asked: int) -> None:
    web, memory = Web(), Refusing(what)
    ends: list[bool] = []

    async def scenario() -> None:
        async with Fetcher([web], memory, now=lambda: NOW) as fetcher:
            for number in range(3):
                try:
                    await fetcher.answer([LinkQuery(f"https://a.org/{number}")])
                    ends.append(True)
                except Interrupted:
                    ends.append(False)
                await asyncio.sleep(0.05)

    with pytest.raises(StateError, match=f"{what}: disk I/O error"):
        asyncio.run(scenario())

    assert web.asked == asked
    assert ends == [what == "flush", False, False]
    assert memory.flushed >= 1
