"""
Records of arXiv's papers, many with one request.

Knows what to ask of the API and what to make of its answers; `feed` reads them,
`enrich.http` keeps the pace. A paper is called unknown only when two whole
answers lack it: everything else that can go wrong is a Failure.

Source: https://info.arxiv.org/help/api/user-manual.html, recorded answers of
April 2026 and the service's code, github.com/arXiv/arxiv-search.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from enrich.identifiers.scheme import parse_arxiv_id
from enrich.models import Failure, NotFound, Reason, Record, RecordQuery
from enrich.sources.arxiv.channel import ENDPOINT, PACE_S, SOURCE, Channel
from enrich.sources.arxiv.feed import parse_feed
from enrich.sources.arxiv.looking_up import LookUp
from enrich.sources.arxiv.searching import ArxivSearch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from enrich.http import Api
    from enrich.models import AnswerOutcome, Query
    from enrich.sources.arxiv.looking_up import Told

BATCH = 250

_LONGEST_URL = 7000
"""Bytes. 642 identifiers, 8,346 bytes, were refused with 414 (github.com/lukasschwab/arxiv.py/issues/15);
POST takes them, but has worked for a year only, so it is not the first choice."""
_UNWITNESSED = 200
"""More identifiers than this of which not one exists, before any was seen to exist, are likelier an
empty index than a catalogue. The guesses at what one mistyped identifier was meant to be are fewer."""


class Arxiv:
    """The source of what arXiv knows of identifiers; one object serves one run."""

    name = SOURCE

    def __init__(
        self,
        api: Api,
        *,
        endpoint: str = ENDPOINT,
        pace_s: float = PACE_S,
        batch: int = BATCH,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """See `Channel`."""
        self._channel = Channel(api, endpoint=endpoint, pace_s=pace_s, sleep=sleep)
        self._batch = batch
        self._witness: str | None = None
        self.search = ArxivSearch(self._channel)
        """The source of papers by title, which keeps pace with this one."""

    @property
    def batch(self) -> int:
        """Most identifiers in one request; shrinks when arXiv refuses or can't bear that many."""
        return self._batch

    def accepts(self, query: Query) -> bool:
        return isinstance(query, RecordQuery) and query.scheme == self.name

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """
        What arXiv knows of *queries*, in their order; equal ones are asked once.

        What no identifier can look like is never sent, since one malformed
        identifier costs the whole batch: it is NotFound by the scheme itself.
        """
        asked = [_canonical(query) for query in queries]
        outcomes = await self._outcomes(
            tuple(dict.fromkeys(identifier for identifier in asked if identifier))
        )
        return [
            outcomes[identifier] if identifier else NotFound(f"{_text(query)} is not an arXiv identifier")
            for query, identifier in zip(queries, asked, strict=True)
        ]

    async def _outcomes(self, ids: tuple[str, ...]) -> dict[str, AnswerOutcome]:
        """
        The outcome for each of *ids*, the absent ones asked for twice.

        The second time all of them share one request: one by one would cost the
        pace for each. Instead a paper that this run has seen goes with them as a
        witness: an answer without it says nothing about the others either.
        """
        outcomes = await self._look_up(ids)
        absent = tuple(identifier for identifier in ids if identifier not in outcomes)
        if len(absent) > _UNWITNESSED and self._witness is None:
            failure = Failure(
                Reason.SERVER_ERROR, f"arXiv has none of {len(absent)} papers, which is not believed"
            )
            return outcomes | dict.fromkeys(absent, failure)
        again = await self._look_up(absent, self._witness)
        for identifier in absent:
            outcomes[identifier] = again.get(identifier) or NotFound(f"arXiv has no paper {identifier}")
        return outcomes

    async def _look_up(self, ids: tuple[str, ...], witness: str | None = None) -> dict[str, AnswerOutcome]:
        if self._channel.set_aside:
            return dict.fromkeys(ids, self._channel.set_aside)
        look_up = LookUp(ids, self._batch, witness)
        while wanted := look_up.request():
            pause_s = look_up.take(await self._request(wanted))
            if pause_s:
                await self._channel.pause(pause_s)
        self._batch = look_up.batch
        self._channel.set_aside = self._channel.set_aside or look_up.set_aside
        # What is known of versions is not known well enough to witness anything.
        found = (
            identifier
            for identifier, outcome in look_up.outcomes.items()
            if isinstance(outcome, Record) and outcome.id == identifier
        )
        self._witness = next(found, self._witness)
        return look_up.outcomes

    async def _request(self, ids: tuple[str, ...]) -> Told:
        params = (("id_list", ",".join(ids)), ("start", "0"), ("max_results", str(len(ids))))
        too_long = len(self._channel.endpoint) + 1 + len(urlencode(params)) > _LONGEST_URL
        return await self._channel.ask(params, partial(parse_feed, ids=ids), "POST" if too_long else "GET")


def _canonical(query: Query) -> str | None:
    """
    The identifier as arXiv's index has it; None where the scheme forbids it.

    Its month may lie ahead: there is no clock here, and arXiv knows best.
    """
    identifier = parse_arxiv_id(_text(query), today=dt.date.max)
    return str(identifier) if identifier else None


def _text(query: Query) -> str:
    return query.id if isinstance(query, RecordQuery) else str(query)
