from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http import ApiResponse
from enrich.models import Failure, Notice, NoticeKind, Reason, Record, WorkKind
from enrich.sources.openalex.works import counted, published, read_answer, record
from tests.internet.works import SAMPLES, Work, openalex
from tests.sources.damage import damaged
from tests.sources.recordings import recorded

GENTLE, BACKWARDS, _, PREPRINT, _ = SAMPLES
WORK = openalex(GENTLE)
AT_PUBLISHER, AT_ARXIV = WORK["locations"]


def listed(*works: dict[str, Any], count: int | None = None) -> dict[str, Any]:
    return {"meta": {"count": len(works) if count is None else count}, "results": list(works)}


def answer(told: object, status: int = 200) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


def of(work: Work) -> tuple[str, str]:
    return "arxiv", work.arxiv


def at(**changed: object) -> Record | None:
    """What is read where the publisher's location is *changed*."""
    location = AT_PUBLISHER | changed
    return record(GENTLE.arxiv, WORK | {"primary_location": location, "locations": [location, AT_ARXIV]})


def test_a_published_version_is_read_with_its_preprint() -> None:
    found = read_answer(answer(listed(WORK)), {of(GENTLE)})

    assert found == {of(GENTLE): (WORK,)}
    assert published(GENTLE.arxiv, [WORK]) == (
        Record(
            "openalex",
            WORK["id"].rpartition("/")[2],
            GENTLE.title,
            ("Ada Example", "Émile Exemple"),
            doi=GENTLE.doi,
            kind=WorkKind.ARTICLE,
            venue=GENTLE.venue,
            year=2021,
            arxiv=GENTLE.arxiv,
        ),
    )


def test_a_conference_is_called_as_its_publisher_calls_it() -> None:
    source = {"display_name": "Lecture notes in computer science", "type": "book series"}
    location = openalex(BACKWARDS)["locations"][0] | {"source": source}

    found = record(BACKWARDS.arxiv, openalex(BACKWARDS) | {"primary_location": location})

    assert found is not None
    assert (found.kind, found.venue) == (WorkKind.PROCEEDINGS, BACKWARDS.venue)


def test_a_preprint_that_stayed_one_has_no_published_version() -> None:
    assert published(PREPRINT.arxiv, [openalex(PREPRINT)]) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "acceptedVersion", "is_published": False},
        {"version": None, "is_published": None},
        {"source": {"display_name": "Zenodo", "type": "repository"}},
        {"source": {"display_name": "arXiv (Cornell University)", "type": "journal"}},
        {"source": {"display_name": "SSRN Electronic Journal", "type": "journal"}},
        {"landing_page_url": "https://doi.org/10.2139/ssrn.1"},
        {"source": None, "raw_source_name": None},
    ],
)
def test_a_version_somewhere_else_is_no_publication(changed: dict[str, object]) -> None:
    assert at(**changed) is None


@pytest.mark.parametrize(
    ("said", "year"), [(2021, 2021), ("2022", 2022), (2020, None), (2019, None), (None, None)]
)
def test_a_year_that_may_be_the_preprint_s_is_not_told(said: object, year: int | None) -> None:
    found = record(GENTLE.arxiv, WORK | {"publication_year": said})

    assert found is not None
    assert found.year == year


def test_a_preprint_s_doi_is_not_told() -> None:
    location = AT_PUBLISHER | {"landing_page_url": "https://proceedings.example/1"}
    work = WORK | {
        "doi": f"https://doi.org/{GENTLE.arxiv_doi}",
        "primary_location": location,
        "locations": [AT_ARXIV],
    }

    found = record(GENTLE.arxiv, work)

    assert found is not None
    assert found.doi is None


def test_a_retraction_is_a_notice() -> None:
    found = record(GENTLE.arxiv, WORK | {"is_retracted": True})

    assert found is not None
    assert found.notices == (Notice(NoticeKind.RETRACTION),)


def test_two_works_with_one_preprint_are_two_candidates() -> None:
    other = WORK | {"id": "https://openalex.org/W2"}

    found = read_answer(answer(listed(WORK, other, openalex(PREPRINT))), {of(GENTLE), of(PREPRINT)})

    assert isinstance(found, dict)
    candidates = published(GENTLE.arxiv, found[of(GENTLE)])
    assert [one.id for one in candidates] == [WORK["id"].rpartition("/")[2], "W2"]


def test_a_work_asked_for_by_its_doi_is_that_one() -> None:
    asked = ("doi", GENTLE.doi)

    assert read_answer(answer(listed(WORK)), {asked}) == {asked: (WORK,)}
    assert isinstance(read_answer(answer(listed(openalex(BACKWARDS))), {asked}), Failure)


@pytest.mark.parametrize(
    ("said", "count"),
    [((7,), 7), ((7, 9), 9), ((None, 3), 3), ((None,), None), ((), None), ((-1,), None), (("x",), None)],
)
def test_the_most_cited_of_its_works_tells_how_often(said: tuple[object, ...], count: int | None) -> None:
    found = counted([WORK | {"cited_by_count": one, "title": f"Cited {one}"} for one in said])

    assert (found and (found.title, found.citations)) == (count and (f"Cited {count}", count))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"results": []},
        {"meta": {"count": 0}},
        listed(count=1),
        listed(openalex(PREPRINT)),
        listed({}),
        [],
    ],
)
def test_an_answer_that_is_none_is_a_failure(body: object) -> None:
    assert isinstance(read_answer(answer(body), {of(GENTLE)}), Failure)


@pytest.mark.parametrize(
    ("status", "reason"), [(401, Reason.BLOCKED), (403, Reason.BLOCKED), (404, Reason.SERVER_ERROR)]
)
def test_another_status_is_a_failure(status: int, reason: Reason) -> None:
    found = read_answer(answer(listed(WORK), status), {of(GENTLE)})

    assert isinstance(found, Failure)
    assert found.reason is reason


@given(st.sampled_from(SAMPLES[:2]).flatmap(lambda work: damaged(listed(openalex(work)))))
def test_nothing_in_an_answer_breaks_the_reader(spoilt: ApiResponse) -> None:
    found = read_answer(spoilt, {of(GENTLE), of(BACKWARDS)})

    assert isinstance(found, dict | Failure)
    works = found.items() if isinstance(found, dict) else ()
    for read in (one for (_, name), works_of in works for one in published(name, works_of)):
        "".join((read.title, read.venue or "", *read.authors)).encode()


def test_every_recorded_work_is_read() -> None:
    works: list[dict[str, Any]] = []
    for one in recorded("api.openalex.org"):
        body = one.json() or {}
        works += body.get("results", [body] if "authorships" in body else [])

    records = {work["doi"]: record("1501.00001", work) for work in works}

    assert len(records) > 5
    assert records["https://doi.org/10.1101/097196"] is None
    filters = records["https://doi.org/10.1145/3448016.3452841"]
    assert filters is not None
    assert filters.venue == "Proceedings of the 2021 International Conference on Management of Data"
    assert (filters.kind, filters.year) == (WorkKind.PROCEEDINGS, 2021)
    assert filters.authors[:2] == ("Prashant Pandey", "Alex Conway")
