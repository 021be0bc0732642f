"""
One row of the database: an answer, and what is remembered of its address.

Knows SQL and words; knows nothing of files or of what is fresh. What can't be
read in a row counts as not being there.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, NamedTuple

from enrich.cache.aging import CLOCKS_DIFFER, Kept, kept, next_history, spread
from enrich.cache.encoding import compact, decode, encode, key_of, query_of
from enrich.cache.forms import microseconds, moment
from enrich.models import (
    AnchorQuery,
    Answer,
    Candidates,
    CitationsQuery,
    Failure,
    FileQuery,
    History,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    PublishedQuery,
    Record,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    Shown,
    Snapshot,
    SnapshotQuery,
)
from enrich.words import dataclass

if TYPE_CHECKING:
    import sqlite3

    from enrich.cache.aging import Ttl
    from enrich.models import AnswerOutcome, Query

TABLE = """
CREATE TABLE IF NOT EXISTS answers (
  key TEXT NOT NULL PRIMARY KEY,
  spread REAL NOT NULL,
  kept TEXT,                -- the sort of the answer; NULL where only the history is left
  source TEXT,
  retrieved_at INTEGER,     -- this and all other times: microseconds since 1970, UTC
  value TEXT,
  seen_at INTEGER,          -- of an address: the newest observation, kept or not
  last_ok INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  unverified_since INTEGER,
  seen TEXT                 -- of an address: the newest observations, newest first
)
"""
ADDED = ("unverified_since",)
"""Columns that files of older programs lack; those go on reading a file in which they are."""
SELECT = """
SELECT key, spread, kept, source, retrieved_at, value,
  last_ok, failures, failing_since, unverified_since, seen
FROM answers
"""
COUNT_LINKS = """
SELECT count(*) FROM (
  SELECT 1 FROM answers WHERE kept IS NOT NULL AND seen_at IS NOT NULL AND retrieved_at > ? LIMIT ?
)
"""
DROP = "UPDATE answers SET kept = NULL, source = NULL, value = NULL WHERE kept IS NOT NULL AND "
"""Of answers, not of histories."""
DROP_UNSEEN = "DELETE FROM answers WHERE kept IS NULL AND ifnull(seen_at, 0) < ?"

_MICROSECOND = dt.timedelta(microseconds=1)
_LEEWAY = CLOCKS_DIFFER // _MICROSECOND
OBSERVATIONS = 10
"""How many observations of an address are remembered."""

_KEEP = """
INSERT INTO answers (key, spread, kept, source, retrieved_at, value) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
  kept = excluded.kept, source = excluded.source, retrieved_at = excluded.retrieved_at, value = excluded.value
