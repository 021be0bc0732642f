"""What is kept up to date, and what stays whatever the sources say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.citations import cited
from enrich.config.mapping import ADDABLE, REFRESHABLE
from enrich.evidence import Evidence
from enrich.models import (
    CitationsQuery,
    Failure,
    Held,
    NotFound,
    Plan,
    Reason,
    Record,
    RecordQuery,
)
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from enrich.provenance import remember
from enrich.text import Span
from tests.mind.entries import CARD, CARD_HEADER, Arxiv, context, entry, file, front_matter, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.models import AnswerOutcome, Memory

LINK = "additional_links:\n- {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
PLAIN = f"{CARD_HEADER}bibkey: a2024\n{LINK}"
LISTED = ", ".join(f'"{role}"' for role in REFRESHABLE)
REFRESH = f"metadata.refresh = [{LISTED}]\nmetadata.sources = ['openalex', 'semanticscholar']\n"
COUNTED = Record("openalex", "W1", CARD.title, CARD.authors, citations=131)
ASKED = CitationsQuery("openalex", "arxiv", CARD.id)
OTHER = CitationsQuery("semanticscholar", "arxiv", CARD.id)
ARXIV = told(RecordQuery("arxiv", CARD.id), CARD)


def planned(
    header: str,
    card: Record,
    citations: AnswerOutcome,
    toml: str = REFRESH,
    memories: Mapping[str, Memory] | None = None,
) -> Plan:
    here = context(toml)
    subject = open_entry(file(header), here, memories)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(card, answers=told(ASKED, citations)), here)
    assert isinstance(plan, Plan)
    return plan


def header_of(plan: Plan) -> str:
    return plan.text.removeprefix("---\n").removesuffix("---\nText.\n")


def value(header: str, key: str) -> str | None:
    node = front_matter(header).get((key,))
    return node.text if node else None


def test_what_can_be_refreshed_can_be_added() -> None:
    assert set(REFRESHABLE) < set(ADDABLE)


def test_what_an_entry_holds_is_read_under_the_first_key_that_is_filled() -> None:
    header = 'citations:\ncitation_count: "12"\narxiv_categories: [a, b]\narxiv_comment: [{a: b}]\n'

    held = entry(header).held

    assert held == (
        Held("categories", ("a", "b"), ("arxiv_categories",), Span(54, 60), plain=False),
        Held("citations", "12", ("citation_count",), Span(31, 35), plain=False),
    )


@pytest.mark.parametrize("header", ["a: &x [b]\narxiv_categories: *x\n", "a: &x 12\ncitations: *x\n"])
def test_what_stands_elsewhere_is_not_held(header: str) -> None:
    assert entry(header).held == ()


# -- who counts ------------------------------------------------------------------------------


def test_one_source_is_asked_and_only_for_what_is_verified() -> None:
    evidence = Evidence(ARXIV)
    another = Evidence(told(RecordQuery("arxiv", CARD.id), replace(CARD, title="Something Else of Theirs")))

    assert cited(entry(PLAIN), evidence, context(REFRESH)) is None
    assert cited(entry(PLAIN), another, context(REFRESH)) is None

    assert evidence.wanted == (ASKED,)
    assert not any(isinstance(query, CitationsQuery) for query in another.wanted)


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (COUNTED, COUNTED, 131),
        (NotFound("unknown there"), replace(COUNTED, citations=7), 7),
        (NotFound("unknown there"), NotFound("nor there"), None),
        (Failure(Reason.RATE_LIMITED, "429"), replace(COUNTED, citations=7), None),
        (replace(COUNTED, title="On Something Else Entirely"), replace(COUNTED, citations=7), None),
        (replace(COUNTED, citations=None), COUNTED, None),
    ],
)
def test_the_first_source_that_has_the_work_is_believed(
    first: AnswerOutcome, second: AnswerOutcome, count: int | None
) -> None:
    answers = ARXIV | told(ASKED, first) | told(OTHER, second)

    known = cited(entry(PLAIN), Evidence(answers), context(REFRESH))

    assert (known.count if known else None) == count


def test_an_entry_without_any_identifier_is_not_counted() -> None:
    evidence = Evidence({})

    assert cited(entry(CARD_HEADER), evidence, context(REFRESH)) is None
    assert evidence.wanted == ()


# -- what never changes ----------------------------------------------------------------------

COUNTS = st.integers(0, 10**6)
CARDS = st.builds(
    replace,
    st.just(CARD),
    title=st.sampled_from([CARD.title, CARD.title, "Another Paper of These People"]),
    updated=st.none() | st.dates(dt.date(2024, 10, 25), dt.date(2026, 1, 1)),
    version=st.none() | st.integers(1, 9),
    categories=st.sampled_from([(), ("cs.CL",), ("cs.CL", "cs.AI"), ("cs.AI", "cs.CL")]),
    comment=st.sampled_from([None, "33 pages", "33 pages, 5 figures: see text # here"]),
)
FIELDS = {
    "arxiv_updated": st.sampled_from(["2025-01-01", "'2025-01-01'", "soon"]),
    "arxiv_version": st.sampled_from(["1", "'3'", "v2", "[1]"]),
    "arxiv_categories": st.sampled_from(["[cs.CL]", "cs.CL", "[cs.CL, cs.AI]"]),
    "arxiv_comment": st.sampled_from(["33 pages", "'33  pages'", "''"]),
}


def held(fields: Mapping[str, str]) -> str:
    return PLAIN + "".join(f"{key}: {text}\n" for key, text in fields.items())


@given(stands=COUNTS, said=st.lists(COUNTS, min_size=1, max_size=4), share=st.sampled_from([0, 5, 100]))
def test_a_count_never_goes_down_and_moves_by_no_trifle(stands: int, said: list[int], share: int) -> None:
    header, toml = held({"citations": str(stands)}), f"{REFRESH}metadata.refresh-min-change = '{share}%'\n"

    for count in said:
        before = int(value(header, "citations") or "")
        header = header_of(planned(header, CARD, replace(COUNTED, citations=count), toml))
        after = int(value(header, "citations") or "")
        assert after in (before, max(before, count))
        assert after == before or after - before >= before * share / 100


@given(fields=st.fixed_dictionaries({}, optional=FIELDS), card=CARDS, count=COUNTS)
def test_years_keys_and_what_is_absent_stay_and_the_second_run_finds_nothing(
    fields: dict[str, str], card: Record, count: int
) -> None:
    header, toml = held(fields), f"{REFRESH}metadata.add = []\n"

    once = planned(header, card, replace(COUNTED, citations=count), toml)
    twice = planned(header_of(once), card, replace(COUNTED, citations=count), toml)

    after = header_of(once)
    assert [line.partition(":")[0] for line in after.splitlines()] == [
        line.partition(":")[0] for line in header.splitlines()
    ]
    for key in ("year", "bibkey", "title", "authors"):
        assert value(after, key) == value(header, key)
    assert twice.written == ()
    assert header_of(twice) == after


@given(typed=COUNTS, count=COUNTS)
def test_what_a_person_wrote_over_enrich_s_own_stays(typed: int, count: int) -> None:
    header = held({"citations": str(typed)})
    ours = {"citations": remember(None, "100", 120)}

    plan = planned(header, CARD, replace(COUNTED, citations=count), memories=ours)

    if typed not in (100, 120):
        assert value(header_of(plan), "citations") == str(typed)


@given(
    fields=st.fixed_dictionaries({"citations": COUNTS.map(str)}, optional=FIELDS),
    card=CARDS,
    count=st.just(Failure(Reason.TIMEOUT, "no answer")) | st.just(NotFound("unknown there")),
)
def test_what_is_protected_or_not_known_stays(
    fields: dict[str, str], card: Record, count: AnswerOutcome
) -> None:
    guarded = ", ".join(f'"{key}"' for key in FIELDS)

    plan = planned(held(fields), card, count, f"{REFRESH}metadata.protect = [{guarded}]\nmetadata.add = []\n")

    assert header_of(plan) == held(fields)


def test_an_answer_that_is_missing_is_asked_for() -> None:
    here = context(f"{REFRESH}metadata.add = []\n")
    subject = open_entry(file(held({"citations": "1"})), here)
    assert isinstance(subject, Subject)

    step = advance(subject, ARXIV, here)

    assert not isinstance(step, Plan)
    assert ASKED in step.queries
