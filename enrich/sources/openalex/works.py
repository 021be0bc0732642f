"""
What OpenAlex answered about works that have a preprint, or a DOI.

Pure. A work has locations: pages where some version of it stands. It was published where a
location that is no repository holds the published version; the work as a whole says little,
for OpenAlex puts a preprint and its published form into one, with the earliest date.

Source: https://developers.openalex.org/api-reference/works and recorded answers
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.identifiers import is_preprint_doi
from enrich.links import phrase
from enrich.models import Failure, Notice, NoticeKind, Reason, Record, WorkKind
from enrich.sources import told
from enrich.sources.servers import is_preprint_server

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from enrich.http import ApiResponse
    from enrich.sources.subject import Identifier

PER_PAGE = 100
"""Most works in one answer."""


def addresses(scheme: str, identifier: str) -> tuple[str, ...]:
    """Where the work may stand, as OpenAlex writes it."""
    if scheme == "doi":
        return (f"https://doi.org/{identifier}",)
    return (
        f"http://arxiv.org/abs/{identifier}",
        f"https://arxiv.org/abs/{identifier}",
        f"https://doi.org/10.48550/arxiv.{identifier}",
    )


def read_answer(
    answer: ApiResponse, asked: Collection[Identifier]
) -> dict[Identifier, tuple[Mapping[str, Any], ...]] | Failure:
    """
    OpenAlex's works of each of *asked*; who is missing it does not know.
    """
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Failure(Reason.BLOCKED, f"openalex: {phrase(answer.status)}")
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"openalex: {phrase(answer.status)}")
    read = answer.json_object() or {}
    works, count = read.get("results"), told.whole(told.mapping(read.get("meta")).get("count"))
    if not isinstance(works, list) or count is None:
        return Failure(Reason.SERVER_ERROR, "openalex: the answer is no list of works")
    if len(works) < count:
        return Failure(Reason.SERVER_ERROR, f"openalex: the answer holds {len(works)} of {count} works")
    pages = {page.lower(): one for one in asked for page in addresses(*one)}
    found: dict[Identifier, tuple[Mapping[str, Any], ...]] = {}
    for work in told.mappings(works):
        stands = (told.text(location.get("landing_page_url")).lower() for location in _locations(work))
        meant = dict.fromkeys(pages[address] for address in stands if address in pages)
        if not meant:
            return Failure(Reason.SERVER_ERROR, "openalex: the answer is about another work")
        for one in meant:
            found[one] = (*found.get(one, ()), work)
    return found


def published(arxiv: str, works: Iterable[Mapping[str, Any]]) -> tuple[Record, ...]:
    """The published versions of *arxiv* among *works*, its own."""
    return tuple(filter(None, (record(arxiv, work) for work in works)))


def counted(works: Iterable[Mapping[str, Any]]) -> Record | None:
    """
    The most cited of *works*, all of one identifier, and how often; None where that is not said.

    Where OpenAlex keeps a work twice, the citations of the one are not those of the other.
    """
    counts = [
        (count, work) for work in works if (count := told.whole(work.get("cited_by_count"))) is not None
    ]
    count, most = max(counts, key=lambda one: one[0], default=(-1, {}))
    if count < 0:
        return None
    return Record(
        scheme="openalex",
        id=_id(most),
        title=_title(most),
        authors=_authors(most),
        citations=count,
    )


def record(arxiv: str, work: Mapping[str, Any]) -> Record | None:
    """The published version of *arxiv*; None where *work* has no location that holds one."""
    location = next(filter(_is_publication, _locations(work)), None)
    title = _title(work)
    if location is None or not title:
        return None
    kind = _KINDS.get(told.text(location.get("raw_type"))) or _KINDS.get(told.text(work.get("type")))
    return Record(
        scheme="openalex",
        id=_id(work),
        title=title,
        authors=_authors(work),
        doi=_doi(location, work),
        kind=kind if kind and kind is not WorkKind.PREPRINT else WorkKind.OTHER,
        venue=_venue(location, kind),
        year=told.later_year(work.get("publication_year"), arxiv),
        arxiv=arxiv,
        notices=(Notice(NoticeKind.RETRACTION),) if work.get("is_retracted") is True else (),
    )


_KINDS = {
    "journal-article": WorkKind.ARTICLE,
    "proceedings-article": WorkKind.PROCEEDINGS,
    "posted-content": WorkKind.PREPRINT,
    "article": WorkKind.ARTICLE,
    "conference-paper": WorkKind.PROCEEDINGS,
    "preprint": WorkKind.PREPRINT,
    "book-chapter": WorkKind.CHAPTER,
    "book": WorkKind.BOOK,
    "monograph": WorkKind.BOOK,
    "dissertation": WorkKind.THESIS,
}


def _id(work: Mapping[str, Any]) -> str:
    return told.text(work.get("id")).rpartition("/")[2]


def _title(work: Mapping[str, Any]) -> str:
    return told.plain(work.get("title")) or told.plain(work.get("display_name"))


def _authors(work: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, told.mappings(work.get("authorships")))))


def _locations(work: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from told.mappings(work.get("primary_location"))
    yield from told.mappings(work.get("locations"))


def _is_publication(location: Mapping[str, Any]) -> bool:
    source = told.mapping(location.get("source"))
    venue = _venue(location, None)
    return (
        (location.get("is_published") is True or location.get("version") == "publishedVersion")
        and source.get("type") != "repository"
        and venue is not None
        and not is_preprint_server(venue)
        and not is_preprint_doi(told.doi(location.get("landing_page_url")) or "")
    )


def _venue(location: Mapping[str, Any], kind: WorkKind | None) -> str | None:
    """A journal as OpenAlex calls it; a book as its publisher does, for OpenAlex only knows the series."""
    source = told.plain(told.mapping(location.get("source")).get("display_name"))
    raw = told.plain(location.get("raw_source_name"))
    in_a_book = kind in (WorkKind.PROCEEDINGS, WorkKind.CHAPTER)
    return (raw or source if in_a_book else source or raw) or None


def _doi(location: Mapping[str, Any], work: Mapping[str, Any]) -> str | None:
    known = (told.doi(location.get("landing_page_url")), told.doi(work.get("doi")))
    return next((doi for doi in known if doi and not is_preprint_doi(doi)), None)


def _name(authorship: Mapping[str, Any]) -> str:
    name = told.plain(told.mapping(authorship.get("author")).get("display_name"))
    return name or told.plain(authorship.get("raw_author_name"))
