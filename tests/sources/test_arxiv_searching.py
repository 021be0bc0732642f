"""Papers of arXiv by title: what is asked, and how little of what comes back is believed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from enrich.http import ApiRequest, ApiResponse
from enrich.models import Candidates, Failure, LinkQuery, NotFound, Reason, RecordQuery, SearchQuery
from enrich.sources.arxiv import Arxiv, parse_search
from enrich.sources.arxiv.searching import MOST_REFUSED, PAGE
from tests.sources.arxiv_feeds import entry, error, feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome

TITLE = SearchQuery("GPT-4o System Card of the Year", "Hurst")
TIMEOUT = Failure(Reason.TIMEOUT, "no answer in 60 s")
REWRITTEN = (
    'ti:"gpt 4o system card of the year" OR (au:hurst AND (ti:"gpt 4o system" OR ti:"card of the year"))'
)
FOUND = feed([entry("2410.21276v1", "GPT-4o System Card")], search=REWRITTEN)


class Service:
    """arXiv's API, which gives the answers `coming` in turn."""

    def __init__(self, *coming: ApiResponse | Failure | bytes) -> None:
        self.coming = list(coming)
        self.requests: list[ApiRequest] = []

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        self.requests.append(request)
        told = self.coming.pop(0)
        return ApiResponse(200, (), told) if isinstance(told, bytes) else told


class Slept(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(service: Service, *queries: SearchQuery, slept: Slept | None = None) -> Sequence[AnswerOutcome]:
    arxiv = Arxiv(service, sleep=Slept() if slept is None else slept)
    return asyncio.run(arxiv.search.ask(queries or (TITLE,)))


def many(count: int, total: int) -> bytes:
    papers = [entry(f"2410.{number:05}v1") for number in range(1, count + 1)]
    return feed(papers, total=total, size=PAGE)


def test_only_titles_are_its_business_and_those_are_not_the_business_of_identifiers() -> None:
    arxiv = Arxiv(Service())

    assert arxiv.search.accepts(TITLE)
    assert not arxiv.accepts(TITLE)
    assert not any(
        arxiv.search.accepts(other)
        for other in (RecordQuery("arxiv", "2410.21276"), LinkQuery("https://a.org"))
    )


def test_a_title_costs_one_request_at_arxivs_pace() -> None:
    service = Service(FOUND)

    (outcome,) = ask(service)

    (request,) = service.requests
    assert isinstance(outcome, Candidates)
    assert [record.id for record in outcome.records] == ["2410.21276"]
    assert dict(request.params)["search_query"].startswith('ti:"gpt 4o system card of the year" OR (au:hurst')
    assert (request.source, request.pace.concurrency, request.pace.between_s) == ("arxiv", 1, 3.0)


def test_nothing_found_is_known_to_be_absent() -> None:
    assert ask(Service(feed([]))) == [NotFound("arXiv finds no paper by this title")]


def test_a_title_without_words_is_not_asked_for() -> None:
    service = Service()

    assert ask(service, SearchQuery("$x$", "Li")) == [
        NotFound("the title has no words that can be searched for")
    ]
    assert service.requests == []


def test_where_more_is_found_than_is_told_the_author_is_asked_for_as_well() -> None:
    service = Service(many(PAGE, total=900), FOUND)

    (outcome,) = ask(service)

    assert isinstance(outcome, Candidates)
    assert len(outcome.records) == 1
    assert dict(service.requests[1].params)["search_query"].endswith('" AND au:hurst')


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        (TITLE, 2),
        (SearchQuery("Deep Learning", "Li"), 1),
        (SearchQuery("GPT-4o System Card of the Year", ""), 1),
    ],
)
def test_a_list_that_does_not_hold_all_is_no_list(query: SearchQuery, answers: int) -> None:
    service = Service(*[many(PAGE, total=900)] * answers)

    assert ask(service, query) == [NotFound(f"more than {PAGE} papers are called so")]


def test_an_entry_that_cannot_be_read_may_be_the_papers_twin() -> None:
    broken = entry("2411.00001v1", authors=())

    (outcome,) = ask(Service(feed([entry("2410.21276v1"), broken])))

    assert outcome == Failure(Reason.SERVER_ERROR, "arXiv's record of 2411.00001 has no authors")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        FOUND[:-9],
        feed([entry("2410.21276v1")], total=2),
        feed([], total=""),
        feed([entry("somewhere")]),
        feed([], search="all:testing"),
    ],
)
def test_a_body_that_is_no_answer_is_asked_for_again_and_never_absence(body: bytes) -> None:
    again, still = Service(body, FOUND), Service(body, body)

    (first,) = ask(again)
    (second,) = ask(still)

    assert isinstance(first, Candidates)
    assert isinstance(second, Failure)
    assert len(still.requests) == 2


def test_an_answer_to_the_question_as_the_service_rewrote_it_is_believed() -> None:
    assert not isinstance(parse_search(feed([], search=REWRITTEN), 'ti:"gpt 4o system card"'), Failure)
    assert ask(Service(feed([], search=REWRITTEN))) == [NotFound("arXiv finds no paper by this title")]


@pytest.mark.parametrize(
    ("told", "failure"),
    [
        (ApiResponse(400, (), error("Invalid query string")),
         Failure(Reason.SERVER_ERROR, "arXiv: Invalid query string")),
        (ApiResponse(414, (), b""), Failure(Reason.SERVER_ERROR, "arXiv answered 414 Request-URI Too Long")),
        (ApiResponse(500, (), error("Unexpected error")),
         Failure(Reason.SERVER_ERROR, "arXiv answered 500 Internal Server Error")),
        (ApiResponse(403, (), b""), Failure(Reason.BLOCKED, "arXiv answered 403 Forbidden")),
        (TIMEOUT, TIMEOUT),
    ],
)  # fmt: skip
def test_a_refusal_is_a_failure_and_not_asked_again(told: ApiResponse | Failure, failure: Failure) -> None:
    (outcome,) = ask(Service(told))

    assert isinstance(outcome, Failure)
    assert outcome.reason is failure.reason
    assert outcome.detail.split()[:3] == failure.detail.split()[:3]


def test_rate_exceeded_pauses_and_then_leaves_arxiv_alone_for_identifiers_too() -> None:
    slept = Slept()
    service = Service(*[b"Rate exceeded."] * 3)
    arxiv = Arxiv(service, sleep=slept)

    async def both() -> tuple[Sequence[AnswerOutcome], Sequence[AnswerOutcome]]:
        return (
            await arxiv.search.ask([TITLE, TITLE]),
            await arxiv.ask([RecordQuery("arxiv", "2410.21276")]),
        )

    titles, records = asyncio.run(both())

    assert slept == [15.0, 60.0]
    assert len(service.requests) == 3
    assert {outcome.reason for outcome in (*titles, *records) if isinstance(outcome, Failure)} == {
        Reason.RATE_LIMITED
    }


def test_after_a_pause_the_answer_counts() -> None:
    (outcome,) = ask(Service(b"Rate exceeded.", FOUND))

    assert isinstance(outcome, Candidates)


@pytest.mark.parametrize(
    ("told", "requests"), [(TIMEOUT, 3), (b"<html>busy</html>", MOST_REFUSED)], ids=["timeouts", "pages"]
)
def test_where_nothing_is_answered_arxiv_is_left_alone(told: Failure | bytes, requests: int) -> None:
    service = Service(*[told] * 40)

    outcomes = ask(service, *[TITLE] * 20)

    assert all(isinstance(outcome, Failure) for outcome in outcomes)
    assert len(service.requests) == requests
