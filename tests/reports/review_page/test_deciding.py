"""Answers by keys and buttons, and what is kept of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.reports.review_page.browser import Visit, visit, visit_in
from tests.reports.review_page.pages import (
    SMALL,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


# -- keys and decisions -------------------------------------------------------------------------


def test_the_keys_alone_are_enough(page: Visit) -> None:
    page.press("jarxk")

    assert page.numbers() == "1 accepted 1 rejected 1 skipped 117 left"
    assert page.current() == "3 of 120"
    page.press("uuu")
    assert page.numbers() == "0 accepted 0 rejected 0 skipped 120 left"
    assert page.current() == "1 of 120"


def test_the_slash_goes_to_the_search_where_letters_are_letters(page: Visit) -> None:
    page.press("/")
    page.page.keyboard.type("jar")

    assert page.page.input_value("#search") == "jar"
    assert page.numbers().startswith("0 accepted")


def test_escape_leads_from_the_search_back_to_the_changes(page: Visit) -> None:
    page.press("/")
    page.page.keyboard.press("Escape")
    page.press("a")

    assert page.numbers().startswith("1 accepted")


def test_the_next_change_after_the_last_of_a_page_is_on_the_next(page: Visit) -> None:
    page.press("j" * 51)

    assert page.page.inner_text(".pager span") == "Page 2 of 3"
    assert page.current() == "51 of 120"
    page.press("k")
    assert page.current() == "50 of 120"


def test_single_keys_can_be_turned_off(page: Visit) -> None:
    page.click("Keys and help")
    page.page.get_by_label("Single keys work on this page").uncheck()
    page.click("Close")
    page.press("ja")

    assert page.numbers().startswith("0 accepted")


def test_every_key_has_a_button(page: Visit) -> None:
    card = page.page.locator(".card").nth(1)
    card.get_by_role("button", name="Accept").click()
    page.page.locator(".card").nth(2).get_by_role("button", name="Reject").click()
    page.page.locator(".card").nth(3).get_by_role("button", name="Skip").click()

    assert page.numbers() == "1 accepted 1 rejected 1 skipped 117 left"
    assert card.get_by_role("button", name="Accept").get_attribute("aria-pressed") == "true"
    card.get_by_role("button", name="Accept").click()
    page.click("Undo")
    page.click("Undo")
    assert page.numbers() == "1 accepted 1 rejected 0 skipped 118 left"


def test_all_shown_are_accepted_at_once_and_given_back_at_once(page: Visit) -> None:
    page.search("f:title")
    page.press("\n")
    page.page.locator(".card").first.get_by_role("button", name="Reject").click()
    page.click("Accept all shown")

    assert page.numbers() == "29 accepted 1 rejected 0 skipped 90 left"
    page.click("Undo")
    assert page.numbers() == "0 accepted 1 rejected 0 skipped 119 left"


def test_an_answer_does_not_take_the_card_away_under_the_reader(page: Visit) -> None:
    page.page.get_by_label(re.compile("^open")).check()
    page.press("jaa")

    assert page.shown() == 120
    assert page.current() == "3 of 120"
    page.search("f:url")
    assert page.shown() == 28


def test_the_picture_shows_the_run_as_tables(page: Visit) -> None:
    page.press("ja")
    page.page.get_by_text("The run in numbers").click()

    tables = page.page.locator(".picture table")
    assert [tables.nth(at).locator("caption").inner_text() for at in range(3)] == [
        "Changes by rule", "Links by host", "Entries by year",
    ]  # fmt: skip
    assert tables.nth(0).locator("tr", has_text="IDN201").inner_text().split()[-2:] == ["1", "29"]
    assert tables.nth(1).locator("tr", has_text="arxiv.org").inner_text().split() == ["arxiv.org", "40", "3"]


# -- what is kept -------------------------------------------------------------------------------


def test_answers_are_there_again_after_a_reload_and_in_another_window(
    browser: Browser, tmp_path: Path
) -> None:
    file = write(SMALL, tmp_path)
    page = visit(browser, file)
    page.press("jar")

    page.page.reload()
    again = page.numbers()
    other = visit_in(page.page.context, file)
    other.press("jjja")
    page.page.wait_for_function("document.querySelector('.numbers').textContent.startsWith('2')")

    assert again == "1 accepted 1 rejected 0 skipped 118 left"
    assert page.numbers() == "2 accepted 1 rejected 0 skipped 117 left"


def test_answers_to_another_plan_are_not_taken_over(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, write(SMALL, tmp_path))
    page.press("ja")
    write(replace(SMALL, plan="ba9876543210"), tmp_path)

    page.page.reload()

    assert page.numbers() == "0 accepted 0 rejected 0 skipped 120 left"


def test_where_nothing_can_be_kept_the_page_works_and_says_so(browser: Browser, tmp_path: Path) -> None:
    denied = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }});"

    page = visit(browser, write(SMALL, tmp_path), init=denied)
    page.press("jar")

    assert page.numbers() == "1 accepted 1 rejected 0 skipped 118 left"
    assert "keeps nothing" in page.page.inner_text(".notice")
    assert json.loads(page.saved("decisions.json"))["decisions"][0]["verdict"] == "accepted"
    assert page.errors == []
