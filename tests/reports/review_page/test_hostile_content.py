"""Whatever stands in files and records, the page only shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.documents import document
from tests.reports.review_page.browser import visit
from tests.reports.review_page.pages import (
    UNSAFE,
    change,
    proposal,
    review,
    reviewed,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from enrich.reports.review_page import Review


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
