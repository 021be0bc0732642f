"""
Questions and answers as text: the key under which an answer is kept, and its value as compact JSON.

Pure. Knows the words and JSON; knows nothing of databases, files or ages. What
it does not understand it calls unreadable (`None`), never an error: an answer
that can't be read is one that must be asked for again.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, assert_never

from enrich.models import (
    AnchorQuery,
    Candidates,
    CitationsQuery,
    Doubt,
    Failure,
    Fault,
    FileQuery,
    Hop,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    Notice,
    NoticeKind,
    PageWork,
    PublishedQuery,
    Reason,
    Record,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    Shown,
    Snapshot,
    SnapshotQuery,
    WorkKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from enrich.models import AnswerOutcome, Query

Outcome = TypeVar("Outcome", LinkCheck, Record, Snapshot, Candidates, Shown, NotFound, Failure)

VERSION = 1
"""
Of the values. Raise it when the meaning of a field changes, or when a source
reads its records better than before: older answers are then asked for again.
"""


def key_of(query: Query) -> str:
    """
    The canonical text of a question.

    >>> key_of(RecordQuery("arxiv", "2410.21276"))
    'arxiv:2410.21276'
    """
    match query:
        case LinkQuery(url):
            return f"link:{url}"
        case SnapshotQuery(url, year):
            return f"{_SNAPSHOT}:{'' if year is None else year}:{url}"
        case RecordQuery(scheme, name):
            return f"{scheme}:{name}"
        case SearchQuery() | PublishedQuery() | CitationsQuery():
            values = [getattr(query, name) for name in _ASKED[type(query)]]
            return f"{_SEARCHES[type(query)]}:{compact(values)}"
        case SecureQuery(url):
            return f"{_SECURE}:{url}"
        case AnchorQuery(url, fragment):
            return f"{_ANCHOR}:{len(fragment)}:{fragment}{url}"
        case FileQuery(entry, target):
            return f"{_FILE}:{len(entry)}:{entry}{target}"
        case _:
            assert_never(query)


def query_of(key: str) -> Query:
    """The question whose `key_of` is *key*. Raises ValueError or TypeError where *key* is none."""
    scheme, colon, rest = key.partition(":")
    if not (scheme and colon):
        raise ValueError(f"`{key}` has no scheme")
    if scheme == _SNAPSHOT:
        year, _, url = rest.partition(":")
        return SnapshotQuery(url, int(year) if year else None)
    if scheme == _SECURE:
        return SecureQuery(rest)
    if scheme == _ANCHOR:
        length, _, texts = rest.partition(":")
        return AnchorQuery(texts[int(length) :], texts[: int(length)])
    if scheme == _FILE:
        length, _, texts = rest.partition(":")
        return FileQuery(texts[: int(length)], texts[int(length) :])
    for search, name in _SEARCHES.items():
        if scheme == name:
            return search(*(_TEXT.read(value) for value in json.loads(rest)))
    return LinkQuery(rest) if scheme == "link" else RecordQuery(scheme, rest)


def encode(outcome: AnswerOutcome) -> str:
    """*outcome* as one line of ASCII JSON that `decode` reads back; fields at their default are left out."""
    return compact({"v": VERSION, "is": _NAMES[type(outcome)], **fields_of(outcome)})


def decode(text: str) -> AnswerOutcome | None:
    """The outcome that `encode` wrote; None where *text* is damaged or of another version."""
    try:
        read = json.loads(text)
        if read["v"] != VERSION:
            return None
        outcome: AnswerOutcome = outcome_of(_TYPES[read["is"]], read)
    except (ValueError, KeyError, TypeError):
        return None
    return outcome


def fields_of(outcome: AnswerOutcome) -> dict[str, object]:
    """The fields of *outcome* that aren't at their default, as JSON can hold them."""
    defaults = _DEFAULTS[type(outcome)]
    values = ((name, form, getattr(outcome, name)) for name, form in _FIELDS[type(outcome)].items())
    return {name: form.write(value) for name, form, value in values if value != defaults[name]}


def outcome_of(kind: type[Outcome], read: Mapping[str, object]) -> Outcome:
    """
    The *kind* of outcome that `fields_of` took apart; keys it doesn't know are ignored.

    Raises ValueError or TypeError where a field is missing or of another type.
    """
    known = _FIELDS[kind]
    return kind(**{name: known[name].read(value) for name, value in read.items() if name in known})


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def microseconds(moment: dt.datetime) -> int:
    """Since 1970, UTC. Raises ValueError for a time without time zone, whose meaning is a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> dt.datetime:
    return _EPOCH + microseconds * _MICROSECOND


_SNAPSHOT = "snapshot"
_SECURE = "secure"
_ANCHOR = "anchor"
_FILE = "file"
_SEARCHES: dict[type[SearchQuery | PublishedQuery | CitationsQuery], str] = {
    SearchQuery: "search",
    PublishedQuery: "published",
    CitationsQuery: "citations",
}
_ASKED = {kind: tuple(field.name for field in fields(kind)) for kind in _SEARCHES}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class _Form(NamedTuple):
    """How a field stands in JSON. `read` raises ValueError where the value is of another type."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def _is(kind: type) -> _Form:
    def read(value: object) -> Any:
        # Not isinstance: True is an int to Python, and no version number.
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not of type {kind.__name__}")
        return value

    return _Form(lambda value: value, read)


