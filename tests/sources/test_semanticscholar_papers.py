from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http import ApiResponse
from enrich.models import Failure, Reason, Record, WorkKind
from enrich.sources.semanticscholar.papers import counted, read_answer, record
from tests.internet.works import SAMPLES, semanticscholar
from tests.sources.damage import damaged
from tests.sources.recordings import recorded

GENTLE, BACKWARDS, _, PREPRINT, _ = SAMPLES
PAPER = semanticscholar(GENTLE)
CORR = {"ArXiv": GENTLE.arxiv, "DBLP": "journals/corr/abs-2001-00001", "DOI": "10.48550/arXiv.2001.00001"}
NOWHERE = {"publicationVenue": None, "venue": "arXiv.org", "journal": {"name": "ArXiv"}}


def answer(told: object, status: int = 200) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


def of(arxiv: str) -> tuple[str, str]:
    return "arxiv", arxiv


def told(**changed: object) -> Record | None:
    return record(GENTLE.arxiv, PAPER | changed)


def test_a_published_version_is_read_with_its_preprint() -> None:
    assert told() == Record(
        "semanticscholar",
        PAPER["paperId"],
        GENTLE.title,
        ("Ada Example", "Émile Exemple"),
        doi=GENTLE.doi,
        kind=WorkKind.ARTICLE,
        venue=GENTLE.venue,
        year=2021,
        arxiv=GENTLE.arxiv,
    )


def test_what_only_arxiv_has_was_published_nowhere() -> None:
    assert told(externalIds=CORR, **NOWHERE) is None


def test_a_publisher_s_doi_alone_is_a_publication() -> None:
    found = told(**NOWHERE)

    assert found is not None
    assert (found.doi, found.venue) == (GENTLE.doi, None)


def test_a_year_that_may_be_the_preprint_s_is_not_told() -> None:
    found = told(year=2020)

    assert found is not None
    assert found.year is None


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"externalIds": {"DBLP": "conf/iclr/X20"}, "publicationVenue": None}, WorkKind.PROCEEDINGS),
        ({"externalIds": {"DBLP": "journals/natmi/X20"}, "publicationVenue": None}, WorkKind.ARTICLE),
        ({"externalIds": CORR, "publicationVenue": {"name": "X", "type": "journal"}}, WorkKind.ARTICLE),
        (
            {"externalIds": CORR, "publicationVenue": {"name": "X"}, "publicationTypes": ["Book"]},
            WorkKind.BOOK,
        ),
        ({"externalIds": CORR, "publicationVenue": {"name": "X"}, "publicationTypes": None}, WorkKind.OTHER),
    ],
)
def test_kinds_are_told_apart(changed: dict[str, object], kind: WorkKind) -> None:
    found = told(**changed)

    assert found is not None
    assert found.kind is kind


def test_papers_come_in_the_order_asked_with_null_for_the_unknown() -> None:
    papers = [semanticscholar(BACKWARDS), None, PAPER]

    read = read_answer(answer(papers), (of(BACKWARDS.arxiv), of("2001.99999"), of(GENTLE.arxiv)))

    assert read == tuple(papers)


def test_where_nobody_is_known_nobody_is() -> None:
    assert read_answer(answer({"error": "No valid paper ids given"}, 400), (of("1"), of("2"))) == (None, None)


@pytest.mark.parametrize("paper", [semanticscholar(BACKWARDS), {}, 7, {"externalIds": None}])
def test_another_paper_is_no_answer(paper: object) -> None:
    read = read_answer(answer([paper]), (of(GENTLE.arxiv),))

    assert isinstance(read, tuple)
    assert isinstance(read[0], Failure)


def test_a_paper_asked_for_by_its_doi_is_that_one() -> None:
    asked = (("doi", GENTLE.doi), ("doi", BACKWARDS.doi))

    read = read_answer(answer([PAPER, PAPER]), asked)

    assert isinstance(read, tuple)
    assert read[0] == PAPER
    assert isinstance(read[1], Failure)


@pytest.mark.parametrize(
    ("said", "count"), [(0, 0), (12, 12), ("12", 12), (None, None), (-1, None), ([], None)]
)
def test_how_often_a_paper_is_cited_is_told_with_what_it_is(said: object, count: int | None) -> None:
    found = counted(PAPER | {"citationCount": said})

    known = Record("semanticscholar", PAPER["paperId"], GENTLE.title, ("Ada Example", "Émile Exemple"))
    assert found == (None if count is None else replace(known, citations=count))


@pytest.mark.parametrize("body", [{}, [], [PAPER, PAPER], None, {"data": [PAPER]}])
def test_an_answer_that_is_none_is_a_failure(body: object) -> None:
    assert isinstance(read_answer(answer(body), (of(GENTLE.arxiv),)), Failure)


@pytest.mark.parametrize(
    ("status", "reason"), [(400, Reason.SERVER_ERROR), (403, Reason.BLOCKED), (404, Reason.SERVER_ERROR)]
)
def test_another_status_is_a_failure(status: int, reason: Reason) -> None:
    read = read_answer(answer({"error": "Unrecognized or unsupported fields: [unknown]"}, status), (of("1"),))

    assert isinstance(read, Failure)
    assert read.reason is reason


@given(st.sampled_from(SAMPLES[:2]).flatmap(lambda work: damaged([semanticscholar(work)])))
def test_nothing_in_an_answer_breaks_the_reader(spoilt: ApiResponse) -> None:
    read = read_answer(spoilt, (of(GENTLE.arxiv),))

    for paper in () if isinstance(read, Failure) else read:
        if paper is not None and not isinstance(paper, Failure):
            assert counted(paper) is None or paper["citationCount"] is not None
            found = record(GENTLE.arxiv, paper)
            assert found is None or "".join((found.title, found.venue or "", *found.authors)).encode()


def test_every_recorded_paper_is_read() -> None:
    papers: list[dict[str, Any]] = []
    for one in recorded("api.semanticscholar.org"):
        body = one.json()
        found = body if isinstance(body, list) else body.get("data", [body]) if isinstance(body, dict) else []
        papers += [paper for paper in found if paper and "externalIds" in paper]

    by_arxiv = {paper["externalIds"].get("ArXiv"): paper for paper in papers if "venue" in paper}

    assert len(papers) > 15
    assert all(record("2001.00001", paper) is None or paper["title"] for paper in papers)
    chemistry = record("2304.05376", by_arxiv["2304.05376"])
    assert chemistry is not None
    assert (chemistry.doi, chemistry.venue) == ("10.1038/s42256-024-00832-8", "Nat. Mac. Intell.")
    assert chemistry.year is None
    assert record("2312.07559", by_arxiv["2312.07559"]) is None


def test_a_recorded_batch_is_in_order() -> None:
    batches = [one for one in recorded("api.semanticscholar.org") if "/paper/batch" in one.url]

    for one in batches:
        asked = [
            ("arxiv", name) for _, _, name in (each.partition(":") for each in json.loads(one.sent)["ids"])
        ]

        read = read_answer(one.answer, asked)

        assert len(read) == len(asked) if isinstance(read, tuple) else False
