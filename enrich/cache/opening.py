"""
Opens the cache's database, makes it where there is none, and sets it aside where it is damaged.

Knows SQLite and the file's place; knows nothing of questions and answers.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from itertools import count
from typing import TYPE_CHECKING

from enrich.cache.entries import NAMES, OUTGROWN, OUTGROWN_TRIGGERS, TABLES
from enrich.cache.rows import ADDED, TABLE
from enrich.errors import StateError
from enrich.files import clear_leftovers, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "v1.sqlite"
SCHEMA = 1
"""Kept in the file as `user_version`. A schema that older programs can't read gets a file name of its own."""

_APPLICATION = 0x656E7269
"""`enri`, kept in the file as `application_id`: no other program's database is written to."""
_INCREMENTAL = 2
"""`auto_vacuum`: free pages are given back when told to. Source: https://www.sqlite.org/pragma.html"""
_BUSY_S = 10.0
"""How long to wait for another process's transaction; one lasts well under a millisecond."""
_ONCE_MORE_MS = 500
"""How long to wait after one wait was in vain: who holds the file so long may be stopped for good."""


def connect(folder: Path) -> tuple[sqlite3.Connection, list[str]]:
    """
    The database in *folder*, ready for use, and warnings: that a damaged one was set aside.

    Raises StateError where the folder can't be used or the file is from a newer enrich.
    """
    path = folder / FILE
    try:
        _make(folder)
        return _prepared(path), []
    except OSError as error:
        raise StateError(
            f"{folder}: {error.strerror or error}; choose another folder with --cache-dir"
        ) from error
    except sqlite3.Error as error:
        if not is_damage(error):
            raise in_words(path, error) from error
        warning = set_aside(path, error)
        return _prepared(path), [warning]


def is_damage(error: sqlite3.Error) -> bool:
    """Whether *error* tells of a file that stays unreadable, rather than of a full disk or a lock."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_lock(error: sqlite3.Error) -> bool:
    """Whether *error* tells that another process held the file all the time."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def wait_less(database: sqlite3.Connection) -> None:
    """From here on; so that a run that has several things to keep does not wait once for each."""
    database.execute(f"PRAGMA busy_timeout = {_ONCE_MORE_MS}")


def set_aside(path: Path, damage: sqlite3.Error) -> str:
    """Move the database and its journal out of the way; tells so."""
    aside = next(free for n in count(1) if not (free := path.with_name(f"{path.name}.corrupt-{n}")).exists())
    # The journal goes first: one left behind would be taken for that of the new database.
    for suffix in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return f"{path} was damaged ({damage}); it is kept as {aside.name}, and a new cache was begun"


def in_words(path: Path, error: sqlite3.Error) -> StateError:
    """*error* as something that a person can act on."""
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            cure = "another process holds it; wait for that one to end"
        case sqlite3.SQLITE_FULL:
            cure = "free some space, or choose another folder with --cache-dir"
        case _:
            cure = "make it writable, or choose another folder with --cache-dir"
    return StateError(f"{path}: {error}; {cure}")


def _code(error: sqlite3.Error) -> int:
    # The low byte is the error, what is above it says more exactly where it arose.
    # Source: https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended_result_codes
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    clear_leftovers(folder, (folder,))
    ignore = folder / ".gitignore"
    if not ignore.exists():
        replace_file(ignore, b"*\n")  # a half one would let git take the answers in


def _prepared(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        _refuse_foreign(path, database)
        if database.execute("PRAGMA page_count").fetchone() == (0,):
            # A file that is there keeps its own way until it is shrunk.
            database.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        _write_ahead(database)
        # A commit is in the system's hands at once, so a killed run loses nothing; a power cut may lose
        # the last ones, never the file. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
        database.execute("PRAGMA synchronous = NORMAL")
        _create(database)
    except BaseException:
        database.close()
        raise
    return database


def _refuse_foreign(path: Path, database: sqlite3.Connection) -> None:
    # One statement, so that another process that is making the file shows all of it or nothing.
    application, schema, tables = database.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application == _APPLICATION and schema > SCHEMA:
        raise StateError(
            f"{path} is from a newer enrich (schema {schema}, this one knows {SCHEMA}); "
            "upgrade enrich, or choose another folder with --cache-dir"
        )
    if application != _APPLICATION and tables:
        raise StateError(f"{path} is another program's database; choose another folder with --cache-dir")


def _write_ahead(database: sqlite3.Connection) -> None:
    # The change to WAL needs the file for itself and does not wait: two processes that begin
    # a new cache at one time would trip over each other. Source: https://www.sqlite.org/wal.html#noshm
    deadline = time.monotonic() + _BUSY_S
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _create(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
        _complete(database)
        return
    with transaction(database):
        database.execute(TABLE)
        _create_entries(database)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {SCHEMA}")


def _create_entries(database: sqlite3.Connection) -> None:
    for trigger in OUTGROWN_TRIGGERS:
        database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for table in OUTGROWN:
        database.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        database.execute(statement)


def _complete(database: sqlite3.Connection) -> None:
    if not (_lacking(database) or _lacks_entries(database)):
        return
    with transaction(database):
        _create_entries(database)
        for column in _lacking(database):  # another process may have added them meanwhile
            database.execute(f"ALTER TABLE answers ADD COLUMN {column} INTEGER")


def _lacks_entries(database: sqlite3.Connection) -> bool:
    known = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    return not known.issuperset(NAMES) or not known.isdisjoint(OUTGROWN)


def _lacking(database: sqlite3.Connection) -> list[str]:
    known = {name for (name,) in database.execute("SELECT name FROM pragma_table_info('answers')")}
    return [column for column in ADDED if column not in known]


def shrink(database: sqlite3.Connection, *, whole: bool) -> None:
    """Give free pages back to the system; of the *whole* file also what is free inside of pages."""
    # Another process that is reading keeps the space; it stays for reuse.
    with contextlib.suppress(sqlite3.OperationalError):
        if not whole and database.execute("PRAGMA auto_vacuum").fetchone() == (_INCREMENTAL,):
            # Moves as many pages as are free, where VACUUM writes the whole file twice.
            # A script, for `execute` takes one step, which is one page.
            database.executescript("PRAGMA incremental_vacuum")
        else:
            database.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
            database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextlib.contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and to the exclusion of other writers from its first statement on."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:  # a full disk ends it by itself
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