def _each(form: _Form) -> _Form:
    def read(values: object) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise ValueError(f"{values!r} is not a list")
        return tuple(form.read(value) for value in values)

    return _Form(lambda values: [form.write(value) for value in values], read)


def _one_of(choices: type[Enum]) -> _Form:
    return _Form(lambda choice: choice.value, choices)


def _read_date(value: object) -> dt.date:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")
    return dt.date.fromisoformat(value)


def _read_moment(value: object) -> dt.datetime:
    try:
        return moment(_NUMBER.read(value))
    except OverflowError as error:
        raise ValueError(f"{value!r} is no time") from error


def _write_work(work: PageWork) -> object:
    return {"titles": work.titles, "authors": work.authors, "arxiv_id": work.arxiv_id, "doi": work.doi}


def _read_work(value: object) -> PageWork:
    match value:
        case {"titles": titles, "authors": authors, "arxiv_id": arxiv_id, "doi": doi}:
            texts = _each(_TEXT)
            ids = (None if name is None else _TEXT.read(name) for name in (arxiv_id, doi))
            return PageWork(texts.read(titles), texts.read(authors), *ids)
        case _:
            raise ValueError(f"{value!r} is no work")


def _read_hop(value: object) -> Hop:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a hop")
    url, code = value
    return Hop(_TEXT.read(url), _NUMBER.read(code))


def _write_notice(notice: Notice) -> object:
    return [notice.kind.value, notice.doi, notice.date.isoformat() if notice.date else None]


def _read_notice(value: object) -> Notice:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a notice")
    kind, doi, date = value
    return Notice(
        NoticeKind(kind), None if doi is None else _TEXT.read(doi), None if date is None else _read_date(date)
    )


def _read_record(value: object) -> Record:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a record")
    return outcome_of(Record, value)


_TEXT = _is(str)
_NUMBER = _is(int)
_TRUTH = _is(bool)
_DATE = _Form(dt.date.isoformat, _read_date)
_MOMENT = _Form(microseconds, _read_moment)
_HOP = _Form(lambda hop: [hop.url, hop.code], _read_hop)
_WORK = _Form(_write_work, _read_work)
_NOTICE = _Form(_write_notice, _read_notice)

_FIELDS: dict[type, dict[str, _Form]] = {
    LinkCheck: {
        "status": _one_of(LinkStatus),
        "detail": _TEXT,
        "reason": _one_of(Reason),
        "fault": _one_of(Fault),
        "code": _NUMBER,
        "final_url": _TEXT,
        "chain": _each(_HOP),
        "doubt": _one_of(Doubt),
        "told": _TEXT,
        "work": _WORK,
    },
    Record: {
        "scheme": _TEXT,
        "id": _TEXT,
        "title": _TEXT,
        "authors": _each(_TEXT),
        "collaboration": _TEXT,
        "published": _DATE,
        "updated": _DATE,
        "version": _NUMBER,
        "categories": _each(_TEXT),
        "primary_category": _TEXT,
        "doi": _TEXT,
        "journal_ref": _TEXT,
        "comment": _TEXT,
        "abstract": _TEXT,
        "withdrawn": _TRUTH,
        "license": _TEXT,
        "versions": _each(_DATE),
        "kind": _one_of(WorkKind),
        "venue": _TEXT,
        "year": _NUMBER,
        "arxiv": _TEXT,
        "notices": _each(_NOTICE),
        "citations": _NUMBER,
    },
    Snapshot: {"url": _TEXT, "taken_at": _MOMENT},
    Candidates: {"records": _each(_Form(fields_of, _read_record))},
    NotFound: {"detail": _TEXT},
    Shown: {"detail": _TEXT},
    Failure: {"reason": _one_of(Reason), "detail": _TEXT},
}
_DEFAULTS: dict[type, dict[str, object]] = {
    kind: {field.name: field.default for field in fields(kind)} for kind in _FIELDS
}
_TYPES: dict[str, type[Any]] = {
    "link": LinkCheck,
    "record": Record,
    "snapshot": Snapshot,
    "candidates": Candidates,
    "shown": Shown,
    "not-found": NotFound,
    "failure": Failure,
}
_NAMES: dict[type, str] = {kind: name for name, kind in _TYPES.items()}
