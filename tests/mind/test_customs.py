"""What a catalogue's entries have in common, and what comes of it."""

from __future__ import annotations

import random

import pytest

from enrich.catalogues.customs import NO_CUSTOMS, learn
from enrich.catalogues.generic import GENERIC
from enrich.frontmatter import NO_HABITS
from enrich.models import Plan
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from tests.mind.entries import CARD, CARD_HEADER, context, file, front_matter, known

BARE = "doi: 10.1145/3292500\n"
ADDRESS = "doi: https://doi.org/10.1145/3292500\n"


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([], GENERIC) == NO_CUSTOMS


@pytest.mark.parametrize(
    ("headers", "bare"),
    [
        ((BARE,) * 3, True),
        ((BARE,) * 2, False),
        ((*(BARE,) * 4, ADDRESS), True),
        ((*(BARE,) * 3, ADDRESS), False),
        ((*(BARE,) * 3, "doi: n/a\n", "doi: [a]\n", "title: A\n"), True),
    ],
)
def test_a_field_is_known_to_hold_bare_dois_where_four_in_five_do(
    headers: tuple[str, ...], bare: bool
) -> None:
    assert learn([front_matter(header) for header in headers], GENERIC).bare_dois is bare


def test_customs_do_not_depend_on_the_order_of_the_sample() -> None:
    sample = [front_matter(f"title: 'A {n}'\n{BARE if n % 3 else ADDRESS}tags:\n- b\n") for n in range(20)]
    shuffled = random.Random(1).sample(sample, len(sample))

    assert learn(shuffled, GENERIC) == learn(sample, GENERIC)


def test_style_is_not_learned_where_it_is_not_wanted() -> None:
    assert learn([front_matter("title: 'A'\n")], GENERIC, style=False).habits == NO_HABITS


def test_a_new_value_is_written_as_the_catalogue_writes_where_the_entry_does_not_tell() -> None:
    header = f"{CARD_HEADER}arxiv: 2410.21276v1\n"
    shape = context().shape
    sample = [front_matter("title: A\narxiv_id: '2410.21270'\ntags:\n- b\n")] * 3
    chosen = context(customs=learn(sample, shape), select=("MET301",))

    subject = open_entry(file(header), chosen)
    assert isinstance(subject, Subject)
    plan = advance(subject, known(CARD), chosen)

    assert isinstance(plan, Plan)
    assert "arxiv_categories:\n- cs.CL\n- cs.AI\n" in plan.text
