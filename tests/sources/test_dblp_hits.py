from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http import ApiResponse
from enrich.models import Failure, PublishedQuery, Record, WorkKind
from enrich.sources.dblp.asking import search_text
from enrich.sources.dblp.hits import read_answer, record
from tests.internet.works import SAMPLES, dblp
from tests.sources.damage import damaged

GENTLE, BACKWARDS, _, PREPRINT, _ = SAMPLES
INFO = dblp(BACKWARDS)["info"]


def listed(*hits: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"result": {"hits": {"@total": str(len(hits) if total is None else total), "hit": list(hits)}}}


def answer(told: object, status: int = 200) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


def told(**changed: object) -> Record | None:
    return record(INFO | changed)


def test_a_hit_is_read_without_dblp_s_marks() -> None:
    assert read_answer(answer(listed(dblp(BACKWARDS))), 50) == (
        Record(
            "dblp",
            BACKWARDS.key,
            BACKWARDS.title,
            ("Wei Muster", "Grace van der Probe"),
            doi=BACKWARDS.doi,
            kind=WorkKind.PROCEEDINGS,
            venue=BACKWARDS.venue,
            year=2022,
        ),
    )


@pytest.mark.parametrize(
    "author",
    [
        {"@pid": "1/2", "text": "Wei Wang 0009"},
        [{"text": "Wei Wang 0009"}],
        ["Wei Wang 0009"],
        "Wei Wang",
        [{"text": "Wei Wang"}, {"@pid": "1"}, None],
    ],
)
def test_one_author_is_one_however_he_is_written(author: object) -> None:
    found = told(authors={"author": author})

    assert found is not None
    assert found.authors == ("Wei Wang",)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Attention is All you Need.", "Attention is All you Need"),
        ("Why?", "Why?"),
        ("And so on...", "And so on..."),
        ("Trees &amp; Forests.", "Trees & Forests"),
    ],
)
def test_titles_lose_their_dot(title: str, read: str) -> None:
    found = told(title=title)

    assert found is not None
    assert found.title == read


@pytest.mark.parametrize(("venue", "read"), [("ACL (1)", "ACL"), (["NIPS", "X"], "NIPS"), (None, None)])
def test_venues_are_without_volumes(venue: object, read: str | None) -> None:
    found = told(venue=venue)

    assert found is not None
    assert found.venue == read


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "journals/corr/abs-2003-00003"},
        {"venue": "CoRR"},
        {"type": "Informal and Other Publications"},
        {"type": "Editorship"},
        {"type": None},
        {"doi": "10.48550/ARXIV.2003.00003"},
        {"key": ""},
        {"title": 7},
    ],
)
def test_what_was_not_published_is_no_candidate(changed: dict[str, object]) -> None:
    assert told(**changed) is None


def test_a_thesis_is_one() -> None:
    found = told(key="phd/x/Muster22", type="Books and Theses")

    assert found is not None
    assert found.kind is WorkKind.THESIS


def test_a_title_that_many_have_says_nothing() -> None:
    assert read_answer(answer(listed(dblp(BACKWARDS), total=51)), 50) is None


def test_no_hit_is_no_candidate() -> None:
    assert read_answer(answer({"result": {"hits": {"@total": "0"}}}), 50) == ()
    assert read_answer(answer(listed(dblp(PREPRINT))), 50) == ()


def test_one_hit_may_stand_alone() -> None:
    alone = {"result": {"hits": {"@total": "1", "hit": dblp(GENTLE)}}}

    found = read_answer(answer(alone), 50)

    assert isinstance(found, tuple)
    assert [one.id for one in found] == [GENTLE.key]


@pytest.mark.parametrize(
    "body",
    [{}, {"result": None}, {"result": {"hits": {}}}, listed(total=2), {"result": {"hits": {"@total": "x"}}}],
)
def test_an_answer_that_is_none_is_a_failure(body: object) -> None:
    assert isinstance(read_answer(answer(body), 50), Failure)


def test_another_status_is_a_failure() -> None:
    assert isinstance(read_answer(answer(listed(), 404), 50), Failure)


@given(st.sampled_from(SAMPLES[:2]).flatmap(lambda work: damaged(listed(dblp(work)))))
def test_nothing_in_an_answer_breaks_the_reader(spoilt: ApiResponse) -> None:
    found = read_answer(spoilt, 50)

    for read in found if isinstance(found, tuple) else ():
        assert "".join((read.title, read.venue or "", *read.authors)).encode()


@pytest.mark.parametrize(
    ("title", "surname", "words"),
    [
        ("BERT: Pre-training of $k$-trees | C++", "O\u2019Neil", "BERT Pre training of k trees C O Neil"),
        ("Naïve Bayes", "", "Naïve Bayes"),
        ("???", "Lee", ""),
        ("", "", ""),
    ],
)
def test_marks_are_not_searched_for(title: str, surname: str, words: str) -> None:
    assert search_text(PublishedQuery("dblp", "2001.00001", title, surname)) == words
