"""As what a work was published, and what is never touched for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.catalogues.customs import Customs
from enrich.evidence import Evidence
from enrich.models import (
    Ask,
    Candidates,
    Memory,
    NotFound,
    Owner,
    Plan,
    PublishedQuery,
    Query,
    Record,
    RecordQuery,
    WorkKind,
)
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from enrich.publication import is_placeholder, published
from tests.mind.entries import CARD, CARD_HEADER, Arxiv, change, context, entry, file, front_matter, told

if TYPE_CHECKING:
    from enrich.models import Answer, Value

LINK = "additional_links:\n- {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
WORK = Record(
    "doi",
    "10.1145/1",
    CARD.title,
    CARD.authors,
    doi="10.1145/1",
    kind=WorkKind.ARTICLE,
    venue="Journal of Cards",
    year=2025,
)
ARXIV = told(RecordQuery("arxiv", CARD.id), CARD)
DBLP = '[metadata]\nsources = ["dblp"]\n'


def test_a_source_that_is_searched_by_title_is_asked_for_the_records_own() -> None:
    query = PublishedQuery("dblp", CARD.id, "GPT-4o System Card", "Hurst")
    card = replace(CARD, collaboration="OpenAI")
    evidence = Evidence(told(RecordQuery("arxiv", CARD.id), card))

    assert published(entry(CARD_HEADER + LINK), evidence, context(DBLP)) is None
    assert evidence.wanted == (query,)

    answers = told(RecordQuery("arxiv", CARD.id), card) | told(query, Candidates((WORK,)))
    work = published(entry(CARD_HEADER + LINK), Evidence(answers), context(DBLP))
    assert work is not None
    assert not work.is_stated


@pytest.mark.parametrize(
    ("card", "title"),
    [
        (replace(CARD, title=r"On $\RR^{1+3}$ {"), r"On $\RR^{1+3}$ {"),
        (replace(CARD, authors=()), CARD.title),
        (replace(CARD, title="Something Else about Speech"), CARD.title),
    ],
)
def test_a_source_is_not_searched_by_a_title_that_no_text_has_or_of_another_work(
    card: Record, title: str
) -> None:
    evidence = Evidence(told(RecordQuery("arxiv", CARD.id), card))

    assert published(entry(CARD_HEADER.replace(CARD.title, title) + LINK), evidence, context(DBLP)) is None
    assert not any(isinstance(query, PublishedQuery) for query in evidence.wanted)


def test_who_has_a_doi_that_tells_is_not_searched_for() -> None:
    answers = ARXIV | told(RecordQuery("doi", WORK.id), WORK)
    evidence = Evidence(answers)

    work = published(entry(f"{CARD_HEADER}doi: {WORK.id}\n{LINK}"), evidence, context())

    assert evidence.wanted == ()
    assert work is not None
    assert (work.is_stated, work.is_verified) == (True, True)


def test_nobody_is_searched_for_before_the_doi_is_known() -> None:
    evidence = Evidence(ARXIV)

    assert published(entry(f"{CARD_HEADER}doi: {WORK.id}\n{LINK}"), evidence, context()) is None
    assert evidence.wanted == (RecordQuery("doi", WORK.id),)


@pytest.mark.parametrize(
    ("venue", "is_none"),
    [
        ("", True),
        ("No Venue", True),
        ("ARXIV", True),
        ("arXiv.org", True),
        ("arXiv preprint arXiv:2410.21276v2", True),
        ("arXiv e-prints", True),
        ("CoRR abs/2410.21276", True),
        ("arXiv 2024", True),
        ("n/a", True),
        ("mine", True),
        ("ICML", False),
        ("arXivist", False),
        ("CoRR and friends", False),
        ("ACL 2024 (arXiv:2410.21276)", False),
    ],
)
def test_a_placeholder_is_told_from_a_venue(venue: str, is_none: bool) -> None:
    assert is_placeholder(venue, ("Mine",)) is is_none


# -- what is never touched -------------------------------------------------------------------

_ARXIV_RECORDS = st.builds(
    replace,
    st.just(CARD),
    doi=st.sampled_from([None, WORK.id]),
    title=st.sampled_from([CARD.title, "Another Paper of These People", CARD.title.upper()]),
)
_WORKS = st.builds(
    replace,
    st.just(WORK),
    title=st.sampled_from([CARD.title, "Another Paper of These People"]),
    authors=st.sampled_from([CARD.authors, ("Carla Green",), ()]),
    kind=st.sampled_from([*WorkKind, None]),
    venue=st.sampled_from(["Journal of Cards", "arXiv", "", None, "A: B # c"]),
    year=st.sampled_from([None, 1999, 2025]),
)


@given(
    year=st.sampled_from(["1066", "2024", "'2025'", "in press", "20 24"]),
    venue=st.sampled_from(["No Venue", "ICML", "''", "arXiv", ""]),
    own=st.booleans(),
    arxiv=_ARXIV_RECORDS,
    agency=_WORKS | st.just(NotFound("none")),
    other=st.lists(_WORKS, min_size=1, max_size=2),
)
def test_a_year_that_stands_a_key_and_what_is_protected_never_change(
    year: str, venue: str, own: bool, arxiv: Record, agency: Record | NotFound, other: list[Record]
) -> None:
    doi = f"doi: {WORK.id}\n" if own else ""
    header = f"{CARD_HEADER.replace('2024', year)}conference: {venue}\nbibkey: a2024\nnote: mine\n{doi}{LINK}"
    answers: dict[Query, Answer] = {
        **told(RecordQuery("arxiv", CARD.id), arxiv),
        **told(RecordQuery("doi", WORK.id), agency),
        **told(PublishedQuery("openalex", CARD.id), Candidates(tuple(other))),
    }

    plain = _written(header, answers, "")
    guarded = _written(header, answers, 'metadata.protect = ["conference", "title", "doi"]\n')

    for field in ("year", "bibkey", "note"):
        assert _value(plain, field) == _value(header, field)
    for field in ("year", "conference", "title", "doi"):
        assert _value(guarded, field) == _value(header, field)


PUBLISHED = told(PublishedQuery("openalex", CARD.id), Candidates((WORK,)))
PREPRINT = f"{CARD_HEADER}conference: Arxiv\n{LINK}"


def _of_the_publication(
    toml: str = "", memories: dict[str, Memory] | None = None, rejected: frozenset[str] = frozenset()
) -> dict[str, Value]:
    here = context(f"{toml}\nmetadata.add = []\nrules.extend-select = ['MET305']\n", rejected=rejected)
    subject = open_entry(file(PREPRINT), here, memories)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(answers=ARXIV | PUBLISHED), here)
    assert isinstance(plan, Plan)
    return {change.fix.field: change.fix.after for change in plan.changes if change.rule == "MET305"}


def test_a_published_version_is_proposed_whole_or_not_at_all() -> None:
    year = change("year", "2024", 2025)

    assert _of_the_publication() == {"conference": WORK.venue, "year": 2025, "doi": WORK.doi}
    assert _of_the_publication("metadata.protect = ['year']") == {}
    assert _of_the_publication(memories={"year": Memory("0", "0", "1", owner=Owner.HUMAN)}) == {}
    assert _of_the_publication(rejected=frozenset({year.id})) == {}
    assert _of_the_publication("rules.safe-fixes = ['MET305']").keys() == {"conference", "year", "doi"}


def _written(header: str, answers: dict[Query, Answer], toml: str) -> str:
    here = context(toml, customs=Customs(venue="conference", year="year"))
    subject = open_entry(file(header), here)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(answers=answers), here)
    assert isinstance(plan, Plan), plan if isinstance(plan, Ask) else None
    return plan.text.removeprefix("---\n").removesuffix("---\nText.\n")


def _value(header: str, field: str) -> str | None:
    node = front_matter(header).get((field,))
    return node.text if node else None
