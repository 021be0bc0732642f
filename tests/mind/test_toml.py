"""Entries whose front matter is TOML, as the mind sees them."""

from __future__ import annotations

import pytest

from enrich.frontmatter import FrontMatter, Insert, parse
from enrich.operations import operations
from enrich.proposing import where_it_goes
from tests.documents import document
from tests.mind.entries import change


def opened(header: str) -> FrontMatter:
    parsed = parse(document(f"+++\n{header}+++\nText.\n".encode()))
    assert isinstance(parsed, FrontMatter)
    return parsed


def test_keys_of_enrichs_own_stand_in_one_order_above_the_first_table() -> None:
    front_matter = opened("title = 'a'\narxiv_comment = 'x'\n[header]\n")

    (operation,) = operations(change("arxiv_id", None, "2410.21276").fix, front_matter)

    assert operation == Insert(("arxiv_id",), "2410.21276", ("title",))


@pytest.mark.parametrize(
    ("header", "line"),
    [("a = 1\nb = 2\n[c]\nd = 3\n", 3), ("a = 1\n", 2), ("[c]\n", 2), ("", 2), ("a = 1\nb = [\n]\n[c]\n", 4)],
)
def test_a_field_that_is_absent_is_pointed_to_above_the_first_table(header: str, line: int) -> None:
    front_matter = opened(header)

    span = where_it_goes(("c",), front_matter)

    assert front_matter.document.text.count("\n", 0, span.start) + 1 == line
