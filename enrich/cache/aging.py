"""
How long an answer stays fresh, and what an address's answers add up to.

Pure: the time comes in as an argument. Knows the words; knows nothing of
databases or files.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import Enum
from hashlib import blake2b
from typing import TYPE_CHECKING, assert_never

from enrich.models import (
    AnchorQuery,
    Candidates,
    CitationsQuery,
    Failure,
    History,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    PublishedQuery,
    Reason,
    Record,
    SearchQuery,
    SecureQuery,
    Shown,
    Snapshot,
    SnapshotQuery,
)
from enrich.pages import is_absent
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome, Query


class Kept(Enum):
    """What sort of answer it is, where answers of that sort are kept."""

    OK = "ok"
    BROKEN = "broken"
    """Also a link that answers and shows something else than what was linked."""
    REFUSED = "refused"
    """`unverified: blocked`: asking again tomorrow would be refused again."""
    FOUND = "found"
    ABSENT = "absent"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    """No archived copy yet."""
    LISTED = "listed"
    """Candidates that a search found."""
    COUNTED = "counted"
    """How often a work is cited."""
    UNLISTED = "unlisted"
    """A search that found nothing yet, a page without what was looked for."""


def kept(outcome: AnswerOutcome, query: Query | None = None) -> Kept | None:
    """
    The sort of *outcome*; None where it is not to be kept, since asking again may tell more.

    *query* tells a copy that an archive lacks from a work that a registry lacks, and
    what a link was to lead to.
    """
    match outcome:
        case LinkCheck() if isinstance(query, LinkQuery) and is_absent(query.url, outcome):
            return Kept.BROKEN
        case LinkCheck(status=LinkStatus.OK | LinkStatus.MOVED | LinkStatus.REDIRECTED):
            return Kept.OK
        case LinkCheck(status=LinkStatus.BROKEN):
            return Kept.BROKEN
        case LinkCheck(status=LinkStatus.UNVERIFIED, reason=Reason.BLOCKED):
            return Kept.REFUSED
        case Record():
            return Kept.COUNTED if isinstance(query, CitationsQuery) else Kept.FOUND
        case Snapshot():
            return Kept.ARCHIVED
        case Candidates():
            return Kept.LISTED
        case Shown():
            return Kept.OK
        case NotFound():
            return _absence(query)
        case LinkCheck() | Failure():
            return None
        case _:
            assert_never(outcome)


def _absence(query: Query | None) -> Kept:
    match query:
        case SnapshotQuery():
            return Kept.UNARCHIVED
        case SearchQuery() | PublishedQuery() | CitationsQuery() | SecureQuery() | AnchorQuery():
            return Kept.UNLISTED
        case _:
            return Kept.ABSENT


@dataclass(frozen=True, slots=True)
class Ttl:
    """How long answers stay fresh; the fields are named as in `[cache]` of the configuration."""

    ok: dt.timedelta = dt.timedelta(days=14)
    broken: dt.timedelta = dt.timedelta(days=1)
    """Also of a work that its registry does not have: it makes links broken."""
    refused: dt.timedelta = dt.timedelta(days=7)
    """Also of an archive that has no copy, and of a search that found nothing: it may get one."""
    metadata: dt.timedelta = dt.timedelta(days=30)
    """Also of an archived copy, and of what a search found."""
    citations: dt.timedelta = dt.timedelta(days=30)
    jitter: float = 0.25
    """From 0 to 1. Part of the time by which it is shortened or prolonged, so that not all of
    a first run's answers must be renewed on one day. The same answer always gets the same part."""

    def of(self, sort: Kept) -> dt.timedelta:
        match sort:
            case Kept.OK:
                return self.ok
            case Kept.BROKEN | Kept.ABSENT:
                return self.broken
            case Kept.REFUSED | Kept.UNARCHIVED | Kept.UNLISTED:
                return self.refused
            case Kept.FOUND | Kept.ARCHIVED | Kept.LISTED:
                return self.metadata
            case Kept.COUNTED:
                return self.citations
            case _:
                assert_never(sort)

    def is_fresh(self, sort: Kept, age: dt.timedelta, spread: float) -> bool:
        """*spread* is that of the answer's key."""
        # Not `age < lifetime` alone: an answer that a wrong clock dated into next year would stay for good.
        return -CLOCKS_DIFFER <= age < self.lifetime(sort, spread)

    def lifetime(self, sort: Kept, spread: float) -> dt.timedelta:
        """From when it was retrieved."""
        return self.of(sort) * (1 + self.jitter * spread)


CLOCKS_DIFFER = dt.timedelta(days=1)
"""By so much an answer may be newer than it is here and now."""


def spread(key: str) -> float:
    """A number from -1 up to 1 that *key* alone determines, evenly spread over all keys."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest()) / 2**31 - 1


def next_history(before: History, check: LinkCheck, at: dt.datetime, query: Query | None = None) -> History:
    """
    What is remembered of an address after one more answer.

    What could not be verified neither breaks nor extends a row of failures; since when
    that is so is remembered besides. No row begins after *at*: a clock that was once
    ahead would keep it from ever growing old.
    """
    match kept(check, query):
        case Kept.OK:
            return History(last_ok=at)
        case Kept.BROKEN:
            return History(before.last_ok, before.failures + 1, _earlier(before.failing_since, at))
        case _ if check.status is LinkStatus.UNVERIFIED:
            return replace(before, unverified_since=_earlier(before.unverified_since, at))
        case _:
            return before


def _earlier(since: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    return at if since is None else min(since, at)
