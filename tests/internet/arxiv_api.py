"""
arXiv's API as it answers since November 2025: `id_list`, `search_query`, its errors, and its moods.

Source: arXiv/arxiv-search (2026), recorded responses of April 2026,
https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.internet import atom, query
from tests.internet.arxiv_ids import has_version, is_accepted
from tests.internet.library import Library
from tests.internet.moods import Mood, honest
from tests.internet.replies import Fate, Reply, redirect, status
from tests.internet.search import LeadingWildcardError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.internet.papers import Paper
    from tests.internet.traffic import Request

HOST = "export.arxiv.org"
PATH = "/api/query"
LONGEST_TARGET = 8190
"""
Bytes of a request line above which the front answers 414.

Inferred: 250 identifiers pass and 642 do not, whose address has 8,346; 8,190 is Apache's default.
"""
_DEEPEST = 10_000
"""How far the search engine behind reaches: `start` and `max_results` beyond it are a 500."""
_NOTHING_ASKED = "Either a search_query or id_list must be specified for the classic API."
_FAILED = (
    "The server encountered an internal error and was unable to complete your request."
    " Either the server is overloaded or there is an error in the application."
)
_ORDERS = {"relevance", "lastUpdatedDate", "submittedDate"}
_DIRECTIONS = {"ascending", "descending"}


class ArxivApi:
    """The papers that arXiv has, and how it feels today. Tests may change both while it serves."""

    def __init__(self, records: Library | Iterable[Mapping[str, Any]] = ()) -> None:
        self.library = records if isinstance(records, Library) else Library(records)
        self.stable_pages = False
        """
        Whether the pages of an `id_list` fit together. They need not: all hits score alike, and the
        order of ties is the search engine's. (Inferred, not recorded.)
        """
        self._coming: deque[Mood] = deque()
        self._mood: Mood = honest

    def load(self, records: Iterable[Mapping[str, Any]]) -> None:
        """More papers; one that is there is replaced. See `papers.paper` for what is read."""
        self.library = self.library.enlarged(records)

    def next(self, *moods: Mood) -> None:
        """The coming requests meet *moods* in turn; `moods.honest` lets one pass."""
        self._coming.extend(moods)

    def always(self, mood: Mood) -> None:
        """Every request that meets none of the coming moods meets this one."""
        self._mood = mood

    def calm(self) -> None:
        """All is well again."""
        self._coming.clear()
        self._mood = honest

    # -- answering ---------------------------------------------------------------------------

    def answer(self, request: Request) -> Fate:
        """What a request to `/api/query` meets."""
        if request.scheme == "http":
            return redirect(f"https://{HOST}{request.path}", 301)
        answer = self._honest(request)
        mood = self._coming.popleft() if self._coming else self._mood
        return mood(request, answer)

    def lost(self, _: Request) -> Fate:
        """What a request to another address below `/api/` meets."""
        return _error(404, "The requested URL was not found on the server.")

    def _honest(self, request: Request) -> Reply:
        if len(request.path) > LONGEST_TARGET:
            return status(414)
        if request.method not in ("GET", "HEAD", "POST"):
            return _error(405, "The method is not allowed for the requested URL.")
        try:
            return self._query(_parameters(request))
        except _RefusedError as refusal:
            return _error(refusal.status, refusal.message, refusal.link)

    def _query(self, asked: Mapping[str, str]) -> Reply:
        ids = _checked_ids(asked.get("id_list", ""))
        size, start = _number(asked, "max_results", 10), _number(asked, "start", 0)
        order, direction = asked.get("sortBy", "relevance"), asked.get("sortOrder", "descending")
        _check_choice("sortBy", order, _ORDERS)
        _check_choice("sortOrder", direction, _DIRECTIONS)
        items = query.rewrite(asked.get("search_query", ""))
        if not items and not ids:
            raise _RefusedError(400, _NOTHING_ASKED)
        if not 0 < size <= _DEEPEST or start > _DEEPEST:
            raise _RefusedError(500, _FAILED)
        found = self._found(items, ids, start)
        if order != "relevance":
            found.sort(
                key=lambda hit: hit[0].dated(hit[1]) if order == "lastUpdatedDate" else hit[0].published,
                reverse=direction == "descending",
            )
        body = atom.feed(
            found[start : start + size],
            search_query=query.spelled(items),
            id_list=",".join(ids),
            start=start,
            max_results=size,
            total=len(found),
            now=dt.datetime.now(dt.UTC),
        )
        return Reply(200, (_ATOM,), body.encode())

    def _found(
        self, items: tuple[query.Item, ...], ids: tuple[str, ...], start: int
    ) -> list[tuple[Paper, int]]:
        if not items:
            return self._listed(ids, start)
        try:
            hits = self.library.index.search(query.parse(items))
        except LeadingWildcardError:
            raise _RefusedError(500, _FAILED) from None
        except query.BadQueryError:
            raise _RefusedError(400, "Invalid query string") from None
        if not ids:
            return [(hit, hit.versions) for hit in hits]
        listed = self._listed(ids, start)
        wanted = {hit.id for hit in hits}
        return [(hit, version) for hit, version in listed if hit.id in wanted]

    def _listed(self, ids: tuple[str, ...], start: int) -> list[tuple[Paper, int]]:
        """The papers of an id_list, each version once, in an order that is never the asked one."""
        asked = [hit for hit in map(self._lookup, dict.fromkeys(ids)) if hit is not None]
        unique = list(dict.fromkeys(asked))
        page = 0 if self.stable_pages else start
        mixed = sorted(unique, key=lambda hit: zlib.crc32(f"{hit[0].id}v{hit[1]} {page}".encode()))
        return mixed[::-1] if mixed == unique else mixed

    def _lookup(self, name: str) -> tuple[Paper, int] | None:
        """The paper called exactly *name*, at the version named or the newest."""
        if not has_version(name):
            found = self.library.papers.get(name)
            return None if found is None else (found, found.versions)
        bare, _, digits = name.rpartition("v")
        found = self.library.papers.get(bare)
        if found is None or not 1 <= int(digits) <= found.versions or digits.startswith("0"):
            return None
        return found, int(digits)


class _RefusedError(Exception):
    def __init__(self, status: int, message: str, link: str = atom.ERRORS) -> None:
        super().__init__(message)
        self.status, self.message, self.link = status, message, link


_ATOM = ("Content-Type", "application/atom+xml; charset=utf-8")


def _error(code: int, message: str, link: str = atom.ERRORS) -> Reply:
    return Reply(code, (_ATOM,), atom.error_feed(message, dt.datetime.now(dt.UTC), link=link).encode())


def _parameters(request: Request) -> dict[str, str]:
    """Of the address and of a form; where a name is given twice, the first counts."""
    pairs = parse_qsl(urlsplit(request.path).query, keep_blank_values=True)
    if request.method == "POST":
        pairs += parse_qsl(request.body.decode("latin-1"), keep_blank_values=True)
    return dict(reversed(pairs))


def _checked_ids(text: str) -> tuple[str, ...]:
    ids = tuple(text.split(",")) if text else ()
    for name in ids:
        if not is_accepted(name):
            raise _RefusedError(
                400, f"incorrect id format for {name}", f"{atom.ERRORS}#incorrect_id_format_for_{name}"
            )
    return ids


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    try:
        number = int(asked.get(name, default))
    except ValueError:
        raise _refused_number(name, "an integer") from None
    if number < 0:
        raise _refused_number(name, "non-negative")
    return number


def _refused_number(name: str, what: str) -> _RefusedError:
    return _RefusedError(
        400, f"{name} must be {what}", f"{atom.ERRORS}#{name}_must_be_{what.replace(' ', '_')}"
    )


def _check_choice(name: str, value: str, allowed: set[str]) -> None:
    if value not in allowed:
        raise _RefusedError(
            400,
            f"{name} must be in: {', '.join(sorted(allowed))}",
            "https://info.arxiv.org/help/api/user-manual.html#sort",
        )
