"""Fixtures for the tests of the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.review_page.browser import Visit, axe, browser, visit
from tests.reports.review_page.pages import SMALL, write

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

__all__ = ["axe", "browser"]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Visit:
    """The page of `SMALL`, open."""
    return visit(browser, write(SMALL, tmp_path))