"""
_OBSERVE = """
INSERT INTO answers (
  key, spread, seen_at, last_ok, failures, failing_since, unverified_since, seen,
  kept, source, retrieved_at, value
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
  seen_at = excluded.seen_at, last_ok = excluded.last_ok, failures = excluded.failures,
  failing_since = excluded.failing_since, unverified_since = excluded.unverified_since, seen = excluded.seen
"""
_OBSERVE_AND_KEEP = f"""{_OBSERVE},
  kept = excluded.kept, source = excluded.source, retrieved_at = excluded.retrieved_at, value = excluded.value
"""


class Row(NamedTuple):
    """A row as `SELECT` gives it; its types hold unless the file was tampered with."""

    key: str
    spread: float
    kept: str | None
    source: str | None
    retrieved_at: int | None
    value: str | None
    last_ok: int | None
    failures: int
    failing_since: int | None
    unverified_since: int | None
    seen: str | None

    @property
    def query(self) -> Query:
        return query_of(json.loads(f'"{self.key}"'))

    @property
    def history(self) -> History:
        try:
            return History(
                _moment(self.last_ok),
                self.failures,
                _moment(self.failing_since),
                _moment(self.unverified_since),
            )
        except (TypeError, ValueError, OverflowError):
            return History()

    @property
    def answer(self) -> Answer | None:
        """The answer, however old; None where there is none, or none that can be read."""
        try:
            query, retrieved_at = self.query, _moment(self.retrieved_at)
        except (TypeError, ValueError, OverflowError):
            return None
        outcome = decode(self.value) if self.value else None
        if outcome is None or retrieved_at is None or self.source is None:
            return None
        if not _fit(query, outcome):
            return None
        return Answer(query, outcome, self.source, retrieved_at, cached=True, history=self.history)

    @property
    def observations(self) -> tuple[Observation, ...]:
        try:
            return tuple(
                Observation(moment(seen_at), LinkStatus(status), str(detail), code)
                for seen_at, status, detail, code in json.loads(self.seen or "[]")
            )
        except (TypeError, ValueError, OverflowError, RecursionError):
            return ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer about an address, whether it was kept or not."""

    seen_at: dt.datetime
    status: LinkStatus
    detail: str
    code: int | None


def is_fresh(sort: str | None, retrieved_at: int | None, spread: float, ttl: Ttl, now: dt.datetime) -> bool:
    """Whether an answer that stands in these columns may still be given."""
    try:
        if sort is None or retrieved_at is None:
            return False
        return ttl.is_fresh(Kept(sort), now - moment(retrieved_at), spread)
    except (TypeError, ValueError, OverflowError):
        return False


def fresh(ttl: Ttl, now: dt.datetime) -> str:
    """
    As `is_fresh`, for all rows at once: a condition in SQL on one in which an answer is kept.

    Of what is on the edge, a microsecond of the age may count otherwise.
    """
    lifetimes = " ".join(f"WHEN '{sort.value}' THEN {ttl.of(sort) // _MICROSECOND}" for sort in Kept)
    lifetime_us = f"CASE kept {lifetimes} ELSE 0 END * (1 + {ttl.jitter!r} * spread)"
    at = microseconds(now)
    return f"(retrieved_at <= {at + _LEEWAY} AND {at} - retrieved_at < {lifetime_us})"


def lifetime(sort: str, retrieved_at: int, spread: float, ttl: Ttl) -> tuple[int, int]:
    """From when on, and up to when, `is_fresh` says so; raises ValueError for a sort that isn't known."""
    return retrieved_at - _LEEWAY, retrieved_at + ttl.lifetime(Kept(sort), spread) // _MICROSECOND


def stored(key: str) -> str:
    """
    *key* as the database holds it: ASCII, since SQLite takes neither lone surrogates nor a zero byte.

    >>> stored("link:https://example.org/é")
    'link:https://example.org/\\\\u00e9'
    """
    return json.dumps(key)[1:-1]


def select(database: sqlite3.Connection, key: str) -> Row | None:
    found = database.execute(SELECT + "WHERE key = ?", (stored(key),)).fetchone()
    return Row(*found) if found else None


def page(
    database: sqlite3.Connection, *, where: str, values: tuple[str, ...], after: str, limit: int = 500
) -> list[Row]:
    """The next *limit* rows in the order of their keys, of those that satisfy *where*."""
    select = f"{SELECT} WHERE key > ? AND ({where}) ORDER BY key LIMIT ?"
    return [Row(*row) for row in database.execute(select, (after, *values, limit))]


def keep(database: sqlite3.Connection, answer: Answer, sort: Kept) -> None:
    key = key_of(answer.query)
    values = (sort.value, answer.source, microseconds(answer.retrieved_at), encode(answer.outcome))
    database.execute(_KEEP, (stored(key), spread(key), *values))


def observe(database: sqlite3.Connection, answer: Answer, check: LinkCheck) -> None:
    """
    Write down that *check* was seen: the history with it, and the answer where it is of a sort that is kept.

    The same observation told twice counts once. To be called in a transaction.
    """
    key = key_of(answer.query)
    row = select(database, key)
    history = history_with(row, answer, check)
    known = row.observations if row else ()
    newest = Observation(answer.retrieved_at, check.status, check.detail, check.code)
    seen = known if _is_among(known, answer) else (newest, *known)[:OBSERVATIONS]
    sort = kept(check, answer.query)
    at = microseconds(answer.retrieved_at)
    database.execute(
        _OBSERVE_AND_KEEP if sort else _OBSERVE,
        (
            stored(key),
            spread(key),
            microseconds(seen[0].seen_at),
            _microseconds(history.last_ok),
            history.failures,
            _microseconds(history.failing_since),
            _microseconds(history.unverified_since),
            _written(seen),
            *((sort.value, answer.source, at, encode(check)) if sort else (None,) * 4),
        ),
    )


def history_with(row: Row | None, answer: Answer, check: LinkCheck) -> History:
    """The history of an address after *answer*, that stands in *row* before it."""
    history, known = (row.history, row.observations) if row else (History(), ())
    return (
        history
        if _is_among(known, answer)
        else next_history(history, check, answer.retrieved_at, answer.query)
    )


def _is_among(known: tuple[Observation, ...], answer: Answer) -> bool:
    return any(seen.seen_at == answer.retrieved_at for seen in known)


def _fit(query: Query, outcome: AnswerOutcome) -> bool:
    """Whether *outcome* can be an answer to *query*."""
    kinds = (
        (LinkQuery | FileQuery, LinkCheck),
        (RecordQuery | CitationsQuery, Record),
        (SnapshotQuery, Snapshot),
        (SearchQuery | PublishedQuery, Candidates),
        (SecureQuery | AnchorQuery, Shown),
    )
    is_absence = isinstance(outcome, NotFound | Failure)
    return (is_absence and not isinstance(query, LinkQuery | FileQuery)) or any(
        isinstance(query, asked) and isinstance(outcome, told) for asked, told in kinds
    )


def _written(observations: tuple[Observation, ...]) -> str:
    return compact(
        [[microseconds(seen.seen_at), seen.status.value, seen.detail, seen.code] for seen in observations]
    )


def _moment(value: int | None) -> dt.datetime | None:
    return None if value is None else moment(value)


def _microseconds(value: dt.datetime | None) -> int | None:
    return None if value is None else microseconds(value)
