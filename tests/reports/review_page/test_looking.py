"""What the page shows and finds, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.reports.review_page.browser import Visit, visit
from tests.reports.review_page.pages import (
    review,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


# -- what is shown ------------------------------------------------------------------------------


def test_fifty_changes_are_shown_by_rule_and_file(page: Visit) -> None:
    assert page.shown() == 120
    assert page.page.locator(".card").count() == 50
    assert page.page.locator(".card .rule").first.inner_text() == "IDN201 malformed-arxiv-id"
    assert page.page.inner_text(".pager span") == "Page 1 of 3"


def test_a_card_shows_the_lines_that_would_be_written_and_why(page: Visit) -> None:
    page.search("p:entry00007 f:title")
    card = page.page.locator(".card")

    assert card.locator("del").first.inner_text() == "Gpt"
    assert card.locator("ins").first.inner_text() == "GPT"
    assert card.locator("tr.gone .line").inner_text() == "title: Gpt-7 System Card 𝔊"
    assert card.locator("tr.come .line").inner_text() == "title: GPT-7 System Card 𝔊"
    assert "title matches (score 1.00)" in card.locator(".why").inner_text()
    assert "confidence 0.97" in card.locator(".why").inner_text()


def test_the_whole_front_matter_is_shown_on_demand(page: Visit) -> None:
    page.search("p:entry00007 f:arxiv_id")

    before = page.page.locator(".diff tr").count()
    page.click("Whole front matter")

    assert "layout: publication" in page.page.inner_text(".diff")
    assert page.page.locator(".diff tr").count() > before


def test_links_lead_out_without_a_referrer(page: Visit) -> None:
    page.search("r:IDN201 p:entry00003")

    links = page.page.locator(".why a")

    assert links.count() == 3
    for at in range(3):
        assert links.nth(at).get_attribute("rel") == "noreferrer noopener"
        assert (links.nth(at).get_attribute("href") or "").startswith("https://arxiv.org/abs/")


def test_an_empty_queue_says_so(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, write(review(), tmp_path))

    assert "Nothing waits for a decision." in page.page.inner_text("main")
    assert page.errors == []


# -- filters and search -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 120),
        ("r:IDN201", 30),
        ("r:malformed", 30),
        ("-r:IDN201", 90),
        ("h:arxiv.org", 30),
        ("-h:arxiv.org", 90),
        ("f:title", 30),
        ("f:additional_links[0]", 30),
        ("k:unsafe", 30),
        ("k:safe -f:authors", 60),
        ("p:entry00007", 4),
        ("s:open", 120),
        ("s:accepted", 0),
        ('"GPT-7 System"', 4),
        ("mądry", 30),
        ("gpt-7 -f:title", 3),
        ("nowhere", 0),
    ],
)
def test_a_search_shows_what_it_names(page: Visit, query: str, shown: int) -> None:
    page.search(query)

    assert page.shown() == shown


def test_ticked_filters_add_up_within_a_group_and_narrow_across_groups(page: Visit) -> None:
    page.page.get_by_label(re.compile("^title ?30")).check()
    page.page.get_by_label(re.compile("^authors")).check()
    both = page.shown()
    page.page.get_by_label(re.compile("^unsafe")).check()

    assert (both, page.shown()) == (60, 30)
    page.click("Clear")
    assert page.shown() == 120


def test_the_numbers_beside_the_filters_say_what_each_would_show(page: Visit) -> None:
    page.search("p:entry0000")

    assert page.page.locator("fieldset", has_text="Kind").inner_text().split() == [
        "Kind", "safe", "30", "unsafe", "10",
    ]  # fmt: skip
