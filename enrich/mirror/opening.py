"""
The mirror's file: made, opened for reading or for writing, and refused where it is none of ours.

Knows SQLite and the tables; knows nothing of what stands in them. One writer at a time;
runs may read while it writes.

    facts        what the mirror as a whole is: how far it reaches, what is under way
    papers       one row a paper; without a record where arXiv has deleted it
    words        full text of the titles: which papers have a word; FTS5, holds no text itself
    frequencies  words that many titles have, and how many
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from enrich.cache.opening import transaction
from enrich.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = 1
"""Kept in the file as `user_version`. A file of an older schema is built anew by an import."""

_APPLICATION = 0x656E726D
"""`enrm`, kept in the file as `application_id`: no other program's database is read or written."""
_BUSY_S = 10.0
_PAGE = 8192
"""Bytes: a paper has about 900."""
_CACHE_KIB = 65_536
_TABLES = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
CREATE TABLE papers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  datestamp TEXT NOT NULL,  -- a day in ISO's form
  title TEXT,               -- NULL where there is no record
  digest INTEGER,           -- of the title; see `titles.digest`; NULL where there is none
  record BLOB               -- compressed; see `writing.pack`
)
""",
    "CREATE INDEX papers_by_title ON papers (digest) WHERE digest IS NOT NULL",
    # Words as `matching` makes them: letters of any script, digits, and three signs. Without
    # `content`, positions and sizes the index is a third as large; what is asked needs none of them.
    """
CREATE VIRTUAL TABLE words USING fts5(
  title, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '.+#'"
)
""",
    "CREATE TABLE frequencies (word TEXT PRIMARY KEY, titles INTEGER NOT NULL) WITHOUT ROWID",
)
_VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)"

REBUILD = "`enrich mirror import FILE` builds a new one once this is moved away"


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """None where there is no mirror. Raises StateError where it can't be used, with the cure."""
    if not path.is_file():
        return None
    with in_words(path):
        database = _connected(path, "ro")
        with _closed_on_error(database):
            _check(path, database)
            database.execute(_VOCABULARY)
        return database


def open_to_write(path: Path) -> sqlite3.Connection:
    """The mirror, made where there is none. Raises StateError where it can't be used, with the cure."""
    with in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        database = _connected(path, "rwc")
        with _closed_on_error(database):
            if _is_empty(database):
                _make(database)
            _check(path, database)
            # Runs that read while it is written to see the last whole batch.
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            database.execute(_VOCABULARY)
        return database


def close_whole(database: sqlite3.Connection) -> None:
    """One file again, which can be read where nothing can be written; unless somebody reads it just now."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(database):
        database.execute("PRAGMA busy_timeout = 0")
        database.execute("PRAGMA journal_mode = DELETE")


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What SQLite and the disk say, as something that a person can act on: StateError."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(path, error) from error
    except OSError as error:
        raise StateError(
            f"{path}: {error.strerror or error}; choose another place with `path` in [mirror]"
        ) from error


def told(path: Path, error: sqlite3.Error) -> StateError:
    """*error* as something that a person can act on."""
    return StateError(f"{path}: {error}; {_cure(error)}")


def _cure(error: sqlite3.Error) -> str:
    # The low byte is the error, what is above it says more exactly where it arose.
    # Source: https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended_result_codes
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"the mirror is damaged; {REBUILD}"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another process writes to it; wait for that one to end"
        case sqlite3.SQLITE_ERROR if "no such module" in str(error):
            return "the SQLite of this Python has no FTS5; use another Python, or `use = false` in [mirror]"
        case sqlite3.SQLITE_FULL:
            return "free some space, or choose another place with `path` in [mirror]"
        case _:
            return "make it readable and writable, or choose another place with `path` in [mirror]"


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_S, isolation_level=None)


@contextlib.contextmanager
def _closed_on_error(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


def _is_empty(database: sqlite3.Connection) -> bool:
    found: tuple[int] = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return found == (0,)


def _make(database: sqlite3.Connection) -> None:
    database.execute(f"PRAGMA page_size = {_PAGE}")
    with transaction(database):
        if not _is_empty(database):
            return  # another process has made it meanwhile
        for statement in _TABLES:
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {SCHEMA}")


def _check(path: Path, database: sqlite3.Connection) -> None:
    application, schema = database.execute(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != _APPLICATION:
        raise StateError(f"{path} is no mirror of enrich's; choose another place with `path` in [mirror]")
    if schema > SCHEMA:
        raise StateError(
            f"{path} is from a newer enrich (schema {schema}, this one knows {SCHEMA}); upgrade enrich, "
            "or choose another place with `path` in [mirror]"
        )
    if schema < SCHEMA:
        older = f"{path} is from an older enrich (schema {schema}, this one writes {SCHEMA})"
        raise StateError(f"{older}; {REBUILD}")
