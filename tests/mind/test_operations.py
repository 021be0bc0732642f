"""How a fix gives its field the new value: by as little as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enrich.applying import current_value, edit_all
from enrich.frontmatter import Append, Edited, Insert, Kind, Remove, Set
from enrich.operations import Operation, operations
from tests.mind.entries import change, front_matter

if TYPE_CHECKING:
    from enrich.models import Value

NAMES = ("Ann B", "Çağla D", "No", "E. F", "A: G", "Ann B")
BLOCK = "authors:\n  - Ann B\n  - C D  # of X\n  - E F\n"
FLOW = "authors: [Ann B, 'C D', E F]\n"
OBJECTS = "authors:\n  - name: Ann B\n    affiliation: X\n  - {name: C D, url: 'https://cd.org/'}\n"


def made_by(header: str, field: str, before: Value, after: Value) -> tuple[Operation, ...]:
    return operations(change(field, before, after).fix, front_matter(header))


def after_it(header: str, field: str, before: Value, after: Value) -> str | None:
    """The header with the change made; None where front matter refuses it."""
    edited, _ = edit_all(front_matter(header), [change(field, before, after)])
    return edited.text.removeprefix("---\n").removesuffix("---\nText.\n") if edited else None


def test_a_value_is_set_an_absent_one_inserted_and_one_that_shall_go_removed() -> None:
    header = "title: a\nyear: 2024\n"

    assert made_by(header, "title", "a", "b") == (Set(("title",), "b"),)
    assert made_by(header, "year", "2024", None) == (Remove(("year",)),)
    assert operations(change("doi", None, "10.1/x", anchor=("title",)).fix, front_matter(header)) == (
        Insert(("doi",), "10.1/x", ("title",)),
    )


@pytest.mark.parametrize(
    ("header", "anchor"),
    [
        ("title: a\nlinks: b\ntags: c\n", ("links",)),
        ("title: a\nlinks: b\narxiv_id: '2410.21276'\ntags: c\n", ("arxiv_id",)),
        ("title: a\nlinks: b\narxiv_comment: x\ntags: c\n", ("links",)),
        ("title: a\nlinks: b\narxiv_id: x\ndoi: x\narxiv_comment: x\n", ("doi",)),
        ("arxiv_id: x\ntitle: a\nlinks: b\n", ("links",)),
        ("title: a\n", ("links",)),
        ("title: a\narxiv_id: x\n", ("links",)),
        ("title: a\narxiv_comment: x\narxiv_pdf: x\n", ("title",)),
        ("arxiv_comment: x\n", ("links",)),
    ],
)
def test_keys_of_enrichs_own_stand_in_one_order_whichever_came_first(
    header: str, anchor: tuple[str, ...]
) -> None:
    made = change("arxiv_published", None, "2024-10-25", anchor=("links",))

    (operation,) = operations(made.fix, front_matter(header))

    assert operation == Insert(("arxiv_published",), "2024-10-25", anchor)


def test_a_list_in_the_place_of_a_text_is_set_as_a_whole() -> None:
    assert made_by("authors: Ann B, C D\n", "authors", "Ann B, C D", ("Ann B", "C D")) == (
        Set(("authors",), ("Ann B", "C D")),
    )


# -- lists of names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (("Ann B", "C D", "E F"), ()),
        (("Ann B", "Ç D", "E F"), (Set(("authors", 1), "Ç D"),)),
        (("Ann B", "C D E F"), (Set(("authors", 1), "C D E F"), Remove(("authors", 2)))),
        (("Ann B", "E F"), (Remove(("authors", 1)),)),
        (("Ann B", "C D", "E F", "G H"), (Append(("authors",), "G H"),)),
        (("C D", "E F", "G H"), (Remove(("authors", 0)), Append(("authors",), "G H"))),
        (("Än B", "C D", "X Y"), (Set(("authors", 0), "Än B"), Set(("authors", 2), "X Y"))),
        (("Ann B", "C D", "X Y", "Z Z"), (Set(("authors", 2), "X Y"), Append(("authors",), "Z Z"))),
    ],
)
def test_only_the_names_that_differ_are_touched(
    after: tuple[str, ...], expected: tuple[Operation, ...]
) -> None:
    before = ("Ann B", "C D", "E F")

    assert made_by(BLOCK, "authors", before, after) == expected
    assert made_by(FLOW, "authors", before, after) == expected


@pytest.mark.parametrize(
    "after",
    [
        ("New N", "Ann B", "C D", "E F"),
        ("Ann B", "New N", "C D", "E F"),
        ("Än B", "New N", "C D", "E. F"),
        ("Än B", "C D", "New N", "E F"),
    ],
)
def test_where_a_name_comes_between_others_the_list_is_set_and_nothing_else(after: tuple[str, ...]) -> None:
    before = ("Ann B", "C D", "E F")

    assert made_by(BLOCK, "authors", before, after) == (Set(("authors",), after),)
    assert made_by(FLOW, "authors", before, after) == (Set(("authors",), after),)


def test_a_name_between_others_moves_no_line_and_no_comment() -> None:
    before, after = ("Ann B", "C D", "E F"), ("Ann B", "New N", "C D", "E F")

    assert after_it(BLOCK, "authors", before, after) == BLOCK.replace("  - C D", "  - New N\n  - C D")
    assert after_it(FLOW, "authors", before, after) == FLOW.replace("'C D'", "New N, 'C D'")


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=5).map(tuple),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=5).map(tuple),
    st.booleans(),
)
def test_any_list_of_names_becomes_any_other(
    before: tuple[str, ...], after: tuple[str, ...], flow: bool
) -> None:
    assume(before != after)
    quoted = [f'"{name}"' for name in before]
    names = f" [{', '.join(quoted)}]\n" if flow else "".join(f"\n- {name}" for name in quoted) + "\n"
    parsed = front_matter(f"authors:{names}tags: [x]\n")

    edited, refused = edit_all(parsed, [change("authors", before, after)])

    assert refused == ()
    assert isinstance(edited, Edited)
    again = front_matter(edited.text.removeprefix("---\n").removesuffix("---\nText.\n"))
    assert current_value(again, ("authors",)) == after
    assert current_value(again, ("tags",)) == ("x",)
    assert all(item.kind is Kind.SCALAR for item in again.root.pairs[0][1].items)


# -- authors with affiliations ---------------------------------------------------------------


def test_a_name_changes_where_it_stands_and_its_affiliation_stays() -> None:
    assert made_by(OBJECTS, "authors[1].name", "C D", "Ç D") == (Set(("authors", 1, "name"), "Ç D"),)
    assert after_it(OBJECTS, "authors[1].name", "C D", "Ç D") == OBJECTS.replace("C D", "Ç D")


@pytest.mark.parametrize("after", [("Än B", "C D"), ("Ann B",), ("Ann B", "New N", "C D")])
def test_a_list_of_mappings_never_becomes_a_list_of_names(after: tuple[str, ...]) -> None:
    assert made_by(OBJECTS, "authors", ("Ann B", "C D"), after) == ()
    assert after_it(OBJECTS, "authors", ("Ann B", "C D"), after) is None


def test_a_name_in_parts_is_refused_rather_than_written_beside_them() -> None:
    header = "authors:\n  - {given: Ann, family: B}\n"

    assert after_it(header, "authors", ("",), ("Än B",)) is None
