"""What a person must mend by hand is on the page of a run: to look at, with nothing to decide."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.models import Place
from tests.reports.review_page.browser import visit
from tests.reports.review_page.pages import catalogue, entry_number, review, reviewed, write
from tests.reports.samples import FROM_ARXIV, result

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from enrich.models import Result
    from tests.reports.review_page.browser import Visit


def finding(path: str, line: int = 7, message: str = "404 Not Found") -> Result:
    return result(
        "LNK101",
        message,
        path=path,
        place=Place(line, 31, 60, "x" * 60),
        field="additional_links[0].url",
        url="https://acme.org/gone",
        because=(FROM_ARXIV,),
        evidence=("asked twice",),
        help_text="mend it",
    )


@pytest.fixture
def mixed(browser: Browser, tmp_path: Path) -> Visit:
    """Two entries of four changes each; a third has nothing but a finding, as one of the two has."""
    first, second = catalogue(2).entries
    lonely, _ = entry_number(7)
    entries = (
        replace(first, findings=(finding(first.document.path),)),
        second,
        replace(reviewed(lonely, (), "Alone"), findings=(finding(lonely.path, line=13),)),
    )
    return visit(browser, write(review(*entries), tmp_path))


def test_findings_without_a_change_are_a_kind_of_their_own(mixed: Visit) -> None:
    kinds = mixed.page.locator("fieldset", has_text="Kind").inner_text().split()
    mixed.search("k:none")

    assert kinds == ["Kind", "safe", "6", "unsafe", "2", "none", "2"]
    assert mixed.shown() == 2
    assert "8 changes in 2 files, 2 findings without a change" in mixed.page.locator("#top").inner_text()


def test_a_finding_shows_its_line_and_what_it_rests_on_and_asks_for_nothing(mixed: Visit) -> None:
    mixed.search("k:none p:entry00000")
    card = mixed.page.locator(".card")

    assert card.locator("tr.meant td.number").inner_text() == "7"
    assert "hf2410.00000" in card.locator("tr.meant").inner_text()
    told = card.inner_text()
    assert "404 Not Found" in told
    assert "left for a person; not fixed" in told
    assert "asked twice" in told
    assert "mend it" in told
    assert "confidence" not in told
    assert card.get_by_role("button", name="Accept").count() == 0
    assert card.get_by_role("link", name="address").get_attribute("href") == "https://acme.org/gone"


def test_a_finding_in_the_text_below_shows_no_line_that_is_not_there(mixed: Visit) -> None:
    mixed.search("k:none p:entry00007")

    assert mixed.page.locator(".card tr").count() == 0


def test_nothing_that_is_decided_touches_a_finding(mixed: Visit) -> None:
    mixed.search("k:none")
    assert mixed.page.get_by_role("button", name="Accept all shown (0)").is_disabled()
    mixed.press("j")
    mixed.press("a")
    mixed.search("")
    mixed.click("Accept all shown (8)")

    assert mixed.numbers().startswith("8 accepted")
    decisions = json.loads(mixed.saved("decisions.json"))["decisions"]
    assert len(decisions) == 8
    assert "LNK101" not in {decision["rule"] for decision in decisions}


def test_a_page_of_findings_alone_can_be_looked_through(browser: Browser, tmp_path: Path) -> None:
    lonely, _ = entry_number(7)
    entry = replace(reviewed(lonely, (), "Alone"), findings=(finding(lonely.path),))

    page = visit(browser, write(review(entry), tmp_path))

    assert page.shown() == 1
    assert "0 changes in 0 files, 1 finding without a change" in page.page.locator("#top").inner_text()
