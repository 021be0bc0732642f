"""What comes out: decisions, and the very patch that the program writes."""

from __future__ import annotations

import json
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

import pytest

from enrich.text import unified_diff
from tests.documents import document
from tests.reports.review_page.browser import Visit, visit
from tests.reports.review_page.pages import (
    SMALL,
    change,
    entry_number,
    patch_of,
    review,
    reviewed,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from enrich.models import Change
    from enrich.reports.review_page import Review


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


TEXTS = ("a\n", "b\n", "---\n", "\n", "x: y\r\n", "𝔊\n", "c")


def test_the_script_tells_texts_apart_as_the_program_does(browser: Browser) -> None:
    random = Random(1)
    texts = ["".join(random.choices(TEXTS, k=random.randrange(14))) for _ in range(600)]
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    source = (files("enrich.reports.review_page") / "static" / "differ.js").read_text(encoding="utf-8")
    page = browser.new_page()

    patches: list[str] = page.evaluate(
        f"(pairs) => {{ {source}; return pairs.map(([before, after]) => patchOf(before, after, 1)); }}", pairs
    )

    expected = [unified_diff("", before, after, 1).partition("+++ b/\n")[2] for before, after in pairs]
    assert patches == expected
