"""
What came of whole entries, for as long as everything that it rests on is as it was.

Knows SQL; knows nothing of what a text says. An outcome is gone with the first change to
an answer under it: triggers see to that, whichever program changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.cache.encoding import compact, encode, key_of
from enrich.cache.forms import microseconds
from enrich.cache.rows import lifetime, select, stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from enrich.cache.aging import Ttl
    from enrich.models import Answer

TABLES = (
    """
CREATE TABLE IF NOT EXISTS entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: `rests` of one that is gone mean no other
  catalogue TEXT NOT NULL,
  path TEXT NOT NULL,
  context TEXT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  since INTEGER NOT NULL,                -- microseconds since 1970, UTC
  until INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (catalogue, path)
)
""",
    """
CREATE TABLE IF NOT EXISTS rests (
  key TEXT NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (key, entry)
) WITHOUT ROWID
""",
    """
CREATE TRIGGER IF NOT EXISTS answer_changed AFTER UPDATE ON answers BEGIN
  DELETE FROM entries WHERE id IN (SELECT entry FROM rests WHERE key = old.key);
END
""",
    """
CREATE TRIGGER IF NOT EXISTS answer_gone AFTER DELETE ON answers BEGIN
  DELETE FROM entries WHERE id IN (SELECT entry FROM rests WHERE key = old.key);
END
""",
)
NAMES = ("entries", "rests", "answer_changed", "answer_gone")
"""Of what `TABLES` make."""

ALWAYS = 2**62
"""Microseconds since 1970: until when an outcome stands that rests on no answer that ages."""

_LOAD = """
SELECT path, state, value FROM entries
WHERE catalogue = ? AND context = ? AND since <= ? AND until > ? AND path IN (SELECT value FROM json_each(?))
"""
_KEEP = """
INSERT INTO entries (catalogue, path, context, state, day, since, until, value)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be remembered of one entry."""

    path: str
    state: str
    """What the outcome is of: whoever has another state gets none."""
    answers: tuple[Answer, ...]
    """All that it rests on and that may age; not those of snapshots."""
    value: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What all entries of a run share."""

    catalogue: str
    context: str
    day: str
    """UTC, in ISO's form. Outcomes of earlier days are dropped, whatever catalogue they are of."""


def load(
    database: sqlite3.Connection, where: Situation, paths: Sequence[str], now: int
) -> dict[str, tuple[str, str]]:
    """State and value of those of *paths* that are fresh at *now*."""
    names = {stored(path): path for path in paths}
    found = database.execute(_LOAD, (where.catalogue, where.context, now, now, compact(list(names))))
    return {names[path]: (state, value) for path, state, value in found}


def keep(database: sqlite3.Connection, where: Situation, entry: Entry, ttl: Ttl) -> None:
    """
    Remember *entry* in place of what was known of its path, if every answer under it is the one that is kept.

    To be called in a transaction.
    """
    path = stored(entry.path)
    database.execute("DELETE FROM entries WHERE catalogue = ? AND path = ?", (where.catalogue, path))
    lifetimes = [_lifetime(database, answer, ttl) for answer in entry.answers]
    known = [one for one in lifetimes if one is not None]
    if len(known) < len(lifetimes):
        return
    since = max((since for since, _ in known), default=-ALWAYS)
    until = min((until for _, until in known), default=ALWAYS)
    values = (where.catalogue, path, where.context, entry.state, where.day, since, until, entry.value)
    row = database.execute(_KEEP, values).lastrowid
    keys = {stored(key_of(answer.query)) for answer in entry.answers}
    database.executemany("INSERT INTO rests (key, entry) VALUES (?, ?)", [(key, row) for key in keys])


def _lifetime(database: sqlite3.Connection, answer: Answer, ttl: Ttl) -> tuple[int, int] | None:
    """From when and until when *answer* is fresh; None where it isn't what the cache would tell."""
    row = select(database, key_of(answer.query))
    if row is None or row.kept is None or row.source != answer.source or row.history != answer.history:
        return None
    if row.retrieved_at != microseconds(answer.retrieved_at) or row.value != encode(answer.outcome):
        return None
    try:
        return lifetime(row.kept, row.retrieved_at, row.spread, ttl)
    except (TypeError, ValueError, OverflowError):
        return None


def tidy(database: sqlite3.Connection, where: Situation, present: Iterable[str] | None) -> None:
    """Drop what no run will ask for: of files not among those *present* (None: not known), of other days."""
    database.execute("DELETE FROM entries WHERE day <> ?", (where.day,))
    if present is not None:
        known = {stored(path) for path in present}
        kept = database.execute("SELECT path FROM entries WHERE catalogue = ?", (where.catalogue,))
        gone = [(where.catalogue, path) for (path,) in kept.fetchall() if path not in known]
        database.executemany("DELETE FROM entries WHERE catalogue = ? AND path = ?", gone)
    database.execute("DELETE FROM rests WHERE entry NOT IN (SELECT id FROM entries)")
