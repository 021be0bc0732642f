"""What is in the cache, counted; for `enrich cache info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cache.forms import moment
from enrich.cache.rows import AGES, is_fresh
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


_STREAKS = """
SELECT failures, failing_since, seen_at FROM answers
WHERE failures > 0 AND failing_since IS NOT NULL AND last_ok IS NOT NULL
"""


def census(
    path: Path, database: sqlite3.Connection, ttl: Ttl, now: dt.datetime, confirmed: Confirmed
) -> Stats:
    ages = [
        (key.startswith("link:"), is_fresh(sort, retrieved_at, spread, ttl, now), retrieved_at)
        for key, sort, retrieved_at, spread in database.execute(AGES)
    ]
    files = (path, path.with_name(path.name + "-wal"))
    return Stats(
        path,
        sum(file.stat().st_size for file in files if file.exists()),
        _freshness(((fresh, at) for is_link, fresh, at in ages if is_link), now),
        _freshness(((fresh, at) for is_link, fresh, at in ages if not is_link), now),
        _streaks(database.execute(_STREAKS).fetchall(), now, confirmed),
        database.execute("SELECT count(*) FROM outcomes").fetchone()[0],
    )


def _freshness(answers: Iterable[tuple[bool, int]], now: dt.datetime) -> Freshness:
    known = list(answers)
    fresh = sum(is_fresh for is_fresh, _ in known)
    oldest = now - moment(min(at for _, at in known)) if known else None
    return Freshness(fresh, len(known) - fresh, oldest)


def _streaks(rows: Iterable[tuple[int, int, int]], now: dt.datetime, confirmed: Confirmed) -> Streaks:
    known = [(failures, moment(since), moment(seen_at)) for failures, since, seen_at in rows]
    return Streaks(
        len(known),
        max((now - since for _, since, _ in known), default=None),
        sum(
            failures >= confirmed.after and seen - since >= confirmed.over for failures, since, seen in known
        ),
    )
