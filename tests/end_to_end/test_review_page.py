"""`enrich review --html`: from a catalogue to a patch, by the unmodified program and a real browser."""

from __future__ import annotations

import io
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.end_to_end.test_main_job import examples
from tests.reports.review_page.browser import browser, visit
from tests.shared_data import shared

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

__all__ = ["browser", "examples"]

REAL = ("allm", "llmbible", "ml4code", "paper-reading-wiki", "paperflow")


def page_of(catalogue: Catalogue) -> Path:
    """The review page of what a dry run proposes."""
    catalogue.outcome("run", "--dry-run", *NO_PAUSE)
    file = catalogue.root.parent / "review.html"
    catalogue.enrich("review", "--html", str(file))
    return file


def test_everything_accepted_is_what_diff_shows_and_run_writes(examples: Catalogue, browser: Browser) -> None:
    page = visit(browser, page_of(examples))
    page.click("Accept all shown")
    patch = page.saved("enrich.patch")

    assert as_read(patch) == examples.enrich("diff")
    apply_patch(examples, patch)
    patched = examples.content()
    examples.git("checkout", "--", "_publications")
    examples.enrich("run", *NO_PAUSE)
    assert patched == examples.content()


def test_the_page_of_a_catalogue_below_the_top_of_its_repository_patches_from_the_top(
    examples: Catalogue, browser: Browser
) -> None:
    inner = examples.root / "papers"
    inner.mkdir()
    for name in ("_publications", "enrich.toml"):
        (examples.root / name).rename(inner / name)
    examples.commit()
    whole = examples.root
    examples.root = inner
    page = visit(browser, page_of(examples))
    page.click("Accept all shown")
    patch = page.saved("enrich.patch")
    examples.root = whole

    assert b"--- a/papers/_publications/2024gpt.markdown\n" in patch
    apply_patch(examples, patch)


def test_the_page_shows_the_record_and_the_links_that_the_run_learned_of(
    examples: Catalogue, browser: Browser
) -> None:
    page = visit(browser, page_of(examples))

    page.search("p:2024gpt f:title")
    page.page.get_by_text("The run in numbers").click()

    assert "arXiv 2410.21276" in page.page.inner_text(".why")
    assert "GPT-4o System Card" in page.page.inner_text(".why dl")
    hosts = page.page.locator(".picture", has_text="Links by host").inner_text()
    assert {"arxiv.org", "huggingface.co", "github.com"} <= set(hosts.split())


def test_only_the_named_entries_are_on_the_page(examples: Catalogue, browser: Browser) -> None:
    examples.outcome("run", "--dry-run", *NO_PAUSE)
    examples.enrich("review", "_publications/2024gpt.markdown", "--html", "review.html")

    page = visit(browser, examples.root / "review.html")

    assert page.shown() == len(page.page.locator(".card .path", has_text="2024gpt").all())


def test_a_place_that_cant_be_written_is_named(examples: Catalogue) -> None:
    _, err = examples.outcome("review", "--html", "nowhere/review.html", code=2)

    assert err == "error: nowhere/review.html: can't be written: No such file or directory\n"


def test_an_empty_queue_makes_a_page_too(examples: Catalogue, browser: Browser) -> None:
    out = examples.enrich("review", "--html", "review.html")

    assert out == "Wrote review.html: 0 pending changes in 0 files.\n"
    assert visit(browser, examples.root / "review.html").errors == []


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_run_and_a_check_report_what_they_did_not_write_as_a_page(
    examples: Catalogue, browser: Browser, command: str
) -> None:
    code = 1 if command == "check" else 0
    reports = ("--report", "html=reports/review.html", "--report", "json=reports/report.json")
    examples.outcome(command, *reports, *NO_PAUSE, code=code)
    summary = json.loads((examples.root / "reports" / "report.json").read_text("utf-8"))["summary"]

    page = visit(browser, examples.root / "reports" / "review.html")

    assert (page.errors, page.violations()) == ([], [])
    page.search("-k:none")
    assert page.shown() == summary["changes"]["pending"]
    page.search("k:none")
    assert page.shown() == 1  # an address that holds an identifier and is none of arXiv's
    assert summary["changes"]["pending" if command == "check" else "written"] > 0
    page.page.get_by_text("The run in numbers").click()
    hosts = page.page.locator(".picture", has_text="Links by host").inner_text()
    assert "unknown" not in hosts
    assert "arxiv.org" in hosts


@pytest.mark.parametrize("name", REAL)
def test_any_choice_over_a_real_catalogue_is_written_byte_for_byte(
    name: str, catalogue: Catalogue, arxiv_internet: Internet, browser: Browser
) -> None:
    catalogue.copy(shared("corpus", "entries", name))
    catalogue.on(arxiv_internet)
    page = visit(browser, page_of(catalogue))
    shown = catalogue.enrich("diff")

    page.click("Accept all shown")
    whole = page.saved("enrich.patch")
    page.click("Undo")
    page.search("-f:arxiv_published -f:title")
    page.click("Accept all shown")
    page.search("f:title p:2")
    if page.shown():
        page.click("Accept all shown")
    page.search("")
    page.click("Reject all shown")
    patch, decisions = page.saved("enrich.patch"), page.saved("decisions.json")
    apply_patch(catalogue, patch)
    patched = catalogue.content()
    catalogue.git("checkout", "--", ".")
    catalogue.write(".enrich/decisions-of-the-page.json", decisions)
    catalogue.enrich("review", "--import", ".enrich/decisions-of-the-page.json")
    catalogue.enrich("apply")

    assert as_read(whole) == shown
    assert catalogue.content() == patched
    assert len(json.loads(decisions)["decisions"]) == f"\n{shown}".count("\n# ")
    assert (page.errors, page.violations()) == ([], [])
    assert catalogue.enrich("diff") == ""


def apply_patch(catalogue: Catalogue, patch: bytes) -> None:
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
        cwd=catalogue.root,
        input=patch,
        check=True,
    )


def as_read(patch: bytes) -> str:
    """As `Catalogue.enrich` reads standard output."""
    return io.TextIOWrapper(io.BytesIO(patch), "utf-8").read()
