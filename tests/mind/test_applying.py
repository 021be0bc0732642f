"""Changes that were proposed earlier, made on the document as it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import frontmatter
from enrich.applying import apply_changes, current_value, edit_all, stands, whole
from enrich.models import Plan, Value
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from tests.documents import document
from tests.mind.entries import CARD, change, context, file, front_matter, known

if TYPE_CHECKING:
    from random import Random

    from enrich.models import Change

HEADER = """\
title: Gpt-4o System Card
authors: OpenAI, Aaron Hurst, Alex Baker-whitcomb
short_authors: OpenAI, Aaron Hurst, Alex Baker-whitcomb
additional_links:
  - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
tags: [LLM]
"""
"""An entry for which the card proposes a handful of changes."""

TITLE = change("title", "a", "b")
YEAR = change("year", "2024", 2025)


def proposed() -> Plan:
    here = context('[metadata]\nadd = ["arxiv_id", "published", "categories", "pdf"]')
    subject = open_entry(file(HEADER), here)
    assert isinstance(subject, Subject)
    plan = advance(subject, known(CARD), here)
    assert isinstance(plan, Plan)
    return plan


PLAN = proposed()


# -- in any order, in any portion ------------------------------------------------------------


def test_all_changes_of_a_plan_make_the_text_of_the_plan() -> None:
    applied = apply_changes(PLAN.document, PLAN.changes)

    assert len(PLAN.changes) >= 7
    assert (applied.text, applied.made, applied.stale) == (PLAN.text, PLAN.changes, ())


@given(st.lists(st.sampled_from(PLAN.changes), unique=True), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_any_changes_of_a_plan_make_the_same_bytes_in_whatever_order_they_come(
    chosen: list[Change], random: Random
) -> None:
    shuffled = random.sample(chosen, len(chosen))

    assert apply_changes(PLAN.document, shuffled).text == apply_changes(PLAN.document, chosen).text


@given(st.lists(st.sampled_from(PLAN.changes), unique=True))
@settings(deadline=None)
def test_any_changes_made_one_by_one_make_the_bytes_that_they_make_together(chosen: list[Change]) -> None:
    text = PLAN.document.text
    for each in chosen:
        text = apply_changes(document(text.encode()), [each]).text

    assert text == apply_changes(PLAN.document, chosen).text


def test_no_change_is_the_identity() -> None:
    assert apply_changes(PLAN.document, []).text == PLAN.document.text


@given(st.permutations(PLAN.changes), st.integers(0, len(PLAN.changes)))
@settings(deadline=None)
def test_changes_that_are_made_one_after_the_other_all_come_to_stand(
    changes: list[Change], first: int
) -> None:
    half = apply_changes(PLAN.document, changes[:first])
    whole = apply_changes(document(half.text.encode()), changes[first:])
    parsed = frontmatter.parse(document(whole.text.encode()))

    assert whole.stale == ()
    assert isinstance(parsed, frontmatter.FrontMatter)
    assert {each.fix.field: current_value(parsed, each.fix.path) for each in changes} == {
        each.fix.field: _as_read(each.fix.after) for each in changes
    }


def _as_read(value: Value) -> Value:
    return value if value is None or isinstance(value, tuple) else str(value)


# -- what no longer fits ---------------------------------------------------------------------


def test_a_change_of_a_field_that_holds_something_else_is_stale_and_the_others_are_made() -> None:
    applied = apply_changes(file("title: c\nyear: 2024\n"), [TITLE, YEAR])

    assert applied.text == "---\ntitle: c\nyear: 2025\n---\nText.\n"
    assert (applied.made, applied.stale) == ((YEAR,), (TITLE,))


def test_a_change_is_found_wherever_its_field_stands_by_now() -> None:
    applied = apply_changes(file("# moved\nyear: 2024\n\ntitle: 'a'\n"), [TITLE])

    assert applied.text == "---\n# moved\nyear: 2024\n\ntitle: 'b'\n---\nText.\n"


def test_a_change_that_is_made_already_is_stale() -> None:
    once = apply_changes(file("title: a\n"), [TITLE])
    twice = apply_changes(document(once.text.encode()), [TITLE])

    assert (twice.text, twice.made, twice.stale) == (once.text, (), (TITLE,))


@pytest.mark.parametrize(
    "header",
    [
        "title: a\ntitle: a\nyear: 2024\n",
        "x: &x a\ntitle: *x\nyear: 2024\n",
        "title: &t a\nz: *t\nyear: 2024\n",
    ],
    ids=["duplicate key", "alias", "aliased elsewhere"],
)
def test_a_change_that_front_matter_refuses_leaves_the_others(header: str) -> None:
    applied = apply_changes(file(header), [TITLE, YEAR])

    assert applied.text == f"---\n{header.replace('2024', '2025')}---\nText.\n"
    assert (applied.made, applied.stale) == ((YEAR,), (TITLE,))


def test_what_is_made_all_or_not_at_all_is_left_out_where_one_is_missing() -> None:
    both = [replace(one, fix=replace(one.fix, together=2)) for one in (TITLE, YEAR)]
    alone = change("doi", None, "10.1145/1")

    assert whole([alone, *both]) == (alone, *both)
    assert whole([alone, both[0]]) == (alone,)
    assert whole([*both, replace(both[0], rule="MET305")]) == tuple(both)


def test_of_two_changes_of_one_field_the_first_is_made() -> None:
    other = change("title", "a", "c")

    applied = apply_changes(file("title: a\n"), [TITLE, other])

    assert applied.text == "---\ntitle: b\n---\nText.\n"
    assert applied.stale == (other,)


def test_where_nothing_can_be_made_there_is_no_edit() -> None:
    parsed = front_matter("x: &x a\ntitle: *x\n")

    assert edit_all(parsed, []) == (None, ())
    assert edit_all(parsed, [TITLE]) == (None, (TITLE,))
    assert apply_changes(parsed.document, [TITLE]).text == parsed.document.text


def test_of_a_field_and_a_part_of_it_only_one_is_changed() -> None:
    header = "authors:\n  - name: Ann B\n    homepage: x\n"
    part = change("authors[0].name", "Ann B", "Än B")
    whole = change("authors", ("",), None)

    for changes in ([part, whole], [whole, part]):
        applied = apply_changes(file(header), changes)

        assert (applied.made, applied.stale) == ((whole,), (part,))
        assert applied.text == "---\n---\nText.\n"


@pytest.mark.parametrize("text", [b"no front matter\n", b"---\ntitle: [a\n---\n", b"---\ntitle: a\n"])
def test_in_a_file_that_cannot_be_read_every_change_is_stale(text: bytes) -> None:
    applied = apply_changes(document(text), [TITLE, YEAR])

    assert (applied.text, applied.made, applied.stale) == (text.decode(), (), (TITLE, YEAR))


def test_new_keys_stand_in_the_order_of_the_shape_and_unknown_ones_after_them() -> None:
    new = [
        change("zeta", None, "z"),
        change("arxiv_categories", None, ("cs.CL",)),
        change("alpha", None, "a"),
        change("doi", None, "10.1/x"),
        change("arxiv_id", None, "2410.21276"),
    ]

    text = apply_changes(file("title: a\n"), new).text

    keys = [line.split(":")[0] for line in text.split("\n")[1:-3] if line[0].isalpha()]
    assert keys == ["title", "arxiv_id", "doi", "arxiv_categories", "alpha", "zeta"]


# -- what stands there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("title: a\n", "title", "a"),
        ("arxiv_id: 2410.21270\n", "arxiv_id", "2410.21270"),
        ("doi:\n", "doi", None),
        ("doi: ''\n", "doi", ""),
        ("", "doi", None),
        ("authors: [Ann B, C D]\n", "authors", ("Ann B", "C D")),
        ("authors: [{name: Ann B, at: X}, C D]\n", "authors[0].name", "Ann B"),
        ("authors: [{given: Ann}]\n", "authors", ("",)),
        ("links: [{url: 'https://a.org/'}]\n", "links[0].url", "https://a.org/"),
        ("links: []\n", "links[0].url", None),
    ],
)
def test_a_field_is_read_as_text_and_a_list_as_its_items(header: str, field: str, value: Value) -> None:
    assert current_value(front_matter(header), change(field, None, "x").fix.path) == value


@pytest.mark.parametrize(
    ("written", "before", "still"),
    [
        ("2410.21270", 2410.2127, True),
        ("2410.2127", 2410.2127, True),
        ("2410.2128", 2410.2127, False),
        ("soon", 2410.2127, False),
        ("", 2410.2127, False),
        ("2024-10-25", "2024-10-25", True),
        ("''", None, False),
        ("", None, True),
        ("a", "a", True),
        ("[a]", "a", False),
        ("[a]", ("a",), True),
    ],
)
def test_a_change_still_fits_where_the_field_holds_what_it_was_proposed_for(
    written: str, before: Value, still: bool
) -> None:
    assert stands(change("field", before, "x"), front_matter(f"field: {written}\n")) is still
