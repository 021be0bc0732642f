"""For every eye, hand and window; and for twenty thousand changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enrich.reports.review_page.assembly import page_around
from enrich.reports.review_page.embedding import data_of
from tests.reports.review_page.browser import Visit, visit
from tests.reports.review_page.pages import (
    SMALL,
    catalogue,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


# -- for everybody ------------------------------------------------------------------------------


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


# -- many ---------------------------------------------------------------------------------------


def test_twenty_thousand_changes_are_shown_searched_and_answered(
    browser: Browser, tmp_path: Path, record_property: Any
) -> None:
    file = tmp_path / "review.html"
    file.write_text(page_around(copied(data_of(catalogue(250)), 20), "many"), encoding="utf-8")

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


def copied(data: dict[str, Any], times: int) -> dict[str, Any]:
    """The same entries again under other paths, their changes under other names."""
    entries, changes = data["entries"], data["changes"]
    return data | {
        "entries": [[f"{copy}/{path}", *rest] for copy in range(times) for path, *rest in entries],
        "changes": [
            [entry + copy * len(entries), rank, f"{copy:02}{name}", *rest]
            for copy in range(times)
            for entry, rank, name, *rest in changes
        ],
    }


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
