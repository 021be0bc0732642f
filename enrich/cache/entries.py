"""
What came of whole entries, for as long as everything that it rests on is as it was.

Knows SQL; knows nothing of what a text says. An outcome is gone with the first change to
an answer under it: triggers see to that, whichever program changes it.
"""

from __future__ import annotations

import datetime as dt
import zlib
from typing import TYPE_CHECKING, NamedTuple

from enrich.cache.encoding import compact, encode, key_of
from enrich.cache.forms import microseconds
from enrich.cache.rows import lifetime, select, stored
from enrich.words import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from enrich.cache.aging import Ttl
    from enrich.models import Answer

TABLES = (
    """
CREATE TABLE IF NOT EXISTS outcomes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: `grounds` of one that is gone mean no other
  catalogue TEXT NOT NULL,
  path TEXT NOT NULL,
  context TEXT NOT NULL,
  signature TEXT NOT NULL,
  digest TEXT NOT NULL,
  blob TEXT NOT NULL,
  memory TEXT NOT NULL,
  day TEXT NOT NULL,
  since INTEGER NOT NULL,                -- microseconds since 1970, UTC
  until INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (catalogue, path)
)
""",
    """
CREATE TABLE IF NOT EXISTS details (     -- apart: most runs read all outcomes, and none of these
  outcome INTEGER PRIMARY KEY,
  value BLOB NOT NULL
)
""",
    """
CREATE TABLE IF NOT EXISTS grounds (
  key TEXT NOT NULL,
  outcome INTEGER NOT NULL,
  PRIMARY KEY (key, outcome)
) WITHOUT ROWID
""",
    """
CREATE TRIGGER IF NOT EXISTS ground_changed AFTER UPDATE ON answers BEGIN
  DELETE FROM outcomes WHERE id IN (SELECT outcome FROM grounds WHERE key = old.key);
END
""",
    """
CREATE TRIGGER IF NOT EXISTS ground_gone AFTER DELETE ON answers BEGIN
  DELETE FROM outcomes WHERE id IN (SELECT outcome FROM grounds WHERE key = old.key);
END
""",
)
NAMES = ("outcomes", "details", "grounds", "ground_changed", "ground_gone")
"""Of what `TABLES` make."""
OUTGROWN = ("entries", "rests")
"""Tables in which older programs kept the same; their triggers go with `answers`."""
OUTGROWN_TRIGGERS = ("answer_changed", "answer_gone")

ALWAYS = 2**62
"""Microseconds since 1970: until when an outcome stands that rests on no answer that ages."""

_LOAD = """
SELECT path, signature, digest, blob, memory, value{details} FROM outcomes
WHERE catalogue = ? AND context = ? AND since <= ? AND until > ? AND path IN (SELECT value FROM json_each(?))
"""
_DETAILS = ", (SELECT details.value FROM details WHERE details.outcome = outcomes.id)"
_KEEP = """
INSERT INTO outcomes (catalogue, path, context, signature, digest, blob, memory, day, since, until, value)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SIGN = "UPDATE outcomes SET signature = ? WHERE catalogue = ? AND path = ? AND digest = ?"
_PACKING = 6
"""How hard details are packed: to a quarter, and unpacked in a hundredth of a millisecond."""


@dataclass(frozen=True, slots=True)
class State:
    """What an outcome is of: whoever has another state gets none."""

    digest: str
    """Of the file's bytes."""
    blob: str = ""
    """Under which git keeps them; empty where nothing is remembered of the entry."""
    memory: str = ""
    """Of what is remembered of the entry; empty where that is nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be remembered of one entry."""

    path: str
    signature: str
    """By which the file is known to be the same without being read; empty where nothing tells that."""
    state: State
    answers: tuple[Answer, ...]
    """All that it rests on and that may age; not those of snapshots."""
    value: str
    details: str
    is_of_the_day: bool = False
    """It may be another on the next day."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What all entries of a run share."""

    catalogue: str
    context: str
    day: dt.date
    """UTC. Outcomes of earlier months are dropped, whatever catalogue they are of."""


