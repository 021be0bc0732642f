"""The work that a page says it is about."""

from __future__ import annotations

from enrich.models import PageWork
from enrich.pages.shown import scan, work_of


def test_a_work_has_every_title_of_its_page_and_its_authors_in_their_usual_order() -> None:
    page = scan(
        "<title>Attention | Proceedings</title>"
        "<meta name=citation_title content='Attention Is All You Need'>"
        "<meta property='og:title' content='Attention'>"
        "<meta name=citation_author content='Vaswani, Ashish'>"
        "<meta name=citation_author content='Noam Shazeer'>"
        "<meta name=citation_doi content='10.5555/1'><meta name=citation_arxiv_id content='1706.03762'>"
        "<h1>Attention Is All You Need</h1>"
    )

    assert work_of(page) == PageWork(
        ("Attention Is All You Need", "Attention", "Attention | Proceedings"),
        ("Ashish Vaswani", "Noam Shazeer"),
        "1706.03762",
        "10.5555/1",
    )


def test_names_in_one_tag_are_told_apart() -> None:
    page = scan(
        "<meta name=DC.Title content=A><meta name=citation_authors content='One, Ann; Two, Bo; Three,'>"
    )

    work = work_of(page)

    assert work is not None
    assert work.authors == ("Ann One", "Bo Two", "Three,")
    assert (work.arxiv_id, work.doi) == (None, None)


def test_without_a_title_or_authors_there_is_no_work() -> None:
    assert work_of(scan("<meta name=citation_title content=A>")) is None
    assert work_of(scan("<meta name=citation_author content=A><meta property=og:title content=B>")) is None
