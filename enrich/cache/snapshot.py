"""
Answers about works in reviewable files: what a run looks at before the cache.

One JSON object a line, sorted, so that a diff shows what was added or changed.
Read-only and without age: the same snapshot gives the same answers for ever.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from enrich.cache.encoding import fields_of, key_of, outcome_of, query_of
from enrich.errors import StateError
from enrich.files import clear_leftovers, write_named
from enrich.models import Answer, CitationsQuery, NotFound, Record, RecordQuery
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from enrich.models import Query

VERSION = 1

SHAREABLE = frozenset({"arxiv", "crossref", "datacite", "dblp", "openalex"})
"""
Sources whose terms let anybody pass their metadata on.

Source: https://info.arxiv.org/help/api/tou.html and the like of the others (CC0, or no rights claimed)
"""


class Snapshot:
    """
    A layer of answers that never changes; made by `load`.

    Lines are read when they are asked for: a run over one entry does not pay
    for a hundred thousand records. `get` raises StateError for a line that
    turns out to be unreadable.
    """

    def __init__(self, places: Mapping[str, _Place], digest: str = "") -> None:
        self._places = places
        self.digest = digest
        """Of all that the files hold, hexadecimal; they tell the same as long as it stays."""

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Self:
        """
        The answers in *paths*; where two lines answer one question, the newer does.

        Raises StateError for a file that can't be read and for a line that isn't
        an answer, with its number and the cure.
        """
        places: dict[str, _Place] = {}
        held = sha256()
        for path in paths:
            content = _content(path)
            held.update(sha256(content).digest())
            for key, place in _places(path, content):
                known = places.get(key)
                if known is None or place.retrieved_at >= known.retrieved_at:
                    places[key] = place
        return cls(places, held.hexdigest())

    def get(self, query: Query) -> Answer | None:
        place = self._places.get(key_of(query))
        return place.answer if place else None

    def works(self, queries: Iterable[Query] | None = None) -> Iterator[Answer]:
        """The answers to *queries* in their order, or all; where there is one."""
        keys = self._places if queries is None else map(key_of, queries)
        return (self._places[key].answer for key in keys if key in self._places)

    def __contains__(self, query: Query) -> bool:
        return key_of(query) in self._places

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Exported:
    written: int
    withheld: int
    """Answers of sources whose terms forbid to share them."""


def write_snapshot(path: Path, answers: Iterable[Answer], *, abstracts: bool = False) -> Exported:
    """
    Write what *answers* tell of works to *path*, all or nothing; the newest answer to a question counts.

    Links and failures are left out. Equal answers make equal bytes. Raises
    StateError where the file can't be written.
    """
    newest: dict[str, Answer] = {}
    for answer in answers:
        key = key_of(answer.query)
        known = newest.get(key)
        if _is_of_a_work(answer) and (known is None or answer.retrieved_at > known.retrieved_at):
            newest[key] = answer
    shared = sorted(key for key, answer in newest.items() if answer.source in SHAREABLE)
    text = "".join(_line(newest[key], abstracts=abstracts) for key in shared)
    _write(path, text.encode())
    return Exported(len(shared), len(newest) - len(shared))


def _is_of_a_work(answer: Answer) -> bool:
    """Not how often it is cited: that ages, and a snapshot does not."""
    return isinstance(answer.outcome, Record | NotFound) and not isinstance(answer.query, CitationsQuery)


# -- reading -----------------------------------------------------------------------------------

_LINE = pattern(
    rb'^\{"v":1,"source":"[^"\\\n]*","query":"([^"\\\n]*)","retrieved_at":"(\d[^"\\\n]*Z)",[^\n]*\}\r?$',
    re.MULTILINE,
)
"""A line as `write_snapshot` writes it: told by its beginning, without reading the record."""


class _Place(NamedTuple):
    """Where an answer stands."""

    path: Path
    content: bytes
    start: int
    end: int
    retrieved_at: bytes

    @property
    def answer(self) -> Answer:
        return _read(self.path, self.content, self.start, self.end)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StateError(f"{path}: {error.strerror or error}; correct `snapshots` in [cache]") from error


def _places(path: Path, content: bytes) -> Iterator[tuple[str, _Place]]:
    done = 0
    for found in _LINE.finditer(content):
        yield from _unusual(path, content, done, found.start())
        key, retrieved_at = found.groups()
        yield key.decode("utf-8", "replace"), _Place(path, content, found.start(), found.end(), retrieved_at)
        done = found.end()
    yield from _unusual(path, content, done, len(content))


def _unusual(path: Path, content: bytes, start: int, end: int) -> Iterator[tuple[str, _Place]]:
    """Lines that `_LINE` does not know: read in full at once, which also finds what is no answer."""
    for line in content[start:end].splitlines(keepends=True):
        stop = start + len(line)
        if line.strip():
            answer = _read(path, content, start, stop)
            yield key_of(answer.query), _Place(path, content, start, stop, _timestamp(answer).encode())
        start = stop


def _read(path: Path, content: bytes, start: int, end: int) -> Answer:
    try:
        return _answer(json.loads(content[start:end]))
    except KeyError as error:
        wrong = f"`{error.args[0]}` is missing"
    except json.JSONDecodeError as error:
        wrong = f"no JSON object ({error.msg} at column {error.colno})"
    except (ValueError, TypeError, RecursionError) as error:
        wrong = str(error)
    number = content.count(b"\n", 0, start) + 1
    raise StateError(f"{path}:{number}: {wrong}; correct the line or remove it")


def _answer(line: object) -> Answer:
    if not isinstance(line, dict):
        raise ValueError("no JSON object")
    if line["v"] != VERSION:
        raise ValueError(f"version {line['v']} is from a newer enrich")
    query = query_of(str(line["query"]))
    retrieved_at = dt.datetime.fromisoformat(str(line["retrieved_at"]))
    if not isinstance(query, RecordQuery):
        raise ValueError("a snapshot holds answers about works, none about links")
    if retrieved_at.tzinfo is None:
        raise ValueError(f"`retrieved_at` {line['retrieved_at']} has no time zone")
    outcome: Record | NotFound
    match line["outcome"], line.get("record"):
        case "found", dict() as record:
            outcome = outcome_of(Record, {"scheme": query.scheme, **record})
        case "not-found", None:
            outcome = NotFound(str(line.get("detail", f"unknown to {line['source']}")))
        case word, _:
            raise ValueError(f"outcome `{word}` with {'no' if line.get('record') is None else 'a'} record")
    return Answer(query, outcome, str(line["source"]), retrieved_at.astimezone(dt.UTC), cached=True)


# -- writing -----------------------------------------------------------------------------------

_INVISIBLE = pattern("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""Characters that a reviewer would not see or that would show him another order; written as escapes."""


def _line(answer: Answer, *, abstracts: bool) -> str:
    line: dict[str, object] = {
        "v": VERSION,
        "source": answer.source,
        "query": key_of(answer.query),
        "retrieved_at": _timestamp(answer),
    }
    match answer.outcome:
        case Record() as record:
            left_out = {"scheme"} if abstracts else {"scheme", "abstract"}
            fields = {name: value for name, value in fields_of(record).items() if name not in left_out}
            line |= {"outcome": "found", "record": fields}
        case NotFound(detail):
            line |= {"outcome": "not-found", "record": None, "detail": detail}
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _timestamp(answer: Answer) -> str:
    return answer.retrieved_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _write(path: Path, content: bytes) -> None:
    clear_leftovers(path.parent, (path.parent,))
    try:
        write_named(path, content)
    except OSError as error:
        raise StateError(
            f"{path}: {error.strerror or error}; choose another place for the snapshot"
        ) from error
