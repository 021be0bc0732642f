"""What is no longer of use is dropped, and counted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enrich.cache import opening, rows
from enrich.cache.forms import microseconds
from enrich.words import dataclass

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from enrich.cache.aging import Ttl

FORGET_AFTER = dt.timedelta(days=365)
"""An address that no entry of any run named for so long is not worth its history."""


MUCH = 0.1
"""Part of the answers, from which on it is worth while to write the file anew."""


@dataclass(frozen=True, slots=True)
class Pruned:
    links: int
    """Answers about addresses."""
    works: int
    """All other answers."""
    histories: int
    """Of addresses that no run has named for a year."""
    outcomes: int
    """Of whole entries that rested on them."""
    before: int
    """Bytes of the file, its journal included."""
    after: int


_COUNTS = """
SELECT count(*) FILTER (WHERE key LIKE 'link:%'), count(*) FILTER (WHERE key NOT LIKE 'link:%')
FROM answers WHERE kept IS NOT NULL AND {stale}
"""
_UNSEEN = "(kept IS NULL OR {stale}) AND ifnull(seen_at, 0) < ? AND seen_at IS NOT NULL"
_RESTING = """
SELECT count(DISTINCT outcome) FROM grounds WHERE key IN (
  SELECT key FROM answers WHERE kept IS NOT NULL AND {stale}
) AND outcome IN (SELECT id FROM outcomes)
"""


def prune(
    database: sqlite3.Connection,
    path: Path,
    ttl: Ttl,
    now: dt.datetime,
    *,
    older_than: dt.timedelta | None,
    dry_run: bool,
) -> Pruned:
    """See `Cache.prune`."""
    stale = f"NOT {rows.fresh(ttl, now)}"
    if older_than is not None:
        stale = f"({stale} OR retrieved_at < {microseconds(now - older_than)})"
    unseen = (microseconds(now - FORGET_AFTER),)
    before = size(path)
    with opening.transaction(database):
        kept = database.execute("SELECT count(*) FROM answers WHERE kept IS NOT NULL").fetchone()[0]
        links, works = database.execute(_COUNTS.format(stale=stale)).fetchone()
        forgotten = f"SELECT count(*) FROM answers WHERE {_UNSEEN.format(stale=stale)}"  # noqa: S608
        histories = database.execute(forgotten, unseen).fetchone()[0]
        outcomes = database.execute(_RESTING.format(stale=stale)).fetchone()[0]
        if not dry_run:
            database.execute(rows.DROP + stale)
            database.execute(rows.DROP_UNSEEN, unseen)
            for table in ("grounds", "details"):
                database.execute(f"DELETE FROM {table} WHERE outcome NOT IN (SELECT id FROM outcomes)")  # noqa: S608
    if not dry_run:
        opening.shrink(database, whole=links + works > MUCH * kept)
    return Pruned(links, works, histories, outcomes, before, size(path))


def size(path: Path) -> int:
    """Bytes of the database and its journal."""
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
