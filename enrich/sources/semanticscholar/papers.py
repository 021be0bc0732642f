"""
What Semantic Scholar answered about arXiv's papers.

Pure. A preprint and its published form are one paper there, with the venue of the one and
often the year of the other, so a year is believed only where it is later than the preprint.

Source: https://api.semanticscholar.org/api-docs/graph and recorded answers
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.identifiers import is_preprint_doi
from enrich.links import phrase
from enrich.models import Failure, Reason, Record, WorkKind
from enrich.sources import told
from enrich.sources.servers import is_preprint_server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.http import ApiResponse

NOBODY_KNOWN = "No valid paper ids given"
"""The error where not one of the identifiers is known."""


def read_answer(
    answer: ApiResponse, asked: Sequence[tuple[str, str]]
) -> tuple[Mapping[str, Any] | Failure | None, ...] | Failure:
    """
    What is said of each of *asked*, in their order; None of those that are not known there.

    Each is a scheme, `arxiv` or `doi`, and an identifier.
    """
    if answer.status == HTTPStatus.BAD_REQUEST:
        error = told.text(told.mapping(answer.json_object()).get("error"))
        if error == NOBODY_KNOWN:
            return (None,) * len(asked)
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Failure(Reason.BLOCKED, f"semanticscholar: {phrase(answer.status)}")
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"semanticscholar: {phrase(answer.status)}")
    papers = answer.json_list()
    if papers is None or len(papers) != len(asked):
        return Failure(Reason.SERVER_ERROR, "semanticscholar: the answer is no list of what was asked")
    return tuple(_checked(*one, paper) for one, paper in zip(asked, papers, strict=True))


_NAMES = {"arxiv": "ArXiv", "doi": "DOI"}
"""What Semantic Scholar calls the schemes in its answers."""


def _checked(scheme: str, identifier: str, paper: object) -> Mapping[str, Any] | Failure | None:
    if paper is None:
        return None
    stated = told.text(told.mapping(told.mapping(paper).get("externalIds")).get(_NAMES[scheme]))
    if stated.lower() == identifier.lower():
        return told.mapping(paper)
    return Failure(Reason.SERVER_ERROR, "semanticscholar: the answer is about another paper")


def record(arxiv: str, paper: Mapping[str, Any]) -> Record | None:
    """The published version of *arxiv*; None where *paper* was published nowhere."""
    identifiers = told.mapping(paper.get("externalIds"))
    doi, venue = told.doi(identifiers.get("DOI")), _venue(paper)
    doi = None if doi is None or is_preprint_doi(doi) else doi
    title = told.plain(paper.get("title"))
    if not title or (venue is None and doi is None):
        return None
    return Record(
        scheme="semanticscholar",
        id=told.text(paper.get("paperId")),
        title=title,
        authors=_authors(paper),
        doi=doi,
        kind=_kind(paper, identifiers),
        venue=venue,
        year=told.later_year(paper.get("year"), arxiv),
        arxiv=arxiv,
    )


def counted(paper: Mapping[str, Any]) -> Record | None:
    """What *paper* is, and how often it is cited; None where that is not said."""
    citations = told.whole(paper.get("citationCount"))
    if citations is None or citations < 0:
        return None
    return Record(
        scheme="semanticscholar",
        id=told.text(paper.get("paperId")),
        title=told.plain(paper.get("title")),
        authors=_authors(paper),
        citations=citations,
    )


def _authors(paper: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        filter(None, (told.plain(author.get("name")) for author in told.mappings(paper.get("authors"))))
    )


def _venue(paper: Mapping[str, Any]) -> str | None:
    """The name in full where there is one: `venue` is often an abbreviation."""
    names = (
        told.mapping(paper.get("publicationVenue")).get("name"),
        paper.get("venue"),
        told.mapping(paper.get("journal")).get("name"),
    )
    name = next(filter(None, map(told.plain, names)), "")
    return None if not name or is_preprint_server(name) else name


def _kind(paper: Mapping[str, Any], identifiers: Mapping[str, Any]) -> WorkKind:
    """By DBLP's key first; `JournalArticle` is said of papers that only arXiv has."""
    key = told.text(identifiers.get("DBLP"))
    of_venue = told.text(told.mapping(paper.get("publicationVenue")).get("type"))
    types = told.items(paper.get("publicationTypes"))
    if key.startswith("conf/") or of_venue == "conference" or "Conference" in types:
        return WorkKind.PROCEEDINGS
    if (key.startswith("journals/") and not key.startswith("journals/corr/")) or of_venue == "journal":
        return WorkKind.ARTICLE
    return WorkKind.BOOK if "Book" in types else WorkKind.OTHER
