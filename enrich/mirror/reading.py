"""
The mirror as a layer of what a run knows: it answers with what it has, and never says that a thing is not.

A paper that it lacks is asked for at arXiv, since it may be behind. What an older version said
it does not know, nor how often a paper is cited, nor who published it.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING

from enrich.cache import MIRROR
from enrich.errors import StateError
from enrich.matching import Anchor, judge
from enrich.matching.titles import MATCHING
from enrich.mirror import opening
from enrich.mirror.facts import Facts
from enrich.mirror.titles import candidates, forms
from enrich.mirror.writing import unpack
from enrich.models import Answer, Candidates, Record, RecordQuery, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from enrich.matching import Match
    from enrich.models import Query

LISTED = 50
"""Most papers in the answer to a search; as many as arXiv's own search is asked for."""

_RECORD = "SELECT title, record FROM papers WHERE id = ? AND record IS NOT NULL"
_RECORDS = "SELECT number, id, title, record FROM papers WHERE number IN (SELECT value FROM json_each(?))"


class Mirror:
    """
    To be used from the thread that made it. Never raises for what a file can do.

    What is wrong with it is told in `notes`, and then it knows nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        """Sentences for people; may grow while it is used."""
        self.digest = ""
        """Of all that it says: it says the same as long as this stays."""
        self._database: sqlite3.Connection | None = None
        try:
            self._open()
        except StateError as error:
            self.notes.append(f"the mirror is not used: {error}")

    def _open(self) -> None:
        database = opening.open_to_read(self.path)
        if database is None:
            raise StateError(f"{self.path}: no such file; `enrich mirror import FILE` makes it")
        self._database = database
        with opening.in_words(self.path):
            facts = Facts(database)
            self.digest = facts.revision
            self._as_of = facts.whole_on or facts.newest or dt.date.min
            self._is_whole = facts.whole_on is not None
            self._forms = facts.forms

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def get(self, query: Query) -> Answer | None:
        """What the mirror has; None where it isn't known here."""
        if self._database is None:
            return None
        try:
            outcome = self._outcome(self._database, query)
        except (sqlite3.Error, ValueError, TypeError, zlib.error) as error:
            self._give_up(error)
            return None
        return Answer(query, outcome, MIRROR, self._retrieved_at, cached=True) if outcome else None

    @property
    def _retrieved_at(self) -> dt.datetime:
        return dt.datetime.combine(self._as_of, dt.time(), dt.UTC)

    def _outcome(self, database: sqlite3.Connection, query: Query) -> Record | Candidates | None:
        match query:
            case RecordQuery("arxiv", name):
                return _record(database, name)
            case SearchQuery() if self._can_search():
                return _search(database, query)
            case _:
                return None

    def _can_search(self) -> bool:
        """Not while a first import goes on: the twin of what is found may be among what is missing."""
        if self._is_whole and self._forms != forms():
            self._is_whole = False
            self.notes.append(
                f"{self.path}: its titles were indexed by another enrich and are not searched; "
                "`enrich mirror update` indexes them anew"
            )
        return self._is_whole

    def _give_up(self, error: Exception) -> None:
        self.close()
        self.notes.append(
            f"the mirror is no longer used in this run: {self.path}: {error}; if that comes again, "
            f"{opening.REBUILD}"
        )


def _record(database: sqlite3.Connection, name: str) -> Record | None:
    """That of the newest version; also where this one is named."""
    bare, _, version = name.rpartition("v") if _has_version(name) else (name, "", "")
    found = database.execute(_RECORD, (bare,)).fetchone()
    if found is None:
        return None
    record = unpack(bare, *found)
    return record if version in ("", str(record.version)) else None


def _has_version(name: str) -> bool:
    head, v, digits = name.rpartition("v")
    return bool(v) and digits.isdecimal() and head[-1:].isdigit()


def _search(database: sqlite3.Connection, query: SearchQuery) -> Candidates | None:
    """
    The papers that are called so, if one of them is the author's as well; None where arXiv may know better.

    Those that differ in trifles only where none is called just so: the rule never takes them for the
    work. Too many are no answer: narrowed to the author's, they are.
    """
    for only_equal in (True, False):
        found = candidates(database, query.title, only_equal=only_equal)
        listed = _listed(query, _records(database, [number for number, _ in found]))
        if listed:
            return Candidates(listed)
    return None


def _listed(query: SearchQuery, records: Sequence[Record]) -> tuple[Record, ...]:
    """Those of *records* that are called so, the likest first; none where none is the author's as well."""
    judged = [(_judged(query, record), record) for record in records]
    alike = [(match, record) for match, record in judged if match.near or match.title_score >= MATCHING]
    own = [(match, record) for match, record in alike if match.authors_agreeing or not query.surname]
    if not any(match.near for match, _ in own):
        return ()
    listed = alike if len(alike) <= LISTED else own
    if len(listed) > LISTED:
        return ()
    return tuple(record for _, record in sorted(listed, key=_likest_first))


def _judged(query: SearchQuery, record: Record) -> Match:
    authors = (query.surname,) if query.surname else ()
    return judge(query.title, authors, record, anchor=Anchor.GUESS)


def _likest_first(one: tuple[Match, Record]) -> tuple[bool, float, str]:
    match, record = one
    return not match.near, -match.title_score, record.id


def _records(database: sqlite3.Connection, numbers: Sequence[int]) -> list[Record]:
    rows = database.execute(_RECORDS, (json.dumps(numbers),)).fetchall()
    by_number = {number: unpack(arxiv, title, packed) for number, arxiv, title, packed in rows}
    return [by_number[number] for number in numbers if number in by_number]
