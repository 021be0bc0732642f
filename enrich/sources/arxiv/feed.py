"""
What arXiv's API answered, read with distrust.

Pure, but for importing the package `arxiv`, which owns the types of a result and
is slow to import. That package takes whatever it is given: a cut body, an HTML
page or `Rate exceeded.` become fewer results, or fewer authors. Here they become
`Unusable`, so that trouble is never taken for an identifier that does not exist.

Source of what is refused: recorded answers of April 2026, the service's code
(github.com/arXiv/arxiv-search) and the package's (arxiv 4.0.2), run against both.
"""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from enrich.identifiers.doi import is_arxiv_doi, read_doi
from enrich.identifiers.scheme import is_category, parse_arxiv_id
from enrich.matching import clean_authors
from enrich.models import Failure, Reason, Record
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import arxiv

    from enrich.identifiers.scheme import ArxivId


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole answer."""

    records: tuple[tuple[str, Record | Failure], ...]
    """
    By identifier as asked, or as found by a search; a Failure where that one entry can't be read.
    Who is missing is absent.
    """
    total: int = 0
    """How many a search found, those on this page included."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The request was not answered because of what was asked."""

    id: str | None
    """The identifier at fault, as it was asked; None where the answer names none of those."""
    detail: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """No answer to what was asked, whatever its status says. To be asked again."""

    reason: Reason
    detail: str


def parse_feed(content: bytes, ids: Sequence[str]) -> Feed | Refused | Unusable:
    """
    The answer *content* to the question for *ids*, which are canonical and all of which were in one page.

    One of *ids* may have a version; a bare one means the newest. A record's `version`
    comes from its address, its dates are those of the day in UTC.
    """
    asked = {identifier.casefold(): identifier for identifier in ids}
    whole = _whole(content, asked, len(asked))
    if not isinstance(whole, ET.Element):
        return whole
    bare = {_VERSION.sub("", one) for one in asked}
    stray = next((one for one in _echoed(whole) if one.casefold() not in bare), None)
    if stray:
        return _unusable(f"is one to another question: it names {stray}")
    read = _entries(content, whole)
    if isinstance(read, Unusable):
        return read
    records: dict[str, Record | Failure] = {}
    for identifier, found in read:
        names = [name for name in (identifier.id.casefold(), str(identifier).casefold()) if name in asked]
        if not names:
            return _unusable(f"holds {identifier}, which was not asked for")
        records |= {asked[name]: found for name in names}
    return Feed(tuple(records.items()))


def parse_search(content: bytes, text: str) -> Feed | Refused | Unusable:
    """The answer *content* to the search for *text*, its first page."""
    whole = _whole(content, {}, None)
    if not isinstance(whole, ET.Element):
        return whole
    echo = _query_echoed(whole)
    if echo is not None and not set(_words(text)) <= set(_words(echo)):
        return _unusable(f"is one to another question: {echo}")
    read = _entries(content, whole)
    if isinstance(read, Unusable):
        return read
    return Feed(
        tuple({identifier.id: found for identifier, found in read}.items()),
        int(_text(whole, "opensearch:totalResults")),
    )


_NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}


def _unusable(detail: str, reason: Reason = Reason.SERVER_ERROR) -> Unusable:
    return Unusable(reason, f"arXiv's answer {detail}")


# -- the body as a whole -----------------------------------------------------------------------


def _root(content: bytes) -> ET.Element | Unusable:
    body = content.strip()
    head = body[:200].lower()
    if head.startswith(b"rate exceeded"):
        return _unusable("is `Rate exceeded.`", Reason.RATE_LIMITED)
    if not body:
        return _unusable("is empty")
    # arXiv's feeds declare nothing; a declaration is an HTML page, or entities meant to explode.
    if head.startswith((b"<!doctype", b"<html")) or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return _unusable("is no feed but a page")
    if not body.endswith(b"</feed>"):
        return _unusable("is cut short")
    try:
        root = ET.fromstring(body)  # noqa: S314 - without declarations nothing can be expanded
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter two of encodings
        return _unusable(f"is not well-formed ({error})")
    return root if root.tag == f"{{{_NS['atom']}}}feed" else _unusable("is no Atom feed")


