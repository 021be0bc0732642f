"""
Papers written into the mirror, a batch at a time: all of it with what is told of it, or nothing.

Of two states of a paper the newer stays, whoever brings them in whichever order. What was
deleted keeps its row, so that an older snapshot does not bring it back.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enrich.cache.encoding import fields_of, outcome_of
from enrich.cache.opening import transaction
from enrich.mirror import opening
from enrich.mirror.facts import Facts
from enrich.mirror.titles import COMMON, digest, forms, indexed, keys
from enrich.models import Record
from enrich.sources.arxiv.feed import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from enrich.mirror.papers import Paper

_KNOWN = (
    "SELECT id, number, datestamp, title, record FROM papers WHERE id IN (SELECT value FROM json_each(?))"
)
_INSERT = "INSERT INTO papers (number, id, datestamp, title, digest, record) VALUES (?, ?, ?, ?, ?, ?)"
_UPDATE = "UPDATE papers SET datestamp = ?, title = ?, digest = ?, record = ? WHERE number = ?"
_INDEX = "INSERT INTO words (rowid, title) VALUES (?, ?)"
# An index without content is told what it held. Source: https://www.sqlite.org/fts5.html#the_delete_command
_UNINDEX = "INSERT INTO words (words, rowid, title) VALUES ('delete', ?, ?)"
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COLUMNS = frozenset({"scheme", "id", "title"})
_BATCH = 5_000
_MANY = 0.1
"""Of all papers, from which the index is worth being put together anew."""


def pack(record: Record | None) -> bytes | None:
    """*record* without what stands in other columns; hardly compressed: more saves 2 % and costs double."""
    if record is None:
        return None
    fields = {name: value for name, value in fields_of(record).items() if name not in _COLUMNS}
    return zlib.compress(_encoded(fields).encode(), 1)


def unpack(arxiv: str, title: str, packed: bytes) -> Record:
    """The inverse of `pack`. Raises ValueError, TypeError or zlib.error where *packed* is damaged."""
    fields = json.loads(zlib.decompress(packed))
    return outcome_of(Record, {"scheme": "arxiv", "id": arxiv, "title": title, **fields})


@dataclass(slots=True)
class Written:
    """Papers, by what they brought."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    """As they stand, or older than what stands."""


class Writer:
    """The only one that writes to a mirror. Raises StateError where the disk refuses."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self.facts = Facts(database)
        self._database = database

    @property
    def _count(self) -> int:
        """Of rows, and the number of the last: none is ever taken away."""
        count: int = self._database.execute("SELECT coalesce(max(number), 0) FROM papers").fetchone()[0]
        return count

    def write(self, papers: Sequence[Paper], facts: Mapping[str, str | None], written: Written) -> None:
        """*papers* and *facts* at once, of several states of a paper the newest; counts in *written*."""
        newest: dict[str, Paper] = {}
        for paper in papers:
            known = newest.get(paper.id)
            if known is None or paper.datestamp >= known.datestamp:
                newest[paper.id] = paper
        with opening.in_words(self.path), transaction(self._database):
            self._put(newest, written)
            self.facts.put({"revision": secrets.token_hex(8), **facts})

    def _put(self, papers: dict[str, Paper], written: Written) -> None:
        standing = {row[0]: row[1:] for row in self._database.execute(_KNOWN, (json.dumps(list(papers)),))}
        inserted: list[tuple[object, ...]] = []
        updated: list[tuple[object, ...]] = []
        gone: list[tuple[int, str]] = []
        come: list[tuple[int, str]] = []
        last = self._count  # anew each time: another process may write between two batches
        for arxiv, paper in papers.items():
            number, datestamp, before, packed = standing.get(arxiv, (None, "", None, None))
            if paper.datestamp.isoformat() < datestamp:
                written.unchanged += 1
                continue
            record = _with_mark(paper, before, packed)
            title = record.title if record else None
            number_of_title, own_words = keys(title) if title is not None else (None, "")
            values = (paper.datestamp.isoformat(), title, number_of_title, pack(record))
            _tally(written, (before, packed), (title, values[3]))
            if number is not None:
                updated.append((*values, number))
            else:
                number = last = last + 1
                inserted.append((number, arxiv, *values))
            if title != before:
                gone += [(number, indexed(before))] if before is not None else []
                come += [(number, own_words)] if title is not None else []
        for statement, rows in ((_UNINDEX, gone), (_INSERT, inserted), (_UPDATE, updated), (_INDEX, come)):
            self._database.executemany(statement, rows)

    # -- the index of titles -------------------------------------------------------------------

    def prepare(self, show: Callable[[int, int], None]) -> bool:
        """
        Make sure that titles are indexed as this program reads them; whether they had to be anew.

        *show* is told how many of how many papers are done.
        """
        if self.facts.forms in (None, forms()):
            self.facts.put({"forms": forms()})
            return False
        with opening.in_words(self.path):
            self._database.execute("INSERT INTO words (words) VALUES ('delete-all')")
            total = self._count
            for begin in range(1, total + 1, _BATCH):
                self._reindex(begin, begin + _BATCH)
                show(min(begin + _BATCH - 1, total), total)
            self.facts.put({"forms": forms(), "counted": None})
        self.finish({})
        return True

    def _reindex(self, begin: int, end: int) -> None:
        with transaction(self._database):
            found = self._database.execute(
                "SELECT number, title FROM papers WHERE number >= ? AND number < ? AND title IS NOT NULL",
                (begin, end),
            ).fetchall()
            self._database.executemany(_INDEX, [(number, indexed(title)) for number, title in found])
            self._database.executemany(
                "UPDATE papers SET digest = ? WHERE number = ?",
                [(digest(title), number) for number, title in found],
            )

    def finish(self, facts: Mapping[str, str | None]) -> None:
        """The end of an import or an update: words are counted where many have come, and *facts* hold."""
        with opening.in_words(self.path):
            if self._has_grown():
                # One segment instead of many: a search looks into each.
                self._database.execute("INSERT INTO words (words) VALUES ('optimize')")
            with transaction(self._database):
                if self._has_grown():
                    self._count_words()
                self.facts.put({"revision": secrets.token_hex(8), **facts})

    def _has_grown(self) -> bool:
        counted = int(self.facts.get("counted") or 0)
        return self._count - counted > _MANY * counted

    def _count_words(self) -> None:
        self._database.execute("DELETE FROM frequencies")
        self._database.execute(
            "INSERT INTO frequencies SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (COMMON,)
        )
        self.facts.put({"counted": str(self._count)})


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A writer for the mirror at *path*, which is made where there is none. Raises StateError."""
    database = opening.open_to_write(path)
    try:
        yield Writer(path, database)
    except sqlite3.Error as error:
        raise opening.told(path, error) from error
    finally:
        opening.close_whole(database)


def _with_mark(paper: Paper, title: str | None, packed: bytes | None) -> Record | None:
    """
    The record of *paper*; withdrawn where what stood before was so by arXiv's mark, on the same versions.

    A snapshot has no marks, and is not to take away what OAI-PMH has told.
    """
    record = paper.record
    if record is None or record.withdrawn or paper.tells_marks or title is None or packed is None:
        return record
    before = unpack(paper.id, title, packed)
    is_marked = before.withdrawn and not is_withdrawn(before.comment, before.abstract)
    return replace(record, withdrawn=True) if is_marked and before.versions == record.versions else record


def _tally(
    written: Written, before: tuple[str | None, bytes | None], now: tuple[str | None, bytes | None]
) -> None:
    """Counts in *written* what became of one paper: title and packed record, None where there is none."""
    if before == now:
        written.unchanged += 1
    elif now[1] is None:
        written.deleted += 1
    elif before[1] is None:
        written.new += 1
    else:
        written.changed += 1
