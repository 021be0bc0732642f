"""The review page in a real browser, opened from disk."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.documents import document
from tests.reports.review_page.browser import Visit, axe, browser, visit, visit_in
from tests.reports.review_page.pages import (
    UNSAFE,
    catalogue,
    change,
    entry_number,
    patch_of,
    proposal,
    review,
    reviewed,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from enrich.models import Change
    from enrich.reports.review_page import Review

__all__ = ["axe", "browser"]

SMALL = catalogue(30)
"""120 changes: three pages of 50."""


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Visit:
    return visit(browser, write(SMALL, tmp_path))


# -- what is shown ---------------------------------------------------------------------------


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


# -- filters and search ----------------------------------------------------------------------


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


# -- keys and decisions ----------------------------------------------------------------------


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


# -- what is kept ----------------------------------------------------------------------------


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


# -- what comes out --------------------------------------------------------------------------


def test_decisions_are_saved_as_the_program_takes_them(page: Visit) -> None:
    page.search("p:entry00002")
    page.press("\n")
    page.page.keyboard.press("Escape")
    page.press("arxa")

    saved = json.loads(page.saved("decisions.json"))

    assert {key: saved[key] for key in ("version", "plan")} == {"version": 1, "plan": SMALL.plan}
    here, changes = entry_number(2)
    assert [(row["id"], row["verdict"], row["rule"]) for row in saved["decisions"]] == [
        (changes[0].id, "accepted", "IDN201"),
        (changes[1].id, "rejected", "MET301"),
        (changes[2].id, "accepted", "MET311"),
    ]
    row = saved["decisions"][0]
    assert (row["path"], row["field"]) == (here.path, "additional_links[0].url")
    assert (row["before"], row["after"]) == (
        "https://arxiv.org/abs/hf2410.00002",
        "https://arxiv.org/abs/2410.00002",
    )
    assert row["why"] == "title matches (score 1.00)"


def test_the_patch_of_everything_is_the_one_that_the_program_writes(page: Visit) -> None:
    page.click("Accept all shown")

    assert page.saved("enrich.patch") == patch_of(SMALL, lambda _: True)


def test_the_patch_of_some_is_the_one_that_the_program_writes(page: Visit) -> None:
    page.search("f:title")
    page.click("Accept all shown")
    page.search("p:entry00003")
    page.click("Accept all shown")
    page.search("r:MET301")
    page.click("Reject all shown")

    def accepted(one: Change) -> bool:
        return one.fix.field == "title" or "entry00003" in one.path

    assert page.saved("enrich.patch") == patch_of(SMALL, accepted)


HARD = """\
title: Gpt
links: [one, two, three]
names:
- Ada
- Bob
- Cyd
note: 𝔊 {newline}
"""


def hard(newline: str, ending: bytes = b"") -> Review:
    """Changes that meet, two values for one field, signs beyond the 16 bits, bytes that are no text."""
    path = 'größe "of" it.md'
    text = f"---\n{HARD.replace('{newline}', 'x')}---".replace("\n", newline).encode() + ending
    here = document(text, path)
    changes = (
        change(path, "links[0]", "one", None),
        change(path, "links[1]", "two", None),
        change(path, "links[2]", "three", None),
        change(path, "names[0]", "Ada", None),
        change(path, "names[1]", "Bob", "𝔅ob"),
        change(path, "note", "𝔊 x", "𝔊 𝔊"),
        change(path, "title", "Gpt", "GPT"),
        change(path, "title", "Gpt", "Generative"),
        change(path, "arxiv_id", None, "2410.21276"),
    )
    return review(reviewed(here, changes))


@pytest.mark.parametrize("ending", [b"", b"\nb\xff\xfe\nlast", b"\r\n\xe2\x80\xa8\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_changes_that_meet_make_the_same_patch_too(
    browser: Browser, tmp_path: Path, newline: str, ending: bytes
) -> None:
    made = hard(newline, ending)
    changes = [each.change for each in made.entries[0].proposals]
    page = visit(browser, write(made, tmp_path))

    for mask in (0b101, 0b011, 0b111, 0b101111000, 0b101111111, 0b100110010):
        wanted = {one.id for at, one in enumerate(changes) if mask >> at & 1}
        for one in changes:
            card = page.page.locator(".card", has=page.page.locator(f"[id='change-{changes.index(one)}']"))
            button = card.get_by_role("button", name="Accept")
            if (button.get_attribute("aria-pressed") == "true") != (one.id in wanted):
                button.click()

        assert page.saved("enrich.patch") == patch_of(made, lambda one, ids=wanted: one.id in ids)  # type: ignore[misc]
    assert page.errors == []


def test_what_follows_a_change_is_decided_with_it(browser: Browser, tmp_path: Path) -> None:
    here, changes = entry_number(1)
    here = document(here.text.replace("tags:", "short_authors: Openai et al.\ntags:").encode(), here.path)
    short = change(
        here.path, "short_authors", "Openai et al.", "OpenAI et al.", rule="MET311", source="derived"
    )
    page = visit(browser, write(review(reviewed(here, (*changes, short))), tmp_path))
    page.search("f:short_authors")

    page.page.locator(".card").get_by_role("button", name="Accept").click()

    assert page.numbers().startswith("2 accepted")
    assert "Decided together with authors." in page.page.inner_text(".card")
    page.search("-f:short_authors f:authors")
    page.page.locator(".card").get_by_role("button", name="Reject").click()
    assert page.numbers().startswith("0 accepted 2 rejected")


def test_of_two_values_for_one_field_only_one_is_accepted(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, write(hard("\n"), tmp_path))
    page.search("f:title")
    cards = page.page.locator(".card")

    cards.nth(0).get_by_role("button", name="Accept").click()
    cards.nth(1).get_by_role("button", name="Accept").click()

    assert page.numbers().startswith("1 accepted")
    assert "is accepted; accepting this one takes that back" in cards.nth(0).inner_text()
    page.click("Undo")
    assert "is accepted" in cards.nth(1).inner_text()
    page.click("Accept all shown")
    assert page.numbers().startswith("1 accepted")


# -- hostile content -------------------------------------------------------------------------

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
OVERRIDE = "Card \u202egnp.exe\u2066 \x1b[31m"


def hostile() -> Review:
    path = "_publications/</title><script>alert(2)</script>.md"
    text = f"---\ntitle: {HOSTILE!r}\nurl: 'javascript:alert(3)'\nnote: \"{OVERRIDE[:-5]}\"\n---\n{HOSTILE}\n"
    here = document(text.encode(), path)
    changes = (
        change(path, "title", HOSTILE, f"{HOSTILE} {OVERRIDE}", safety=UNSAFE),
        change(path, "url", "javascript:alert(3)", "javascript:alert(4)", rule="LNK121"),
        change(path, "extra", None, "https://example.org/\u202e"),
    )
    entry = reviewed(here, changes, HOSTILE, f"Record {OVERRIDE}")
    entry = replace(entry, proposals=(*(proposal(one, HOSTILE, "`javascript:alert(5)`") for one in changes),))
    assert entry.source
    entry = replace(entry, source=replace(entry.source, url="javascript:alert(6)"))
    return replace(review(entry), catalogue=HOSTILE)


def test_hostile_content_is_inert(browser: Browser, tmp_path: Path) -> None:
    file = write(hostile(), tmp_path)

    page = visit(browser, file)
    page.press("jaaau")
    page.page.get_by_text("The run in numbers").click()
    for at in range(3):
        page.page.get_by_role("button", name="Whole front matter").nth(at).click()
    page.search("alert")
    patch = page.saved("enrich.patch")

    assert page.shown() == 3
    assert page.requests == [file.as_uri()]
    assert (page.dialogs, page.errors, page.violations()) == ([], [], [])
    assert page.page.locator("main script, main img").count() == 0
    links = page.page.locator("a[href]")
    assert [
        link
        for at in range(links.count())
        if "javascript" in (link := links.nth(at).get_attribute("href") or "")
    ] == []
    assert HOSTILE in page.page.inner_text("h1")
    assert b"alert(4)" in patch


def test_signs_that_turn_text_around_are_shown_as_what_they_are(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, write(hostile(), tmp_path))
    shown = page.page.inner_text("main")

    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", shown)
    assert "U+202E" in shown
    assert page.page.locator(".unseen", has_text="U+2066").count() > 0


# -- for everybody ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, axe: str, scheme: str, width: int) -> None:
    page = visit(browser, write(catalogue(3), tmp_path), width=width, scheme=scheme)
    page.press("jar")
    page.page.get_by_text("The run in numbers").click()
    page.evaluate(axe)

    assert _faults(page) == []
    page.click("Keys and help")
    assert _faults(page) == []


def _faults(page: Visit) -> list[Any]:
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        (fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found["violations"]
    ]


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    page = visit(browser, write(SMALL, tmp_path), width=width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_forced_colours_leave_changes_and_focus_visible(browser: Browser, tmp_path: Path) -> None:
    page = visit(browser, write(SMALL, tmp_path), forced_colors="active")
    page.press("j")

    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert page.evaluate(style.format(".diff del", "textDecorationLine")) == "line-through"
    assert page.evaluate(style.format(".card[aria-current]", "outlineStyle")) == "solid"


def test_whoever_tabs_sees_where_they_are(page: Visit) -> None:
    seen = []
    for _ in range(12):
        page.page.keyboard.press("Tab")
        seen.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert set(seen) == {"solid"}


# -- many ------------------------------------------------------------------------------------


def test_twenty_thousand_changes_are_shown_searched_and_answered(
    browser: Browser, tmp_path: Path, record_property: Any
) -> None:
    file = write(catalogue(5000), tmp_path)

    page = visit(browser, file)
    for query in ("gpt-42", "f:title -k:safe", "s:open mądry", ""):
        page.search(query)
    found = page.shown()
    page.click("Accept all shown")
    page.press("u")

    assert found == 20_000
    assert page.numbers() == "0 accepted 0 rejected 0 skipped 20,000 left"
    record_property("bytes", file.stat().st_size)
    for name, figure in figures(page).items():
        record_property(name, figure)


def figures(page: Visit) -> dict[str, Any]:
    """Milliseconds, as the browser measured them."""
    measured: dict[str, Any] = page.evaluate(
        """(() => {
            const took = (name) => performance.getEntriesByName(name).map((one) => Math.round(one.duration));
            const began = (name) => performance.getEntriesByName(name).map((one) => one.startTime);
            return {
                'first paint, ms': began('first-contentful-paint'), 'ready, ms': began('ready'),
                'searches, ms': took('search'), 'searches shown, ms': took('search and show'),
            };
        })()"""
    )
    return measured
