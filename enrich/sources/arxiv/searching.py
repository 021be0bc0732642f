"""
Papers of arXiv by title, one request a title.

The answer is what arXiv lists, no more: which of it is the paper in question is
for `matching` to say. A list that does not hold all that was found is no answer,
for a twin may be missing in it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from enrich.models import Candidates, Failure, NotFound, Reason, Record, SearchQuery
from enrich.sources.arxiv.channel import SOURCE
from enrich.sources.arxiv.feed import Feed, Refused, Unusable, parse_search
from enrich.sources.arxiv.looking_up import PAUSES_S, TIMEOUTS, TRIES, TooMuch
from enrich.sources.arxiv.wording import search_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome, Query
    from enrich.sources.arxiv.channel import Channel

PAGE = 50
"""Most papers in one answer."""
MOST_REFUSED = 12
"""Unusable answers in a row, after which arXiv is left alone."""


class ArxivSearch:
    """The source of which papers are called so; shares its way to arXiv with `Arxiv`."""

    name = SOURCE
    batch = 1

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._timeouts = 0
        self._fruitless = 0

    def accepts(self, query: Query) -> bool:
        return isinstance(query, SearchQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        return [await self._search(query) for query in queries if isinstance(query, SearchQuery)]

    async def _search(self, query: SearchQuery) -> AnswerOutcome:
        text = search_text(query)
        if text is None:
            return NotFound("the title has no words that can be searched for")
        found = await self._listed(text)
        narrower = search_text(query, narrow=True)
        if isinstance(found, Feed) and found.total > PAGE and narrower and narrower != text:
            found = await self._listed(narrower)
        if isinstance(found, Failure):
            return found
        if found.total > PAGE:
            return NotFound(f"more than {PAGE} papers are called so")
        if flawed := next((one for _, one in found.records if isinstance(one, Failure)), None):
            return flawed  # it might be the paper's twin
        records = tuple(one for _, one in found.records if isinstance(one, Record))
        return Candidates(records) if records else NotFound("arXiv finds no paper by this title")

    async def _listed(self, text: str) -> Feed | Failure:
        for tried in range(len(PAUSES_S) + 1):
            if self._channel.set_aside:
                return self._channel.set_aside
            told = await self._channel.ask(_params(text), partial(parse_search, text=text))
            match told:
                case Feed():
                    self._timeouts = self._fruitless = 0
                    return told
                case Unusable(Reason.RATE_LIMITED as reason, detail) if tried < len(PAUSES_S):
                    await self._channel.pause(PAUSES_S[tried])
                case Unusable(Reason.RATE_LIMITED as reason, detail):
                    return self._leave_alone(Failure(reason, detail))
                case Unusable(reason, detail):
                    self._fruitless += 1
                    if self._fruitless >= MOST_REFUSED:
                        return self._leave_alone(Failure(reason, detail))
                    if tried + 1 >= TRIES:
                        return Failure(reason, detail)
                case Refused(_, detail) | TooMuch(detail):
                    return Failure(Reason.SERVER_ERROR, detail)
                case Failure(reason):
                    self._timeouts = self._timeouts + 1 if reason is Reason.TIMEOUT else 0
                    return self._leave_alone(told) if self._timeouts >= TIMEOUTS else told
        raise AssertionError("the last try returns")

    def _leave_alone(self, failure: Failure) -> Failure:
        self._channel.set_aside = Failure(failure.reason, f"{failure.detail}; not asked again in this run")
        return failure


def _params(text: str) -> tuple[tuple[str, str], ...]:
    return (("search_query", text), ("start", "0"), ("max_results", str(PAGE)))
