"""
What has changed at arXiv since, by OAI-PMH: page after page, each written with the place that it reaches to.

arXiv lists records by the day of their last change. Whatever happens (a token that is no longer
known, a kill, a bad day), the next request begins at the last day of the last whole page, and
what comes twice changes nothing.

Source: https://info.arxiv.org/help/oa/ and github.com/arXiv/oaipmh (2026): a list is in the
order of datestamps, a token ends at the next midnight (UTC).
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, assert_never

from enrich.http.exchange import MEGABYTE, ApiRequest, Pace
from enrich.links import phrase
from enrich.mirror.pages import FORMAT, NothingNew, Page, TokenExpired, Unusable, read_page
from enrich.mirror.writing import Written
from enrich.models import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from enrich.http import Api
    from enrich.mirror.writing import Writer

SOURCE = "arxiv-oai"
UPDATE = "update"
"""The fact that tells how far an update has come."""
TRIES = 3
"""Answers in a row that are none, after which arXiv is left alone."""


@dataclass(slots=True)
class Updated:
    written: Written = field(default_factory=Written)
    pages: int = 0
    flawed: int = 0
    """Records that can't be read; the mirror knows nothing of them any more."""
    failure: str | None = None
    """Why it did not come to the end; None where it did."""


async def update(
    api: Api,
    writer: Writer,
    since: dt.date,
    *,
    endpoint: str,
    pace_s: float,
    tell: Callable[[str], None],
    show: Callable[[int, dt.date], None],
) -> Updated:
    """
    All that has changed from the day *since* on, or where an update was interrupted from there on.

    *tell* gets a sentence about each record that can't be read, *show* the number of records
    so far and the day that they reach to.
    """
    return await _Update(api, writer, since, endpoint, pace_s, tell, show).go()


@dataclass(slots=True)
class _Update:
    api: Api
    writer: Writer
    since: dt.date
    """From here on nothing is known to be whole; grows with every page."""
    endpoint: str
    pace_s: float
    tell: Callable[[str], None]
    show: Callable[[int, dt.date], None]
    done: Updated = field(default_factory=Updated)
    token: str | None = None
    told_on: dt.date | None = None
    """When the first page was given, by the service's clock: up to then nothing is missing at the end."""
    records: int = 0

    async def go(self) -> Updated:
        self.token = self.writer.facts.under_way(UPDATE).get("token")
        fruitless = 0
        while fruitless < TRIES:
            told = await self._ask()
            match told:
                case Page() if told.token is not None and told.token == self.token:
                    self.done.failure = "arXiv's list leads back to where it was"
                    break
                case Page():
                    fruitless = 0
                    self._take(told)
                    if told.token is None:
                        return self._finish(told.told_on)
                case NothingNew(told_on):
                    return self._finish(told_on)
                case TokenExpired():
                    self.done.failure = "arXiv knows the token of its own list no more"
                    fruitless += 1
                    self.token = None
                case Unusable(detail, is_final):
                    self.done.failure = detail
                    fruitless = TRIES if is_final else fruitless + 1
                case Failure(detail=detail):
                    self.done.failure = detail  # tried again and again by `enrich.http` already
                    break
                case _ as never:
                    assert_never(never)
        return self.done

    async def _ask(self) -> Page | NothingNew | TokenExpired | Unusable | Failure:
        which = (
            (("resumptionToken", self.token),)
            if self.token
            else (("metadataPrefix", FORMAT), ("from", self.since.isoformat()))
        )
        answer = await self.api.call(
            ApiRequest(
                self.endpoint,
                SOURCE,
                (("verb", "ListRecords"), *which),
                pace=Pace(concurrency=1, between_s=self.pace_s, after_s=self.pace_s),
                timeout_s=180.0,
                retry=5,
                max_body=256 * MEGABYTE,
            )
        )
        if isinstance(answer, Failure):
            return answer
        # In a thread: a page of some thousand records takes a second, in which nothing would be drawn.
        read = await asyncio.to_thread(read_page, answer.content)
        if answer.status == HTTPStatus.OK or isinstance(read, TokenExpired | NothingNew):
            return read
        return Unusable(f"arXiv answered {phrase(answer.status)}", is_final=True)

    def _take(self, page: Page) -> None:
        self.token = page.token
        self.told_on = self.told_on or page.told_on
        # Never past the service's own day: what is dated into next year must not hide what comes before.
        days = [paper.datestamp for paper in page.papers if paper.datestamp <= page.told_on]
        self.since = max([self.since, *days])
        facts: dict[str, str | None] = {
            "newest": self.since.isoformat(),
            UPDATE: json.dumps({"token": self.token}),
        }
        self.writer.write(page.papers, facts, self.done.written)
        self.done.pages += 1
        self.done.flawed += len(page.flaws)
        self.records += len(page.papers)
        for flaw in page.flaws:
            self.tell(flaw)
        self.show(self.records, self.since)

    def _finish(self, told_on: dt.date) -> Updated:
        whole = min(self.told_on or told_on, told_on)
        self.writer.finish({UPDATE: None, "whole on": whole.isoformat()})
        self.done.failure = None
        return self.done
