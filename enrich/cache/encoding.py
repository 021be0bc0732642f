"""
Questions and answers as text: the key under which an answer is kept, and its value as compact JSON.

Pure. Knows the words and JSON; knows nothing of databases, files or ages. What
it does not understand it calls unreadable (`None`), never an error: an answer
that can't be read is one that must be asked for again.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from enrich.cache.forms import DATE, MOMENT, NUMBER, TEXT, TRUTH, Form, each, maybe, one_of, word
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
    from collections.abc import Mapping

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
            return search(*(TEXT.read(value) for value in _json(rest)))
    return LinkQuery(rest) if scheme == "link" else RecordQuery(scheme, rest)


def encode(outcome: AnswerOutcome) -> str:
    """*outcome* as one line of ASCII JSON that `decode` reads back; fields at their default are left out."""
    return compact({"v": VERSION, **_named(outcome)})


def decode(text: str) -> AnswerOutcome | None:
    """The outcome that `encode` wrote; None where *text* is damaged or of another version."""
    try:
        read = _json(text)
        if read["v"] != VERSION:
            return None
        return _read_named(read)
    except (ValueError, KeyError, TypeError):
        return None


def _json(text: str) -> Any:
    """Raises ValueError where *text* is no JSON, or nested too deep to be an answer."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _named(outcome: AnswerOutcome) -> dict[str, object]:
    return {"is": _NAMES[type(outcome)], **fields_of(outcome)}


def _read_named(value: Any) -> AnswerOutcome:
    outcome: AnswerOutcome = outcome_of(_TYPES[value["is"]], value)
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


def _write_work(work: PageWork) -> object:
    return {"titles": work.titles, "authors": work.authors, "arxiv_id": work.arxiv_id, "doi": work.doi}


def _read_work(value: object) -> PageWork:
    match value:
        case {"titles": titles, "authors": authors, "arxiv_id": arxiv_id, "doi": doi}:
            texts = each(TEXT)
            ids = (None if name is None else TEXT.read(name) for name in (arxiv_id, doi))
            return PageWork(texts.read(titles), texts.read(authors), *ids)
        case _:
            raise ValueError(f"{value!r} is no work")


def _read_record(value: object) -> Record:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a record")
    return outcome_of(Record, value)


_HOP = word(Hop, url=TEXT, code=NUMBER)
_WORK = Form(_write_work, _read_work)
_NOTICE = word(Notice, kind=one_of(NoticeKind), doi=maybe(TEXT), date=maybe(DATE))

_FIELDS: dict[type, dict[str, Form]] = {
    LinkCheck: {
        "status": one_of(LinkStatus),
        "detail": TEXT,
        "reason": one_of(Reason),
        "fault": one_of(Fault),
        "code": NUMBER,
        "final_url": TEXT,
        "chain": each(_HOP),
        "doubt": one_of(Doubt),
        "told": TEXT,
        "work": _WORK,
    },
    Record: {
        "scheme": TEXT,
        "id": TEXT,
        "title": TEXT,
        "authors": each(TEXT),
        "collaboration": TEXT,
        "published": DATE,
        "updated": DATE,
        "version": NUMBER,
        "categories": each(TEXT),
        "primary_category": TEXT,
        "doi": TEXT,
        "journal_ref": TEXT,
        "comment": TEXT,
        "abstract": TEXT,
        "withdrawn": TRUTH,
        "license": TEXT,
        "versions": each(DATE),
        "kind": one_of(WorkKind),
        "venue": TEXT,
        "year": NUMBER,
        "arxiv": TEXT,
        "notices": each(_NOTICE),
        "citations": NUMBER,
    },
    Snapshot: {"url": TEXT, "taken_at": MOMENT},
    Candidates: {"records": each(Form(fields_of, _read_record))},
    NotFound: {"detail": TEXT},
    Shown: {"detail": TEXT},
    Failure: {"reason": one_of(Reason), "detail": TEXT},
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

RECORD = Form(fields_of, _read_record)
OUTCOME = Form(_named, _read_named)
"""Of a question; `read` raises KeyError and TypeError too."""
QUERY = Form(key_of, lambda value: query_of(TEXT.read(value)))
"""As `OUTCOME`."""
