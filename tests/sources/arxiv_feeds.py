"""Feeds in the shape of arXiv's API, small and easy to spoil."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
)


def entry(
    name: str,
    title: str = "A Title",
    authors: Sequence[str] = ("Ada Lovelace", "Alan Turing"),
    *,
    published: str = "2024-10-25T23:30:00Z",
    updated: str = "2024-11-02T00:10:00Z",
    summary: str = "  We show a thing.",
    extra: str = "",
) -> str:
    """An entry with everything in the order in which the service writes it; *name* has its version."""
    people = "".join(f"<author><name>{escape(author)}</name></author>" for author in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{name}</id><title>{escape(title)}</title><updated>{updated}</updated>"
        f'<link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>'
        f'<summary>{escape(summary)}</summary><category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>'
        f'<category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/><published>{published}</published>'
        f'<arxiv:primary_category term="cs.CL"/>{extra}{people}</entry>\n'
    )


def feed(
    entries: Iterable[str], *, total: object = None, ids: Sequence[str] = (), search: str = "", size: int = 0
) -> bytes:
    """An answer for *ids* or to *search*; *size* is that of the page."""
    written = list(entries)
    size = size or len(ids) or 10
    # A feed that answers no question that was told does not say what it was asked.
    asked = f"search_query={search}&id_list={','.join(ids)}" if search or ids else "none"
    query = f"{asked}&start=0&max_results={size}"
    count = len(written) if total is None else total
    return (
        f"{_HEAD}<title>arXiv Query: {escape(query)}</title>"
        f"<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{count}</opensearch:totalResults>"
        f"<opensearch:startIndex>0</opensearch:startIndex>{''.join(written)}</feed>\n"
    ).encode()


def error(summary: str) -> bytes:
    """What the service answers with status 400, and did once with 200."""
    link = f"https://arxiv.org/api/errors#{summary.replace(' ', '_')}"
    return feed(
        [
            f"<entry><id>{link}</id><title>Error</title><updated>2026-04-12T22:59:06Z</updated>"
            f"<summary>{escape(summary)}</summary><author><name>arXiv api core</name></author></entry>"
        ]
    )
