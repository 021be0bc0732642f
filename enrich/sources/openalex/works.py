"""
What OpenAlex answered about works that have a preprint.

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
    from collections.abc import Collection, Iterator, Mapping

    from enrich.http import ApiResponse

PER_PAGE = 100
"""Most works in one answer."""
PAGES = ("http://arxiv.org/abs/{}", "https://arxiv.org/abs/{}", "https://doi.org/10.48550/arxiv.{}")
"""Where a paper of arXiv may stand, as OpenAlex writes it."""


def read_answer(answer: ApiResponse, arxiv: Collection[str]) -> dict[str, tuple[Record, ...]] | Failure:
    """
    The published versions of those *arxiv* that OpenAlex has a work of, by identifier.

    Who was not published, as far as it knows, has none; who is missing it does not know.
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
    pages = {page.format(one).lower(): one for one in arxiv for page in PAGES}
    found: dict[str, tuple[Record, ...]] = {}
    for work in told.mappings(works):
        addresses = (told.text(location.get("landing_page_url")).lower() for location in _locations(work))
        preprints = dict.fromkeys(pages[address] for address in addresses if address in pages)
        if not preprints:
            return Failure(Reason.SERVER_ERROR, "openalex: the answer is about another work")
        for one in preprints:
            published = record(one, work)
            found[one] = (*found.get(one, ()), *([published] if published else []))
    return found


def record(arxiv: str, work: Mapping[str, Any]) -> Record | None:
    """The published version of *arxiv*; None where *work* has no location that holds one."""
    location = next(filter(_is_publication, _locations(work)), None)
    title = told.plain(work.get("title")) or told.plain(work.get("display_name"))
    if location is None or not title:
        return None
    kind = _KINDS.get(told.text(location.get("raw_type"))) or _KINDS.get(told.text(work.get("type")))
    return Record(
        scheme="openalex",
        id=told.text(work.get("id")).rpartition("/")[2],
        title=title,
        authors=tuple(filter(None, map(_name, told.mappings(work.get("authorships"))))),
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
