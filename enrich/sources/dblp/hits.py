"""
What DBLP's search answered.

Pure. All numbers are text, what stands alone is no list, titles end in a dot, namesakes
have a number, and `CoRR` is arXiv.

Source: https://dblp.org/faq/13501473 (the search), https://dblp.org/faq/1474783 (namesakes)
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.identifiers import is_preprint_doi
from enrich.links import phrase
from enrich.models import Failure, Reason, Record, WorkKind
from enrich.sources import told
from enrich.sources.servers import is_preprint_server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.http import ApiResponse


def read_answer(answer: ApiResponse, most: int) -> tuple[Record, ...] | Failure | None:
    """The published works that were found; None where more than *most* hits were."""
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"dblp: {phrase(answer.status)}")
    hits = told.mapping(told.mapping((answer.json_object() or {}).get("result")).get("hits"))
    total, hit = told.whole(hits.get("@total")), told.items(hits.get("hit"))
    if total is None:
        return Failure(Reason.SERVER_ERROR, "dblp: the answer is no list of hits")
    if total > most:
        return None
    if len(hit) < total:
        return Failure(Reason.SERVER_ERROR, f"dblp: the answer holds {len(hit)} of {total} hits")
    records = (record(told.mapping(one.get("info"))) for one in told.mappings(hit))
    return tuple(found for found in records if found)


def record(info: Mapping[str, Any]) -> Record | None:
    """What *info* says of a work; None where that is none, or was not published."""
    key, title = told.text(info.get("key")), _title(info)
    kind = WorkKind.THESIS if key.startswith(("phd/", "ms/")) else _KINDS.get(told.text(info.get("type")))
    doi, venue = told.doi(info.get("doi")), _venue(info)
    is_preprint = key.startswith("journals/corr/") or is_preprint_server(venue or "")
    if not key or not title or kind is None or is_preprint or (doi and is_preprint_doi(doi)):
        return None
    authors = (_name(author) for author in told.items(told.mapping(info.get("authors")).get("author")))
    return Record(
        scheme="dblp",
        id=key,
        title=title,
        authors=tuple(filter(None, authors)),
        doi=doi,
        kind=kind,
        venue=venue,
        year=told.year(info.get("year")),
    )


_KINDS = {
    "Conference and Workshop Papers": WorkKind.PROCEEDINGS,
    "Journal Articles": WorkKind.ARTICLE,
    "Parts in Books or Collections": WorkKind.CHAPTER,
    "Books and Theses": WorkKind.BOOK,
}
"""Not `Informal and Other Publications`, `Editorship`, `Data and Artifacts`, `Reference Works`."""


def _title(info: Mapping[str, Any]) -> str:
    title = told.plain(info.get("title"))
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _venue(info: Mapping[str, Any]) -> str | None:
    """As DBLP abbreviates it, without the number of the volume: `ACL (1)`."""
    return re.sub(r" \([0-9]+\)\Z", "", told.plain(told.first_text(info.get("venue")))) or None


def _name(author: object) -> str:
    """`Wei Wang 0009` is one of many."""
    name = told.plain(author.get("text") if isinstance(author, dict) else author)
    return re.sub(r" [0-9]{4}\Z", "", name)
