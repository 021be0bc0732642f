"""Every choice among the changes of a document, from edits alone, is what applying them makes."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from enrich.applying import apply_changes
from enrich.composing import compose, edits_of
from enrich.text import splice
from tests.documents import document
from tests.mind.entries import change, file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.composing import Composition
    from enrich.models import Change, Document

HEADER = """\
title: Gpt-4o System Card
authors: "OpenAI, Aaron Hurst,\\
  \\ Alex Baker-whitcomb"
links: [one, two, three]
names:
  - Ada
  - Bob
  - Cyd
venue: {name: X}
"""

TITLE = change("title", "Gpt-4o System Card", "GPT-4o System Card")
OTHER_TITLE = change("title", "Gpt-4o System Card", "System Card")
AUTHORS = change(
    "authors", "OpenAI, Aaron Hurst, Alex Baker-whitcomb", "OpenAI, Aaron Hurst, Alex Baker-Whitcomb"
)
ID = change("arxiv_id", None, "2410.21276")
DATE = change("arxiv_published", None, "2024-10-25")
LINKS = tuple(change(f"links[{at}]", word, None) for at, word in enumerate(("one", "two", "three")))
NAMES = tuple(change(f"names[{at}]", word, None) for at, word in enumerate(("Ada", "Bob", "Cyd")))
NEW_LINK = change("links[0]", "one", "first")


def anchored(made: Change, *keys: str) -> Change:
    return replace(made, fix=replace(made.fix, anchor=keys))


def choices(composition: Composition) -> Iterator[tuple[int, ...]]:
    """Every one without rivals."""
    positions = range(len(composition.changes))
    for chosen in chain.from_iterable(combinations(positions, count) for count in range(len(positions) + 1)):
        if not set(composition.rivals) & set(combinations(chosen, 2)):
            yield chosen


def assert_every_choice_is_what_applying_makes(here: Document, composition: Composition) -> None:
    for chosen in choices(composition):
        applied = apply_changes(here, [composition.changes[position] for position in chosen])
        assert splice(here.text, edits_of(composition, chosen)) == applied.text
        assert applied.stale == ()


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (TITLE,),
        (DATE, TITLE, AUTHORS, ID),
        (TITLE, OTHER_TITLE, ID),
        LINKS,
        NAMES,
        (*LINKS, TITLE, NEW_LINK),
        (*NAMES, *LINKS),
        (LINKS[0], LINKS[2], change("links", ("one", "two", "three"), ("one",))),
        (anchored(ID, "title"), anchored(DATE, "arxiv_id", "authors")),
        (anchored(ID, "arxiv_published"), anchored(DATE, "title"), AUTHORS),
        (change("venue.name", "X", None), change("venue.year", None, "2024"), ID),
        (change("venue.city", None, "Rome"), change("venue.year", None, "2024"), DATE),
    ],
    ids=lambda changes: " ".join(each.fix.field for each in changes) or "none",
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_choice_is_what_applying_makes(changes: tuple[Change, ...], newline: str) -> None:
    here = document(file(HEADER).text.replace("\n", newline).encode())

    composition = compose(here, changes)

    assert composition.stale == ()
    assert len(composition.changes) == len(changes)
    assert_every_choice_is_what_applying_makes(here, composition)


def test_new_keys_and_other_fields_need_nothing_but_their_own_edits() -> None:
    composition = compose(file(HEADER), (TITLE, AUTHORS, DATE, ID))

    assert [each.fix.field for each in composition.changes] == [
        "arxiv_id", "arxiv_published", "authors", "title",
    ]  # fmt: skip
    assert (composition.meetings, composition.rivals) == ((), ())


def test_what_two_removals_from_one_list_need_is_written_down() -> None:
    composition = compose(file(HEADER), (TITLE, *LINKS))

    assert [meeting.members for meeting in composition.meetings] == [(0, 1, 2)]
    assert len(composition.meetings[0].choices) == 7
    assert splice(file(HEADER).text, edits_of(composition, range(4))).count("links: []") == 1


def test_two_values_for_one_field_are_rivals() -> None:
    composition = compose(file(HEADER), (TITLE, OTHER_TITLE, AUTHORS))

    assert composition.rivals == ((1, 2),)


def test_what_cant_be_made_together_is_made_one_at_a_time() -> None:
    gone, new = change("venue.name", "X", None), change("venue.year", None, "2024")
    block = file("title: A\nvenue:\n  name: X\n")

    composition = compose(block, (gone, new))

    assert composition.rivals == ((0, 1),)
    assert_every_choice_is_what_applying_makes(block, composition)


def test_of_many_that_meet_one_is_made_at_a_time() -> None:
    here = file(f"title: A\nlinks: [{', '.join('abcdefgh')}]\n")

    composition = compose(here, [change(f"links[{at}]", word, None) for at, word in enumerate("abcdefgh")])

    assert len(composition.rivals) == 28
    assert set(pairwise(range(8))) <= set(composition.rivals)


def test_a_change_whose_field_holds_something_else_is_stale() -> None:
    composition = compose(file(HEADER), (change("title", "Another", "B"), ID))

    assert composition.changes == (ID,)
    assert [each.fix.field for each in composition.stale] == ["title"]


def test_a_change_that_cant_be_made_is_stale() -> None:
    twice = file("title: A\ntitle: A\n")

    assert compose(twice, (change("title", "A", "B"),)).changes == ()


def test_nothing_can_be_made_of_a_file_without_front_matter() -> None:
    assert compose(document(b"Text.\n"), (TITLE,)).stale == (TITLE,)
