"""
Answers on disk, so that nothing is asked twice while it is still true.

One SQLite file. Answers about works are committed at once, answers about addresses some
at a time, by `flush`: a run that is killed loses those since the last one. Knows answers
and their age; knows nothing of sources.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from enrich.cache import entries, opening, rows
from enrich.cache.aging import Kept, Ttl, kept
from enrich.cache.encoding import key_of
from enrich.cache.forms import microseconds
from enrich.models import Answer, History, LinkCheck, LinkQuery, RecordQuery
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from enrich.cache.census import Stats
    from enrich.cache.entries import Entry, Situation
    from enrich.cache.pruning import Pruned
    from enrich.cache.rows import Observation, Row
    from enrich.models import Query

T = TypeVar("T")

MOST_WAITING = 256
"""Answers about addresses that wait to be written together."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Everything known of one question."""

    query: Query
    answer: Answer | None
    """None where none is kept; `history` and `observations` may still tell of it."""
    fresh: bool
    history: History
    observations: tuple[Observation, ...]
    """Of an address: newest first."""


class Cache:
    """
    The answers in one folder: open it with `Cache.open`, close it with `close` or `with`.

    To be used from the thread that opened it; several processes may use one
    folder at one time. Every method raises StateError where the disk refuses,
    and goes on with a new file where the old one turns out to be damaged.
    """

    def __init__(self, folder: Path, *, now: Callable[[], dt.datetime], ttl: Ttl) -> None:
        self.path = folder / opening.FILE
        self.warnings: list[str] = []
        """For people: a damaged file was set aside. May grow while the cache is used."""
        self._folder = folder
        self._now = now
        self._ttl = ttl
        self._database = self._connected()
        self._waiting: dict[str, tuple[Answer, LinkCheck]] = {}
        """By key: what `flush` writes. In no case two of one address."""

    @classmethod
    def open(cls, folder: Path, *, now: Callable[[], dt.datetime], ttl: Ttl | None = None) -> Self:
        """
        The cache in *folder*, which is made where it is missing, with a `.gitignore` in it.

        *now* gives the time with its zone. A damaged file is set aside as
        `v1.sqlite.corrupt-<n>` and told of in `warnings`. Raises StateError
        where the folder can't be used or the file is from a newer enrich.
        """
        return cls(folder, now=now, ttl=ttl or Ttl())

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- for the fetcher -----------------------------------------------------------------------

    def get(self, query: Query) -> Answer | None:
        """The answer while it is fresh, with what is remembered of an address; else None."""
        key = key_of(query)
        row = self._row(key) if key in self._waiting else self._standing(key)
        return row.answer if row and self._is_fresh(row) else None

    def put(self, answer: Answer) -> Answer:
        """
        Remember *answer*; it comes back with the history of its address, itself included.

        What could not be verified is not kept (an older answer stays) but is
        counted among the observations. An answer that was cached is known already.
        An answer about an address is on the disk after the next `flush`.
        """
        if answer.cached:
            return answer
        if isinstance(answer.query, LinkQuery):
            return replace(answer, history=self._observe(answer))
        sort = kept(answer.outcome, answer.query)
        if sort is not None:
            self._do(lambda database: rows.keep(database, answer, sort))
        return answer

    def flush(self) -> None:
        """Write what waits, all or nothing; where the disk refuses, it goes on waiting."""
        if not self._waiting:
            return

        def work(database: sqlite3.Connection) -> None:
            with opening.transaction(database):
                for answer, check in self._waiting.values():
                    rows.observe(database, answer, check)

        self._at_once(work)
        self._waiting.clear()

    def history(self, query: Query) -> History:
        row = self._row(key_of(query))
        return row.history if row else History()

    def count_links(self, most: int) -> int:
        """About how many addresses need not be asked, as long as a working link is believed; at *most*."""
        values = (microseconds(self._now() - self._ttl.ok), most)
        counted: int = self._do(lambda database: database.execute(rows.COUNT_LINKS, values).fetchone()[0])
        return counted

    # -- of whole entries ----------------------------------------------------------------------

    def entries(
        self, where: Situation, paths: Sequence[str], *, details: bool = False
    ) -> dict[str, entries.Kept]:
        """What `keep_entries` was told of *paths*, while all that it rests on is fresh."""
        now = microseconds(self._now())
        return self._do(lambda database: entries.load(database, where, paths, now, details=details))

    def sign_entries(self, where: Situation, signatures: Sequence[tuple[str, str, str]]) -> None:
        """By which *signatures* files are known from here on: path, signature, digest of what was read."""

        def work(database: sqlite3.Connection) -> None:
            with opening.transaction(database):
                entries.sign(database, where, signatures)

        self._do(work)

    def keep_entries(self, where: Situation, kept: Sequence[Entry]) -> None:
        """Remember those of which every answer is the one that is kept here; forget what was known of all."""

        def work(database: sqlite3.Connection) -> None:
            with opening.transaction(database):
                for entry in kept:
                    entries.keep(database, where, entry, self._ttl)

        self._do(work)

    def tidy_entries(self, where: Situation, present: Iterable[str] | None) -> None:
        """Drop what is of files that are not *present* (None: not known), or of another month."""

        def work(database: sqlite3.Connection) -> None:
            with opening.transaction(database):
                entries.tidy(database, where, present)

        self._do(work)

    # -- for people ----------------------------------------------------------------------------

    def show(self, text: str) -> Remembered | None:
        """What is remembered of an address, or of `arxiv:2410.21276`; None where nothing is."""
        row = self._row(f"link:{text}") or self._row(text)
        return self._remembered(row) if row else None

    def find(self, pattern: str = "*") -> Iterator[Remembered]:
        """Everything whose address or key is like *pattern*, in which `*` stands for anything; sorted."""
        found = map(self._remembered, self._rows("key GLOB ? OR key GLOB ?", _like(pattern)))
        return (remembered for remembered in found if remembered)

    def works(self, queries: Iterable[Query] | None = None) -> Iterator[Answer]:
        """Answers about works, fresh or not: to *queries* in their order, or all."""
        if queries is None:
            found = self._rows("kept IN (?, ?)", (Kept.FOUND.value, Kept.ABSENT.value))
            return (answer for row in found if (answer := row.answer))
        keys = (key_of(query) for query in queries if isinstance(query, RecordQuery))
        return (answer for key in keys if (row := self._row(key)) and (answer := row.answer))

    def stats(self, *, confirm_after: int = 3, confirm_days: float = 3) -> Stats:
        """What is in the cache; *confirm_after* and *confirm_days* are those of `[links]`."""
        from enrich.cache.census import Confirmed, census  # noqa: PLC0415 - of no use to a run

        confirmed = Confirmed(confirm_after, dt.timedelta(days=confirm_days))
        return self._do(lambda database: census(self.path, database, self._ttl, self._now(), confirmed))

    def forget(self, pattern: str) -> int:
        """Drop all that is like *pattern* (see `find`), histories included; how many there were."""
        delete = "DELETE FROM answers WHERE key GLOB ? OR key GLOB ?"
        return self._do(lambda database: database.execute(delete, _like(pattern)).rowcount)

    def prune(self, *, older_than: dt.timedelta | None = None, dry_run: bool = False) -> Pruned:
        """
        Drop answers that are no longer fresh, or *older than* that, and histories of addresses long unseen.

        Of an address that is still in use its history stays. In a *dry run* it is only told.
        """
        from enrich.cache.pruning import prune  # noqa: PLC0415 - of no use to a run

        now = self._now()

        def work(database: sqlite3.Connection) -> Pruned:
            return prune(database, self.path, self._ttl, now, older_than=older_than, dry_run=dry_run)

        return self._do(work)

    def clear(self) -> None:
        """Drop everything, streaks included."""

        def work(database: sqlite3.Connection) -> None:
            for table in ("outcomes", "details", "grounds", "answers"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            opening.shrink(database, whole=True)

        self._do(work)

    # -- the database --------------------------------------------------------------------------

    def _row(self, key: str) -> Row | None:
        return self._do(lambda database: rows.select(database, key))

    def _rows(self, where: str, values: tuple[str, ...]) -> Iterator[Row]:
        # By pages: nothing stays open while the caller works, and a large cache needs no large memory.
        last = ""
        while found := self._do(partial(rows.page, where=where, values=values, after=last)):
            yield from found
            last = found[-1].key

    def _standing(self, key: str) -> Row | None:
        """The row without what waits."""
        return self._at_once(lambda database: rows.select(database, key))

    def _observe(self, answer: Answer) -> History:
        if not isinstance(answer.outcome, LinkCheck):
            return self.history(answer.query)
        microseconds(answer.retrieved_at)  # one without a zone is refused here, not with those it waits with
        key, check = key_of(answer.query), answer.outcome
        if key in self._waiting or len(self._waiting) >= MOST_WAITING:
            self.flush()
        history = rows.history_with(self._standing(key), answer, check)
        self._waiting[key] = answer, check
        return history

    def _is_fresh(self, row: Row) -> bool:
        return rows.is_fresh(row.kept, row.retrieved_at, row.spread, self._ttl, self._now())

    def _remembered(self, row: Row) -> Remembered | None:
        """None for a key that is no question: the file was tampered with."""
        try:
            query = row.query
        except (TypeError, ValueError):
            return None
        return Remembered(query, row.answer, self._is_fresh(row), row.history, row.observations)

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self.flush()
        return self._at_once(work)

    def _at_once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._database)
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            if opening.is_lock(error):
                opening.wait_less(self._database)
            if not opening.is_damage(error):
                raise opening.in_words(self.path, error) from error
            self._begin_anew(error)
            return work(self._database)

    def _begin_anew(self, damage: sqlite3.Error) -> None:
        self._database.close()
        self.warnings.append(opening.set_aside(self.path, damage))
        self._database = self._connected()

    def _connected(self) -> sqlite3.Connection:
        database, warnings = opening.connect(self._folder)
        self.warnings += warnings
        return database


def _like(pattern: str) -> tuple[str, str]:
    """*pattern* for keys as they are stored, as an address and as a key."""
    literal = rows.stored(pattern).replace("[", "[[]").replace("?", "[?]")
    return f"{rows.stored('link:')}{literal}", literal