class Kept(NamedTuple):
    """What is remembered of one entry, as long as it is true."""

    signature: str
    state: State
    value: str
    details: str | None
    """None where they were not asked for, or can't be read."""


def load(
    database: sqlite3.Connection, where: Situation, paths: Sequence[str], now: int, *, details: bool
) -> dict[str, Kept]:
    """Those of *paths* that are fresh at *now*."""
    names = {stored(path): path for path in paths}
    statement = _LOAD.format(details=_DETAILS if details else ", NULL")
    found = database.execute(statement, (where.catalogue, where.context, now, now, compact(list(names))))
    return {
        names[path]: Kept(signature, State(digest, blob, memory), value, _unpacked(packed))
        for path, signature, digest, blob, memory, value, packed in found
    }


def _unpacked(packed: object) -> str | None:
    try:
        return zlib.decompress(packed).decode("ascii") if isinstance(packed, bytes) else None
    except (zlib.error, ValueError):
        return None


def keep(database: sqlite3.Connection, where: Situation, entry: Entry, ttl: Ttl) -> None:
    """
    Remember *entry* in place of what was known of its path, if every answer under it is the one that is kept.

    To be called in a transaction.
    """
    path = stored(entry.path)
    database.execute("DELETE FROM outcomes WHERE catalogue = ? AND path = ?", (where.catalogue, path))
    lifetimes = [_lifetime(database, answer, ttl) for answer in entry.answers]
    known = [one for one in lifetimes if one is not None]
    if len(known) < len(lifetimes):
        return
    # Where the clock is put back, the day itself may matter again.
    since = max((_midnight(where.day), *(since for since, _ in known)))
    last = _midnight(where.day + dt.timedelta(days=1)) if entry.is_of_the_day else ALWAYS
    until = min((last, *(until for _, until in known)))
    state = entry.state
    row = database.execute(
        _KEEP,
        (
            *(where.catalogue, path, where.context),
            *(entry.signature, state.digest, state.blob, state.memory),
            *(where.day.isoformat(), since, until, entry.value),
        ),
    ).lastrowid
    packed = zlib.compress(entry.details.encode("ascii"), _PACKING)
    database.execute("INSERT INTO details (outcome, value) VALUES (?, ?)", (row, packed))
    keys = {stored(key_of(answer.query)) for answer in entry.answers}
    database.executemany("INSERT INTO grounds (key, outcome) VALUES (?, ?)", [(key, row) for key in keys])


def _midnight(day: dt.date) -> int:
    """When *day* begins."""
    return microseconds(dt.datetime.combine(day, dt.time(), dt.UTC))


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


def sign(database: sqlite3.Connection, where: Situation, signatures: Iterable[tuple[str, str, str]]) -> None:
    """
    Note by which *signatures* files are known from here on: path, signature, and digest of what was read.

    To be called in a transaction.
    """
    values = [(signature, where.catalogue, stored(path), digest) for path, signature, digest in signatures]
    database.executemany(_SIGN, values)


def tidy(database: sqlite3.Connection, where: Situation, present: Iterable[str] | None) -> None:
    """
    Drop what no run will ask for: of files not among those *present*, of other months.

    None where it is not known which are present.
    """
    month = where.day.replace(day=1), where.day
    database.execute("DELETE FROM outcomes WHERE day < ? OR day > ?", [day.isoformat() for day in month])
    if present is not None:
        known = {stored(path) for path in present}
        kept = database.execute("SELECT path FROM outcomes WHERE catalogue = ?", (where.catalogue,))
        gone = [(where.catalogue, path) for (path,) in kept.fetchall() if path not in known]
        database.executemany("DELETE FROM outcomes WHERE catalogue = ? AND path = ?", gone)
    for table in ("grounds", "details"):
        database.execute(f"DELETE FROM {table} WHERE outcome NOT IN (SELECT id FROM outcomes)")  # noqa: S608
