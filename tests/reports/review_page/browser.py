"""
A real browser for the review page: Debian's Chromium, or whichever `$ENRICH_BROWSER` names.

Tests are skipped where Playwright or the browser is missing. A module's own, for
while one runs no other event loop may run in the thread.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_TELL_VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api")
    named = os.environ.get("ENRICH_BROWSER")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium")
    with api.sync_playwright() as playwright:
        # A container has no sandbox to offer, and nothing is loaded that is not ours.
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe(npm: Callable[[str], Path]) -> str:
    """The source of axe-core."""
    return (npm("axe-core@4") / "axe.min.js").read_text(encoding="utf-8")


@dataclass  # without slots: Playwright marks the object whose method it calls
class Visit:
    """A page that is open, and all that it did which it must not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def evaluate(self, script: str) -> Any:
        return self.page.evaluate(script)

    def press(self, keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def search(self, query: str) -> None:
        self.page.fill("#search", query)

    def click(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def saved(self, name: str) -> bytes:
        """What is downloaded by the button *name*."""
        with self.page.expect_download() as download:
            self.click(name)
        assert download.value.suggested_filename == name
        content: bytes = download.value.path().read_bytes()
        return content

    def shown(self) -> int:
        text: str = self.page.inner_text(".bar-of-list b")
        return int(text.removesuffix(" shown").replace(",", ""))

    def numbers(self) -> str:
        text: str = self.page.inner_text(".numbers")
        return " ".join(text.split())

    def current(self) -> str:
        """The place of the card that keys act on, '' where there is none."""
        cards = self.page.locator(".card[aria-current] .place")
        text: str = cards.first.inner_text() if cards.count() else ""
        return text

    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.violations")
        return found


def visit(
    browser: Browser, file: Path, *, width: int = 1440, scheme: str = "light", init: str = "", **options: Any
) -> Visit:
    """*file* opened from disk in a profile of its own."""
    options |= {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    context = browser.new_context(**options)
    return visit_in(context, file, init=init)


def visit_in(context: Any, file: Path, *, init: str = "") -> Visit:
    """*file* opened in a profile that there is already."""
    visited = Visit(context.new_page())
    visited.page.add_init_script(_TELL_VIOLATIONS + init)
    visited.page.on("request", lambda request: visited.requests.append(request.url))
    visited.page.on("dialog", visited.dismiss)
    visited.page.on("pageerror", lambda error: visited.errors.append(str(error)))
    visited.page.goto(file.as_uri())
    visited.page.wait_for_selector("#top h1")
    return visited
