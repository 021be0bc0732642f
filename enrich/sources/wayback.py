"""
Archived copies of pages that are gone, by the Wayback Machine.

Asked only for links that are broken, so a catalogue in good health asks nothing. The
archive is often slow, and nothing depends on it.

Source: https://archive.org/help/wayback_api.php
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from enrich.http import MEGABYTE, ApiRequest, Pace
from enrich.links import canonical_url, host_key, phrase
from enrich.models import Failure, NotFound, Reason, Snapshot, SnapshotQuery
from enrich.patterns import pattern
from enrich.sources.patient import Patient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://archive.org/wayback/available"
PACE_S = 1.0
TIMEOUT_S = 20.0
_COPY = pattern(r"https?://web\.archive\.org(?::80)?/web/([0-9]{14})/(\S+)")


MOST_ASKED = 30
"""A run; a suggestion is not worth holding up the run that finds a thousand dead links."""


class Wayback:
    """The source of archived copies; one object serves one run."""

    name = "wayback"
    batch = 1

    def __init__(self, api: Api, *, endpoint: str = ENDPOINT, pace_s: float = PACE_S) -> None:
        self._way = Patient(api)
        self._endpoint = endpoint
        self._pace = Pace(concurrency=1, between_s=pace_s, per_run=MOST_ASKED)

    def accepts(self, query: Query) -> bool:
        return isinstance(query, SnapshotQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        """For each of *queries*, in their order, a Snapshot, NotFound, or a Failure."""
        return [await self._ask(query) for query in queries]

    async def _ask(self, query: Query) -> AnswerOutcome:
        if not isinstance(query, SnapshotQuery):
            raise TypeError(f"the archive was asked for {query}")
        # Without the scheme: with it, the archive denies copies that it has.
        # Source: https://github.com/internetarchive/wayback/issues/296
        params = [("url", query.url.partition("://")[2])]
        if query.year is not None:
            params.append(("timestamp", f"{query.year:04}0701"))
        request = ApiRequest(
            self._endpoint,
            self.name,
            tuple(params),
            pace=self._pace,
            timeout_s=TIMEOUT_S,
            retry=1,
            max_body=MEGABYTE,
        )
        return await self._way.ask(request, partial(_outcome, query=query))


def _outcome(answer: ApiResponse, query: SnapshotQuery) -> AnswerOutcome:
    told = answer.json_object()
    copies = told.get("archived_snapshots") if told else None
    if answer.status != 200 or not isinstance(copies, dict):
        return Failure(Reason.SERVER_ERROR, f"wayback: {phrase(answer.status)}, not an answer of the archive")
    if not copies:
        return NotFound("the archive has no copy")
    closest = copies.get("closest")
    return _snapshot(closest if isinstance(closest, dict) else {}, query)


def _snapshot(copy: dict[str, Any], query: SnapshotQuery) -> AnswerOutcome:
    found = _COPY.fullmatch(str(copy.get("url")))
    taken_at = _moment(found[1]) if found else None
    if found is None or taken_at is None:
        return Failure(Reason.SERVER_ERROR, "wayback: the answer can't be read")
    if _host(found[2]) != _host(query.url):
        return Failure(Reason.SERVER_ERROR, "wayback: the answer is about another page")
    # Copies of error pages are kept too; one of those helps nobody.
    if copy.get("available") is not True or not str(copy.get("status")).startswith("2"):
        return NotFound("the archive has no copy but of an error page")
    url = canonical_url(f"https://web.archive.org/web/{found[1]}/{found[2]}")
    return (
        Snapshot(url, taken_at) if url else Failure(Reason.SERVER_ERROR, "wayback: the copy's is no address")
    )


def _host(url: str) -> str:
    canonical = canonical_url(url if "://" in url else f"http://{url}")
    return host_key(canonical).removeprefix("www.") if canonical else ""


def _moment(digits: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
