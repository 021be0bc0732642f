"""Spans, edits, lines and patches, and text that is fit to be shown."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from enrich.text import Edit, Lines, Span, is_slip, printable, splice, unified_diff

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

TEXTS = st.text(st.sampled_from("ab –é\r\n\t\u2028"), max_size=40)
SHOWN = st.text(st.sampled_from(":# [\x1b\n\r\u202e\u2028\udc80eé"), max_size=12)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits that do not overlap, in the order of the text."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [Edit(span, draw(TEXTS)) for span in dict.fromkeys(spans)]


def test_a_span_says_what_stands_there() -> None:
    assert Span(2, 4).of("abcdef") == "cd"


# -- splice ----------------------------------------------------------------------------------


@given(texts_with_edits(), st.randoms(use_true_random=False))
def test_edits_that_do_not_overlap_give_one_text_in_whatever_order_they_come(
    case: tuple[str, list[Edit]], random: Random
) -> None:
    text, edits = case
    shuffled = random.sample(edits, len(edits))

    assert splice(text, shuffled) == splice(text, edits)


@given(texts_with_edits())
def test_what_no_edit_spans_stays_as_it_is(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    bounds = [0, *(place for edit in edits for place in (edit.span.start, edit.span.end)), len(text)]
    untouched = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    replacements = [edit.replacement for edit in edits]

    expected = "".join(part for pair in zip(untouched, [*replacements, ""], strict=True) for part in pair)

    assert splice(text, edits) == expected


def test_insertions_at_one_place_keep_the_order_in_which_they_are_given() -> None:
    here = Span(1, 1)

    assert splice("ad", [Edit(here, "b"), Edit(here, "c")]) == "abcd"
    assert splice("ad", [Edit(here, "c"), Edit(here, "b")]) == "acbd"


def test_an_insertion_before_a_replaced_part_is_no_overlap() -> None:
    assert splice("abc", [Edit(Span(1, 2), "B"), Edit(Span(1, 1), "+")]) == "a+Bc"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")],
        [Edit(Span(0, 3), "x"), Edit(Span(1, 1), "y")],
        [Edit(Span(2, 4), "past the end")],
        [Edit(Span(2, 1), "backwards")],
        [Edit(Span(-1, 1), "before the start")],
    ],
)
def test_overlapping_edits_and_edits_outside_of_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or leaves the text"):
        splice("abc", edits)


# -- lines -----------------------------------------------------------------------------------


def test_lines_end_as_editors_count_them() -> None:
    lines = Lines("a\r\nbé\rc\n\nd\u2028e")

    assert [lines.line(number) for number in range(1, 6)] == ["a", "bé", "c", "", "d\u2028e"]
    assert lines.place(4) == (2, 2)
    assert lines.place(6) == (3, 1)
    assert lines.place(8) == (4, 1)


def test_the_place_after_a_final_line_break_is_on_a_line_of_its_own() -> None:
    assert Lines("a\n").place(2) == (2, 1)
    assert Lines("a\n").line(2) == ""
    assert Lines("").place(0) == (1, 1)


@given(TEXTS, st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text)
    starts = [at for at in range(len(text) + 1) if lines.place(at)[1] == 1]

    line, column = lines.place(offset)

    assert starts[line - 1] + column - 1 == offset
    assert all(lines.place(start)[0] + 1 == lines.place(after)[0] for start, after in pairwise(starts))


# -- patches ---------------------------------------------------------------------------------


def test_nothing_differs_in_equal_texts() -> None:
    assert unified_diff("a.md", "x\n", "x\n") == ""


def test_a_missing_final_newline_is_marked_where_it_is_missing() -> None:
    assert unified_diff("a.md", "x", "y\n") == (
        "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n"
    )


def test_a_line_separator_within_a_title_ends_no_line_of_a_patch() -> None:
    patch = unified_diff("a.md", "a\u2028b\nc\n", "a\u2028b\nd\n", context=0)

    assert patch == "--- a/a.md\n+++ b/a.md\n@@ -2 +2 @@\n-c\n+d\n"


LINES = st.lists(st.sampled_from(["a", "b", "---", ""]), max_size=9).map("\n".join)
OTHER_LINES = st.lists(st.sampled_from(["A", "B"]), max_size=9).map("\n".join)


@given(LINES, OTHER_LINES, st.integers(0, 3))
def test_a_patch_is_one_of_the_standard_library_too(before: str, after: str, context: int) -> None:
    """Where the texts have no line in common there is one way to tell them apart."""
    rows = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), "a/x", "b/x", n=context
    )
    expected = "".join(
        row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows
    )

    assert unified_diff("x", before, after, context) == expected


@given(LINES, LINES, LINES, st.integers(0, 2))
def test_the_patch_of_a_part_is_that_of_the_whole(before: str, after: str, rest: str, context: int) -> None:
    ending = "\nc\nd\n"

    whole = unified_diff("x", before + ending + rest, after + ending + rest, context)

    assert unified_diff("x", before + ending, after + ending, context) == whole


def test_a_line_that_stands_a_hundred_times_is_found_again() -> None:
    many = "x\n" * 300

    assert unified_diff("a", f"a\n{many}b\n", f"A\n{many}B\n", 0).count("@@ -") == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\r\nb\r\n", "a\r\nB\r\n"),
        ("a\nb", "a\nB"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("a\u2028b\x0cc\rd\nx\n", "a\u2028b\x0cc\rd\ny\n"),
        ("".join(f"{line}\n" for line in range(40)), "".join(f"{line % 9}\n" for line in range(40))),
    ],
)
def test_git_takes_a_patch_and_makes_the_very_text_of_it(tmp_path: Path, before: str, after: str) -> None:
    name = "größe of it.md"
    (tmp_path / name).write_bytes(before.encode())

    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
        cwd=tmp_path,
        input=unified_diff(name, before, after).encode(),
        check=True,
        capture_output=True,
        env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )

    assert (tmp_path / name).read_bytes() == after.encode()


# -- fit to be shown -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Guzmán – “日本”", "Guzmán – “日本”"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("a\rb", "a\\x0db"),
        ("a\nb\tc\u00a0d\u3000e", "a b c d e"),
        ("user\u202egpj.exe", "user\\u202egpj.exe"),
        ("\u200emark\u2066", "\\u200emark\\u2066"),
        ("a\u2028b", "a\\u2028b"),
        ("raw \udce9", "raw \\udce9"),
        ("\u0085", "\\x85"),
        ("::error::x", ": :error::x"),
        ("  ::set-output", "  : :set-output"),
        ("\n::stop-commands", " : :stop-commands"),
        ("a::b", "a::b"),
        ("x ##[group]", "x ## [group]"),
        ("", ""),
    ],
)
def test_nothing_shown_steers_a_terminal_or_a_log_reader(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.one_of(st.text(), SHOWN))
def test_whatever_is_shown_is_one_harmless_line(text: str) -> None:
    shown = printable(text)

    assert shown.isprintable()
    assert "##[" not in shown
    assert not shown.lstrip().startswith("::")
    assert printable(shown) == shown


def test_a_line_is_held_once_however_many_places_stand_on_it() -> None:
    lines = Lines("first\n" + "https://a.org/x " * 1_000)

    assert lines.line(2) is lines.line(2)


# -- slips -----------------------------------------------------------------------------------

WORDS = st.text("abc", max_size=6)


@given(WORDS, WORDS)
def test_a_slip_is_one_edit_or_two_neighbours_swapped(one: str, other: str) -> None:
    assert is_slip(one, other) == (OSA.distance(one, other) == 1)
