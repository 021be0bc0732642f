"""
What Crossref's REST API answered about works.

Pure. A record says what the publisher deposited: titles with HTML and MathML, a venue
that is the series before the book, names with swapped parts. What was said of the work
after it was published (Retraction Watch included) comes as `updated-by`.

Source: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md, recorded answers,
https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.identifiers import is_preprint_doi
from enrich.links import phrase
from enrich.matching import squash
from enrich.models import Failure, Notice, NoticeKind, Reason, Record, WorkKind
from enrich.patterns import pattern
from enrich.publication import is_series
from enrich.sources import told
from enrich.sources.servers import is_preprint_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enrich.http import ApiResponse


def read_list(answer: ApiResponse, dois: Sequence[str]) -> dict[str, Record] | Failure:
    """The works among *dois* (canonical) that the list holds; who is missing is not there."""
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"crossref: {phrase(answer.status)}")
    message = told.mapping((answer.json_object() or {}).get("message"))
    works, total = message.get("items"), told.whole(message.get("total-results"))
    if not isinstance(works, list) or total is None:
        return Failure(Reason.SERVER_ERROR, "crossref: the answer is no list of works")
    if len(works) < min(total, len(dois)):
        return Failure(Reason.SERVER_ERROR, f"crossref: the answer holds {len(works)} of {total} works")
    return _records(told.mappings(works), dois)


def read_hits(answer: ApiResponse) -> tuple[Record, ...] | Failure:
    """The works that a search found, the likeliest first."""
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"crossref: {phrase(answer.status)}")
    works = told.mapping((answer.json_object() or {}).get("message")).get("items")
    if not isinstance(works, list):
        return Failure(Reason.SERVER_ERROR, "crossref: the answer is no list of works")
    dois = ((told.doi(work.get("DOI")), work) for work in told.mappings(works))
    return tuple(record(doi, work) for doi, work in dois if doi)


def read_work(answer: ApiResponse, doi: str) -> dict[str, Record] | Failure:
    """The work with *doi*, asked alone; empty where Crossref says that it has none."""
    if answer.status == HTTPStatus.NOT_FOUND and answer.content.strip() == b"Resource not found.":
        return {}
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"crossref: {phrase(answer.status)}")
    work = (answer.json_object() or {}).get("message")
    if not isinstance(work, dict):
        return Failure(Reason.SERVER_ERROR, "crossref: the answer is no work")
    return _records([work], (doi,))


def _records(works: Iterable[Mapping[str, Any]], dois: Sequence[str]) -> dict[str, Record] | Failure:
    asked = set(dois)
    records = {}
    for work in works:
        doi = told.named_doi(work.get("DOI"))
        if doi not in asked:
            return Failure(Reason.SERVER_ERROR, "crossref: the answer is about another DOI")
        records[doi] = record(doi, work)
    return records


def record(doi: str, work: Mapping[str, Any]) -> Record:
    """What *work* says; its title is empty where it has none."""
    kind = _kind(doi, work)
    is_preprint = kind is WorkKind.PREPRINT
    title, retracted = _title(work)
    notices = _notices(doi, work)
    if retracted and not any(notice.kind is NoticeKind.RETRACTION for notice in notices):
        notices = (Notice(NoticeKind.RETRACTION), *notices)
    relations = told.mapping(work.get("relation"))
    return Record(
        scheme="doi",
        id=doi,
        title=title,
        authors=tuple(filter(None, map(_name, told.mappings(work.get("author"))))),
        doi=_published_as(relations) if is_preprint else doi,
        license=_license(work),
        kind=kind,
        venue=_venue(work, kind),
        year=next(filter(None, (told.parted_year(work.get(field)) for field in _DATES)), None),
        arxiv=None if is_preprint else _preprint(relations),
        notices=notices,
    )


_KINDS = {
    "journal-article": WorkKind.ARTICLE,
    "proceedings-article": WorkKind.PROCEEDINGS,
    "posted-content": WorkKind.PREPRINT,
    "book": WorkKind.BOOK,
    "monograph": WorkKind.BOOK,
    "edited-book": WorkKind.BOOK,
    "reference-book": WorkKind.BOOK,
    "proceedings": WorkKind.BOOK,
    "book-chapter": WorkKind.CHAPTER,
    "book-section": WorkKind.CHAPTER,
    "book-part": WorkKind.CHAPTER,
    "reference-entry": WorkKind.CHAPTER,
    "dissertation": WorkKind.THESIS,
}
_DATES = ("issued", "published", "published-print", "published-online", "posted")
"""`issued` is the earliest date of publication, in print or online."""


_IN_A_CONTAINER = (WorkKind.ARTICLE, WorkKind.PROCEEDINGS, WorkKind.CHAPTER)


def _kind(doi: str, work: Mapping[str, Any]) -> WorkKind:
    """By DOI and venue first: some servers register preprints as articles of a journal."""
    venues = map(told.plain, told.items(work.get("container-title")))
    if is_preprint_doi(doi) or any(map(is_preprint_server, venues)):
        return WorkKind.PREPRINT
    return _KINDS.get(told.text(work.get("type")), WorkKind.OTHER)


def _name(author: Mapping[str, Any]) -> str:
    if author.get("given") or author.get("family"):
        parts = (told.plain(author.get(part)) for part in ("given", "family", "suffix"))
        return " ".join(filter(None, parts))
    return told.plain(author.get("name"))


_RETRACTED = pattern(r"(?:RETRACTED(?: ARTICLE| CHAPTER)?|WITHDRAWN)\s*: *|(?:Retracted|Withdrawn): *")
"""Some publishers say it in the title alone."""


def _title(work: Mapping[str, Any]) -> tuple[str, bool]:
    """With its subtitle, which Crossref keeps apart; and whether it calls the work retracted."""
    title, subtitle = told.first_text(work.get("title")), told.first_text(work.get("subtitle"))
    if title and subtitle and squash(subtitle) not in squash(title):
        title = f"{title} {subtitle}" if title[-1] in ":?!" else f"{title}: {subtitle}"
    bare = _RETRACTED.sub("", title, count=1) if _RETRACTED.match(title) else title
    return told.plain(bare), bare != title


def _venue(work: Mapping[str, Any], kind: WorkKind) -> str | None:
    """The journal or the book; a series stands before its book: *Lecture Notes in …*, *ECCV 2018*."""
    if kind not in _IN_A_CONTAINER:
        return None
    titles = [title for title in map(told.plain, told.items(work.get("container-title"))) if title]
    if kind is WorkKind.ARTICLE:
        return titles[0] if titles else None
    books = (title for title in titles if not is_series(title))
    return next(books, titles[0] if titles else None)


def _published_as(relations: Mapping[str, Any]) -> str | None:
    related = (told.doi(one.get("id")) for one in told.mappings(relations.get("is-preprint-of")))
    return next((doi for doi in related if doi and not is_preprint_doi(doi)), None)


def _preprint(relations: Mapping[str, Any]) -> str | None:
    related = (told.arxiv_id(one.get("id")) for one in told.mappings(relations.get("has-preprint")))
    return next(filter(None, related), None)


def _license(work: Mapping[str, Any]) -> str | None:
    """Of the version of record, where it holds from the day of publication; not one for mining alone."""
    licenses = [
        (told.text(one.get("content-version")), address)
        for one in told.mappings(work.get("license"))
        if (address := told.address(one.get("URL"))) and not told.whole(one.get("delay-in-days"))
    ]
    for version in ("vor", "unspecified"):
        of_version = [address for kind, address in licenses if kind == version]
        if of_version:
            return next((one for one in of_version if "creativecommons.org/" in one), of_version[0])
    return None


_NOTICES = {
    "retraction": NoticeKind.RETRACTION,
    "removal": NoticeKind.RETRACTION,
    "withdrawal": NoticeKind.RETRACTION,
    "expression of concern": NoticeKind.CONCERN,
    "partial retraction": NoticeKind.CONCERN,
    "correction": NoticeKind.CORRECTION,
    "corrigendum": NoticeKind.CORRECTION,
    "erratum": NoticeKind.CORRECTION,
    "addendum": NoticeKind.CORRECTION,
    "clarification": NoticeKind.CORRECTION,
}
"""Source: https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/"""


def _notices(doi: str, work: Mapping[str, Any]) -> tuple[Notice, ...]:
    """
    What was said of the work, each thing once: a publisher and Retraction Watch often tell the same.

    `update-to` stands in the notice and names the work, so it counts where a work updates itself.
    """
    itself = (one for one in told.mappings(work.get("update-to")) if told.doi(one.get("DOI")) == doi)
    notices: dict[tuple[NoticeKind, str | None], Notice] = {}
    for update in (*told.mappings(work.get("updated-by")), *itself):
        kind = _NOTICES.get(re.sub("[_-]", " ", told.text(update.get("type"))).lower())
        if kind:
            notice = Notice(kind, told.doi(update.get("DOI")), told.parted_day(update.get("updated")))
            notices.setdefault((notice.kind, notice.doi), notice)
    return tuple(notices.values())
