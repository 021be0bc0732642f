"""What one source can't decide, the fetcher asks of the next."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from enrich.cache import Memory
from enrich.fetcher import Fetcher, Interrupted
from enrich.models import LinkCheck, LinkQuery, LinkStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.models import Answer, AnswerOutcome, Query

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OK = LinkCheck(LinkStatus.OK, "200 OK", code=200)


class Knows:
    """A source that knows some addresses, and can't decide about the others."""

    def __init__(self, name: str, batch: int, *known: str, fetchers: Sequence[Fetcher] = ()) -> None:
        """*fetchers* are stopped when it is asked."""
        self.name, self.batch, self.known, self.fetchers = name, batch, known, fetchers
        self.asked: list[list[str]] = []

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | None]:
        for fetcher in self.fetchers:
            fetcher.stop()
        urls = [query.url for query in queries if isinstance(query, LinkQuery)]
        self.asked.append(urls)
        return [OK if url in self.known else None for url in urls]


def run(
    sources: Sequence[Knows],
    *urls: str,
    fetchers: list[Fetcher] | None = None,
) -> Mapping[str, Answer] | Exception:
    """The answers by address, or what is raised instead; the fetcher is added to *fetchers*."""

    async def scenario() -> Mapping[str, Answer] | Exception:
        async with Fetcher(sources, Memory(None), now=lambda: NOW) as fetcher:
            if fetchers is not None:
                fetchers.append(fetcher)
            queries = [LinkQuery(url) for url in urls]
            try:
                answers = await fetcher.answer(queries)
            except (LookupError, Interrupted) as error:
                return error
            return {query.url: answers[query] for query in queries}

    return asyncio.run(scenario())


@pytest.mark.parametrize("batch", [1, 100])
def test_the_answer_is_that_of_the_source_that_gave_it(batch: int) -> None:
    first, second, third = Knows("first", batch, "a"), Knows("second", 1, "b"), Knows("third", batch, "c")

    answers = run([first, second, third], "a", "b", "c")

    assert isinstance(answers, dict)
    assert {url: answer.source for url, answer in answers.items()} == {
        "a": "first",
        "b": "second",
        "c": "third",
    }
    assert sorted(url for urls in second.asked for url in urls) == ["b", "c"]
    assert third.asked == [["c"]]


@pytest.mark.parametrize("batch", [1, 100])
def test_where_no_source_is_left_whoever_asked_is_told(batch: int) -> None:
    told = run([Knows("first", batch)], "a")

    assert isinstance(told, LookupError)
    assert "no source answers" in str(told)


@pytest.mark.parametrize("batch", [1, 100])
def test_a_run_that_is_stopping_asks_nobody_else(batch: int) -> None:
    fetchers: list[Fetcher] = []
    first, second = Knows("first", batch, fetchers=fetchers), Knows("second", 1, "a")

    told = run([first, second], "a", fetchers=fetchers)

    assert isinstance(told, Interrupted)
    assert second.asked == []
