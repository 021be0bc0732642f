"""
Feeds exactly as arXiv's API has written them since November 2025: element order, namespaces, indentation.

Pure; the time is an argument. Source: recorded responses of April 2026, byte for byte.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from tests.internet.papers import Author, Paper

ERRORS = "https://arxiv.org/api/errors"
_OPENING = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
)
_CLOSING = "</feed>\n"
_UNQUOTED = "!$'()*,/:;?@"
"""What the service's framework leaves as it is in a query."""


def feed(
    found: Iterable[tuple[Paper, int]],
    *,
    search_query: str,
    id_list: str,
    start: int,
    max_results: int,
    total: int,
    now: dt.datetime,
) -> str:
    """The feed of *found*, papers with their version; *search_query* as the service rewrote it."""
    query = f"search_query={search_query}&id_list={id_list}&start={start}&max_results={max_results}"
    digest = base64.b64encode(hashlib.sha1(query.encode()).digest()).decode().rstrip("=")
    asked = {
        "search_query": search_query,
        "start": start,
        "max_results": max_results,
        "id_list": id_list,
    }
    address = f"https://arxiv.org/api/query?{urlencode(asked, safe=_UNQUOTED)}"
    return "".join(
        (
            _OPENING,
            f"  <id>https://arxiv.org/api/{digest}</id>\n",
            f"  <title>arXiv Query: {_text(query)}</title>\n",
            f"  <updated>{_moment(now)}</updated>\n",
            f'  <link href="{_value(address)}" type="application/atom+xml"/>\n',
            _counts(max_results, total, start),
            *(entry(paper, version) for paper, version in found),
            _CLOSING,
        )
    )


def error_feed(message: str, now: dt.datetime, *, link: str = ERRORS) -> str:
    """The feed that tells an error: one entry without a date of publication."""
    return "".join(
        (
            _OPENING,
            "  <id>https://arxiv.org/</id>\n  <title>arXiv Search Results</title>\n",
            f"  <updated>{_moment(now)}</updated>\n",
            _counts(1, 1, 0),
            f"  <entry>\n    <id>{_text(link)}</id>\n    <title>Error</title>\n",
            f"    <updated>{_moment(now)}</updated>\n",
            f'    <link href="{_value(link)}" rel="alternate" type="text/html"/>\n',
            f"    <summary>{_text(message)}</summary>\n",
            "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n",
            _CLOSING,
        )
    )


@functools.lru_cache(maxsize=50_000)
def entry(paper: Paper, version: int) -> str:
    """One paper in one version; old ones have a title of their own where that is known."""
    name = f"{paper.id}v{version}"
    lines = [
        f"<id>http://arxiv.org/abs/{_text(name)}</id>",
        f"<title>{_text(paper.titled(version))}</title>",
        f"<updated>{_moment(paper.dated(version))}</updated>",
        f'<link href="https://arxiv.org/abs/{_value(name)}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{_value(name)}" rel="related" type="application/pdf"'
        ' title="pdf"/>',
        f"<summary>{_text(paper.abstract)}</summary>",
        *(
            f'<category term="{_value(category)}" scheme="http://arxiv.org/schemas/atom"/>'
            for category in paper.categories
        ),
        f"<published>{_moment(paper.published)}</published>",
    ]
    if paper.comment:
        lines.append(f"<arxiv:comment>{_text(paper.comment)}</arxiv:comment>")
    lines.append(f'<arxiv:primary_category term="{_value(paper.primary_category)}"/>')
    if paper.journal_ref:
        lines.append(f"<arxiv:journal_ref>{_text(paper.journal_ref)}</arxiv:journal_ref>")
    for author in paper.authors:
        lines += _author(author)
    for doi in paper.dois:
        lines.append(f"<arxiv:doi>{_text(doi)}</arxiv:doi>")
        lines.append(f'<link rel="related" href="https://doi.org/{_value(doi)}" title="doi"/>')
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def _author(author: Author) -> list[str]:
    affiliations = (
        f"  <arxiv:affiliation>{_text(affiliation)}</arxiv:affiliation>"
        for affiliation in author.affiliations
    )
    return ["<author>", f"  <name>{_text(author.name)}</name>", *affiliations, "</author>"]


def _counts(size: int, total: int, start: int) -> str:
    return (
        f"  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )


def _moment(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _value(text: str) -> str:
    return _text(text).replace('"', "&quot;")
