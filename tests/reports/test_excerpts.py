"""Source lines with carets: they fit the terminal and point at the right characters."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.models import Applicability, Outcome, Place, Severity
from enrich.reports.parts.cells import cells, columns, cut, width
from enrich.reports.parts.excerpt import window
from tests.reports.golden_file import assert_golden
from tests.reports.samples import CHECK, PAGE, TOTALS, fix, place, render, result

BODY = (
    "Abstract: "
    + "a sentence about models that goes on and on " * 40
    + "https://gone.example/ and more of it." * 3
)


def excerpt(source: str, marked: str, columns_of_terminal: int) -> list[str]:
    """The source line and its carets, as `full` shows them."""
    found = result("LNK101", "gone", path="a.md", place=place(source, marked, 7))
    out, _ = render(
        "full", CHECK, [Outcome("a.md", (found,))], TOTALS, replace(PAGE, width=columns_of_terminal)
    )
    return out.splitlines()[3:5]


@pytest.mark.parametrize("size", [60, 80, 120])
def test_a_long_line_is_shown_around_the_caret(size: int) -> None:
    found = result("LNK101", "404 Not Found", path="a.md", place=place(BODY, "https://gone.example/", 104))
    outcome = Outcome("a.md", (found,))

    out, _ = render("full", CHECK, [outcome], TOTALS, replace(PAGE, width=size))

    assert_golden(f"long-line-{size}", out)
    assert max(len(line) for line in out.splitlines()[2:5]) == size


def test_a_line_that_just_fits_is_not_cut() -> None:
    line = "x" * 30 + "gone" + "y" * 42

    assert excerpt(line, "gone", 80) == [f"7 | {line}", "  | " + " " * 30 + "^^^^"]


def test_both_ends_of_a_mark_wider_than_the_terminal_are_not_needed() -> None:
    source, carets = excerpt("see " + "u" * 300, "u" * 300, 60)

    assert source == "7 | …" + "u" * 54 + "…"
    assert carets == "  |  " + "^" * 54


@pytest.mark.parametrize(
    ("source", "marked", "before", "carets"),
    [
        ("标题: 深度学习 gone", "gone", 15, 4),
        ("标题: 深度学习 gone", "深度", 6, 4),
        ("title: Schro\u0308dinger gone", "gone", 19, 4),
        ("title: 😀😀 gone", "gone", 12, 4),
        ("\tgone: 1", "gone", 4, 4),
        ("a\x1bb gone", "gone", 7, 4),
        ("a\u202eb gone", "gone", 9, 4),
        ("a ##[error] gone", "gone", 13, 4),
        ("\udce9 gone", "gone", 7, 4),
    ],
)
def test_carets_stand_under_what_they_mark(source: str, marked: str, before: int, carets: int) -> None:
    text, marks = excerpt(source, marked, 80)

    assert marks == "  | " + " " * before + "^" * carets
    assert width(text[4:].split(marked)[0]) == before


def test_an_absent_field_is_marked_by_one_caret() -> None:
    text, before, marked = window(Place(3, 1, 1, "title: A"), 80)

    assert (text, before, marked) == ("title: A", 0, 1)


def test_a_caret_may_stand_behind_the_last_character() -> None:
    assert window(Place(3, 9, 9, "title: A"), 80) == ("title: A", 8, 1)
    assert window(Place(3, 31, 31, "x" * 30), 30)[0].startswith("…")


def test_a_window_does_not_begin_with_a_combining_mark() -> None:
    for room in (30, 31):
        text, _, _ = window(place("e\u0301" * 100 + "gone", "gone"), room)

        assert unicodedata.combining(text[1]) == 0


@given(
    source=st.text(st.characters(exclude_characters="\r\n"), min_size=1, max_size=300),
    spot=st.integers(0, 299),
    length=st.integers(0, 50),
    room=st.integers(20, 120),
)
def test_a_window_fits_and_its_carets_lie_inside(source: str, spot: int, length: int, room: int) -> None:
    start = min(spot, len(source))
    at = Place(1, start + 1, min(start + length, len(source)) + 1, source)

    text, before, marked = window(at, room)

    assert width(text) <= room
    assert marked >= 1
    assert before + marked <= max(width(text), before + 1)
    assert text.isprintable()


@given(st.text())
def test_a_cell_is_as_wide_as_what_it_shows(text: str) -> None:
    row = cells(text)

    assert len(row) == len(text)
    assert columns(row) == sum(width(shown) for shown, _ in row)


@given(st.text(st.characters(categories=["L", "N", "So", "Mn"])), st.integers(1, 40))
def test_a_cut_text_fits(text: str, room: int) -> None:
    assert width(cut(text, room)) <= room
    assert cut(text, width(text)) == text


def test_a_fix_that_is_only_shown_shows_its_value() -> None:
    archive = "https://web.archive.org/web/2020/https://gone.example/"
    shown = fix(after=archive, title="use the archive's copy", applicability=Applicability.DISPLAY)
    named = fix(after="x", title="link x", applicability=Applicability.DISPLAY)
    lost = fix(after="x", title="can't be made")
    results = tuple(
        result("LNK101", message, place=Place(1, 1, 2, "x"), shown=each)
        for message, each in (("a", shown), ("b", named), ("c", lost))
    )

    out, _ = render("full", CHECK, [Outcome("a.md", results)], TOTALS)

    assert f"= suggestion: use the archive's copy ({archive})\n" in out
    assert "= suggestion: link x\n" in out
    assert "can't be made" not in out


def test_a_finding_without_a_line_names_its_file() -> None:
    found = result("FMT402", "no front matter", path="a.md", severity=Severity.WARNING, help_text="skipped")

    out, _ = render("full", CHECK, [Outcome("a.md", (found,))], TOTALS)

    assert out.startswith("warning[FMT402] FMT402: no front matter\n --> a.md\n  = help: skipped\n")
