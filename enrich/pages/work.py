"""
The work that a page is about, in the meta tags that publishers write for those who index them.

Sources: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing,
https://www.dublincore.org/specifications/dublin-core/dcq-html/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import PageWork

if TYPE_CHECKING:
    from enrich.pages.scanning import Page

_TITLES = (
    "citation_title",
    "dc.title",
    "dcterms.title",
    "eprints.title",
    "bepress_citation_title",
    "prism.title",
)
_AUTHORS = (
    "citation_author", "citation_authors", "dc.creator", "dcterms.creator", "dc.creator.personalname",
    "eprints.creators_name", "bepress_citation_author",
)  # fmt: skip
_OTHER_TITLES = ("og:title", "twitter:title")
_LONGEST = 1_000
_MOST_AUTHORS = 500
_MOST_TITLES = 10


def work_of(page: Page) -> PageWork | None:
    """What *page* says it is about; None where it does not name both a title and authors."""
    titles = page.meta(*_TITLES)
    if not titles:
        return None
    authors = next((named for name in _AUTHORS if (named := page.meta(name))), ())
    if not authors:
        return None
    seen = dict.fromkeys((*titles, *page.meta(*_OTHER_TITLES), page.title, *page.headings[:2]))
    names = (name.strip() for value in authors for name in value.split(";"))
    return PageWork(
        titles=tuple(title[:_LONGEST] for title in seen if title)[:_MOST_TITLES],
        authors=tuple(_in_order(name)[:200] for name in names if name)[:_MOST_AUTHORS],
        arxiv_id=next(iter(page.meta("citation_arxiv_id")), None),
        doi=next(iter(page.meta("citation_doi", "dc.identifier", "prism.doi")), None),
    )


def _in_order(name: str) -> str:
    """
    >>> _in_order("Vaswani, Ashish")
    'Ashish Vaswani'
    """
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name
