"""What an outcome depends on has one digest, whatever the order of its sets, and another with each change."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import replace
from enum import Enum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.catalogues.customs import Customs
from enrich.cli.catalogue import LateCustoms
from enrich.cli.circumstances import digest_of_all, program
from enrich.models import Memory, Severity
from tests.mind.entries import context


def test_customs_that_were_learned_late_are_sent_as_they_are_known() -> None:
    learned = LateCustoms(lambda: Customs(bare_dois=True, venue="NeurIPS"))

    sent = pickle.loads(pickle.dumps(learned))

    assert sent.known == learned.known
    assert sent.bare_dois


class Flag(Enum):
    UP = "up"


CONTEXT = context()


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, today=CONTEXT.today + dt.timedelta(days=1)),
        replace(CONTEXT, selected=CONTEXT.selected - {"LNK101"}),
        replace(CONTEXT, severities=(("LNK101", Severity.INFO), *CONTEXT.severities[1:])),
        replace(CONTEXT, rejected=frozenset({"0" * 8})),
        replace(CONTEXT, demoted=frozenset({"IDN201"})),
        replace(CONTEXT, shape=replace(CONTEXT.shape, venue=("booktitle",))),
        replace(CONTEXT, customs=Customs(bare_dois=True)),
        replace(CONTEXT, config=replace(CONTEXT.config, cache=replace(CONTEXT.config.cache, jitter=0.1))),
    ],
)
def test_each_part_of_the_context_tells(other: object) -> None:
    assert digest_of_all(other) != digest_of_all(CONTEXT)
    assert digest_of_all(replace(CONTEXT)) == digest_of_all(CONTEXT)


@given(st.lists(st.text()))
def test_sets_and_mappings_have_no_order(texts: list[str]) -> None:
    back = list(reversed(texts))

    assert digest_of_all(frozenset(texts)) == digest_of_all(set(back))
    assert digest_of_all(dict.fromkeys(texts, 1)) == digest_of_all(MappingProxyType(dict.fromkeys(back, 1)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (1, 1.0), (1, "1"), (None, "None"), ((1, 2), (2, 1)), (("a", "b"), ("ab",)),
        ((), frozenset()),
        (Flag.UP, "UP"), (Severity.ERROR, 3), (dt.date(2024, 1, 2), "2024-01-02"),
        (Memory("a", "b", "c"), ("a", "b", "c")), ({"a": 1}, {"a": 2}),
    ],
)  # fmt: skip
def test_what_differs_has_another(one: object, other: object) -> None:
    assert digest_of_all(one) != digest_of_all(other)


def test_what_is_not_understood_has_none() -> None:
    with pytest.raises(TypeError, match="object has no digest"):
        digest_of_all((object(),))


def test_the_program_is_known() -> None:
    assert program() == program.__wrapped__()
