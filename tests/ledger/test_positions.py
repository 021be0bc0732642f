from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich.naming import after_removals, before_removals, removals
from tests.mind.entries import change

if TYPE_CHECKING:
    from enrich.models import Path


@pytest.mark.parametrize(
    ("field", "removed", "after"),
    [
        ("links[2].url", [("links", 0)], "links[1].url"),
        ("links[2].url", [("links", 0), ("links", 1)], "links[0].url"),
        ("links[12].url", [("links", 2), ("links", 10)], "links[10].url"),
        ("links[2].url", [("links", 3)], "links[2].url"),
        ("links[2].url", [("others", 0)], "links[2].url"),
        ("links[2]", [("links", 0)], "links[2]"),
        ("title", [("links", 0)], "title"),
        ("title", [("doi",)], "title"),
        ("a.links[1].url", [("a", "links", 0)], "a.links[0].url"),
    ],
)
def test_what_stood_behind_an_item_that_went_has_moved_up(
    field: str, removed: list[Path], after: str
) -> None:
    assert after_removals(field, removed) == after
    assert before_removals(after, removed) == field


def test_what_is_taken_out_is_what_shall_hold_nothing() -> None:
    fixes = [change("links[1]", "a", None).fix, change("title", "a", "b").fix]

    assert removals(fixes) == [("links", 1)]