def _whole(content: bytes, asked: Mapping[str, str], page: int | None) -> ET.Element | Refused | Unusable:
    """The feed in *content*, which holds at least as many results as fit in a *page* of its own size."""
    root = _root(content)
    if isinstance(root, Unusable):
        return root
    entries = root.findall("atom:entry", _NS)
    for entry in entries:
        if "/api/errors" in _text(entry, "atom:id"):
            return _refused(entry, asked)
    total, size = _text(root, "opensearch:totalResults"), _text(root, "opensearch:itemsPerPage")
    if not total.isdecimal() or not (page or size.isdecimal()):
        return _unusable("does not say how many results there are")
    if len(entries) < min(int(total), page or int(size)):
        return _unusable(f"holds {len(entries)} of {total} results")
    return root


def _echoed(root: ET.Element) -> list[str]:
    """
    The identifiers that the feed says it was asked for; none where it does not say.

    A cache on the way can hand out the answer to another question: whole, well
    formed, and without any of the works that were asked for.
    """
    found = re.search(r"\bid_list=([^&]+)&", _text(root, "atom:title"))
    return [_VERSION.sub("", one) for one in unquote(found[1]).split(",")] if found else []


def _query_echoed(root: ET.Element) -> str | None:
    """The search that the feed says it answers, as the service rewrote it; None where it does not say."""
    found = re.search(r"\bsearch_query=(.*)&id_list=", _text(root, "atom:title"))
    return found[1] if found else None


