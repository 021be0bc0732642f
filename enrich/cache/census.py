"""What is in the cache, counted; for `enrich cache info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cache.forms import moment
from enrich.cache.pruning import size
from enrich.cache.rows import fresh
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from enrich.cache.aging import Ttl


@dataclass(frozen=True, slots=True)
class Freshness:
    """Of one kind of answers."""

    fresh: int
    stale: int
    oldest: dt.timedelta | None
    """None where there is no answer of the kind."""


@dataclass(frozen=True, slots=True)
class Streaks:
    """Addresses that worked once and fail now."""

    failing: int
    longest: dt.timedelta | None
    confirmed: int
    """Those that failed often and long enough to be called broken."""


@dataclass(frozen=True, slots=True)
class Stats:
    path: Path
    size: int
    """Bytes, the journal included."""
    links: Freshness
    metadata: Freshness
    streaks: Streaks
    entries: int
    """That need not be looked into while they and the answers stay as they are."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """When a link that worked once is called broken: `confirm-after` and `confirm-days` of `[links]`."""

    after: int
    over: dt.timedelta


_AGES = """
SELECT key LIKE 'link:%', count(*) FILTER (WHERE {fresh}), count(*) FILTER (WHERE NOT {fresh}),
  min(retrieved_at)
FROM answers WHERE kept IS NOT NULL GROUP BY 1
"""
_STREAKS = """
SELECT failures, failing_since, seen_at FROM answers
WHERE failures > 0 AND failing_since IS NOT NULL AND last_ok IS NOT NULL
"""


def census(
    path: Path, database: sqlite3.Connection, ttl: Ttl, now: dt.datetime, confirmed: Confirmed
) -> Stats:
    kinds = {
        is_link: Freshness(fresh_ones, stale, None if oldest is None else now - moment(oldest))
        for is_link, fresh_ones, stale, oldest in database.execute(_AGES.format(fresh=fresh(ttl, now)))
    }
    nothing = Freshness(0, 0, None)
    return Stats(
        path,
        size(path),
        kinds.get(1, nothing),
        kinds.get(0, nothing),
        _streaks(database.execute(_STREAKS).fetchall(), now, confirmed),
        database.execute("SELECT count(*) FROM outcomes").fetchone()[0],
    )


def _streaks(rows: Iterable[tuple[int, int, int]], now: dt.datetime, confirmed: Confirmed) -> Streaks:
    known = [(failures, moment(since), moment(seen_at)) for failures, since, seen_at in rows]
    return Streaks(
        len(known),
        max((now - since for _, since, _ in known), default=None),
        sum(
            failures >= confirmed.after and seen - since >= confirmed.over for failures, since, seen in known
        ),
    )