def _words(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", unquote(text).lower())


def _refused(entry: ET.Element, asked: Mapping[str, str]) -> Refused:
    detail = _text(entry, "atom:summary")
    named = re.search(r"incorrect id format for (\S+)", detail)
    return Refused(asked.get(named[1].casefold()) if named else None, f"arXiv: {detail}")


# -- entries -----------------------------------------------------------------------------------


def _entries(content: bytes, root: ET.Element) -> list[tuple[ArxivId, Record | Failure]] | Unusable:
    """
    Every entry of a feed with its identifier and version, those of old versions first.

    So, should an identifier stand there in two versions, the newest is kept by whoever keeps the last.
    """
    read: list[tuple[ArxivId, Record | Failure]] = []
    whole: list[tuple[ArxivId, ET.Element]] = []
    entries = root.findall("atom:entry", _NS)
    for entry in entries:
        identifier = _identifier(_text(entry, "atom:id"))
        if identifier is None:
            return _unusable(f"holds `{_text(entry, 'atom:id')}`, which is no paper's address")
        if flaw := _flaw(entry):
            read.append(
                (identifier, Failure(Reason.SERVER_ERROR, f"arXiv's record of {identifier.id} {flaw}"))
            )
            root.remove(entry)
        else:
            whole.append((identifier, entry))
    results = _results(content if len(whole) == len(entries) else ET.tostring(root), len(whole))
    if len(results) != len(whole):
        return _unusable(f"holds {len(whole)} records of which {len(results)} could be read")
    for (identifier, entry), result in zip(whole, results, strict=True):
        read.append((identifier, _record(identifier, entry, result)))
    return sorted(read, key=lambda one: one[0].version or 0)


def _identifier(address: str) -> ArxivId | None:
    """The identifier in an entry's address, `http://arxiv.org/abs/astro-ph/0601001v1`."""
    return parse_arxiv_id(address.rpartition("/abs/")[2], today=dt.date.max)


def _flaw(entry: ET.Element) -> str | None:
    """What keeps *entry* from being a record; a whole batch must not be lost by it."""
    if not _text(entry, "atom:title"):
        return "has no title"
    if not any(_text(author, "atom:name") for author in entry.iterfind("atom:author", _NS)):
        return "has no authors"
    for name in ("published", "updated"):
        try:
            dt.datetime.fromisoformat(_text(entry, f"atom:{name}")).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            return f"has no readable date (`{name}`)"
    return None


class _Replay:
    """
    Stands in for the HTTP session of `arxiv.Client`: its one answer is there already.

    `_session` is the only private thing of the package that is touched. It exists
    since 2.1 (2023), and the package's own tests replace it in the same way.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content

    def get(self, _url: str, **_options: object) -> SimpleNamespace:
        return SimpleNamespace(status_code=200, content=self._content)


def _results(content: bytes, count: int) -> list[arxiv.Result]:
    if not count:
        return []
    import arxiv  # noqa: PLC0415 - slow, and needed only once something was answered

    client = arxiv.Client(page_size=count, delay_seconds=0, num_retries=0)
    client._session = _Replay(content)
    # With `max_results` it stops after the first page, whatever `totalResults` says.
    return list(client.results(arxiv.Search(max_results=count)))


def _record(identifier: ArxivId, entry: ET.Element, result: arxiv.Result) -> Record:
    authors, collaboration = clean_authors([author.name for author in result.authors])
    comment, abstract = _line(result.comment), _line(result.summary)
    return Record(
        scheme="arxiv",
        id=identifier.id,
        title=_line(result.title) or "",
        authors=authors,
        collaboration=collaboration,
        published=result.published.date(),
        updated=result.updated.date(),
        version=identifier.version,
        categories=tuple(filter(is_category, result.categories)),
        primary_category=result.primary_category or None,
        doi=_publishers_doi(entry),
        journal_ref=_line(result.journal_ref),
        comment=comment,
        abstract=abstract,
        withdrawn=is_withdrawn(comment, abstract),
    )


def _publishers_doi(entry: ET.Element) -> str | None:
    # Not `result.doi`: of several that is the first, which may be arXiv's own.
    words = (word for element in entry.iterfind("arxiv:doi", _NS) for word in (element.text or "").split())
    dois = (reading.doi.id for reading in map(read_doi, words) if reading)
    return next((doi for doi in dois if not is_arxiv_doi(doi)), None)


_THIS = (
    r"(?:this|the|our) (?:(?:technical|present|current) )?"
    r"(?:paper|article|manuscript|submission|preprint|report|work|note|draft|document|study)"
)
_FROM_ELSEWHERE = r"(?! (?:from|at) (?!(?:the )?arxiv))"
"""`withdrawn from ICLR` says nothing about arXiv."""
_WITHDRAWN = pattern(
    rf"\b(?:{_THIS} (?:has|have|is|was) (?:been |being )?(?:\w+ )?withdrawn{_FROM_ELSEWHERE}\b"
    rf"|submission has been withdrawn by arxiv)"
    rf"|(?:^|[.;:)\]] ?)(?:(?:paper|article|manuscript|submission) )?(?:has been )?withdrawn\b"
    rf"{_FROM_ELSEWHERE}"
    rf"|\bwe (?:are withdrawing|have withdrawn|withdraw) {_THIS}\b{_FROM_ELSEWHERE}",
    re.IGNORECASE,
)


def is_withdrawn(comment: str | None, abstract: str | None) -> bool:
    """
    Whether authors or arXiv say that the paper was withdrawn: arXiv's feed has no mark for it.

    In the comment at the beginning of a sentence or of `this paper`, in the
    abstract at its very beginning. Of 188 papers that arXiv's own files mark
    among 18,027, this finds 182 (five of the others say nothing at all), and
    none that does not say so.
    """
    return bool(_WITHDRAWN.search(comment or "") or _WITHDRAWN.match(abstract or ""))


_VERSION = pattern(r"v[0-9]+$")


def _line(text: str | None) -> str | None:
    """*text* on one line; None where nothing is left."""
    return " ".join((text or "").split()) or None


def _text(element: ET.Element, path: str) -> str:
    """What stands at *path*, without the space around it; '' where nothing does."""
    return (element.findtext(path, "", _NS) or "").strip()
