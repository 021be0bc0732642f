from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from enrich.http import ApiRequest, ApiResponse
from enrich.identifiers.scheme import parse_arxiv_id
from enrich.models import Failure, LinkQuery, NotFound, Reason, Record, RecordQuery
from enrich.sources.arxiv import Arxiv
from tests.sources.arxiv_feeds import entry, error, feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome, Query

TIMEOUT = Failure(Reason.TIMEOUT, "no answer in 60 s")


class Service:
    """arXiv's API with some papers; answers set in `coming` are given first, in turn."""

    def __init__(self, *papers: str, coming: Sequence[ApiResponse | Failure | bytes] = ()) -> None:
        self.papers = set(papers)
        self.coming = list(coming)
        self.requests: list[ApiRequest] = []

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        self.requests.append(request)
        if self.coming:
            told = self.coming.pop(0)
            return ApiResponse(200, (), told) if isinstance(told, bytes) else told
        ids = self.asked(-1)
        assert dict(request.params)["max_results"] == str(len(ids))
        found = sorted((name for name in ids if name in self.papers), reverse=True)
        return ApiResponse(200, (), feed([entry(f"{name}v1", f"Title of {name}") for name in found], ids=ids))

    def asked(self, number: int) -> list[str]:
        return dict(self.requests[number].params)["id_list"].split(",")


def ask(source: Arxiv, *names: str) -> list[AnswerOutcome]:
    return list(asyncio.run(source.ask([RecordQuery("arxiv", name) for name in names])))


def titles(outcomes: Sequence[AnswerOutcome]) -> list[str | None]:
    return [outcome.title if isinstance(outcome, Record) else None for outcome in outcomes]


def numbered(count: int) -> list[str]:
    return [f"2401.{n:05d}" for n in range(1, count + 1)]


def source(service: Service, batch: int = 250) -> Arxiv:
    async def no_sleep(_seconds: float) -> None:
        return

    return Arxiv(service, batch=batch, sleep=no_sleep)


@pytest.mark.parametrize(
    ("query", "accepted"),
    [
        (RecordQuery("arxiv", "2410.21276"), True),
        (RecordQuery("doi", "10.1145/1507244"), False),
        (LinkQuery("https://arxiv.org/abs/2410.21276"), False),
    ],
)
def test_only_identifiers_of_arxiv_are_its_business(query: Query, accepted: bool) -> None:
    assert source(Service()).accepts(query) is accepted


def test_outcomes_stand_in_the_order_of_the_questions() -> None:
    service = Service("2401.00003", "2401.00001", "math/0309136")

    outcomes = ask(source(service), "2401.00001", "math/0309136", "2401.00003")

    assert titles(outcomes) == ["Title of 2401.00001", "Title of math/0309136", "Title of 2401.00003"]
    assert len(service.requests) == 1


def test_a_paper_that_several_entries_name_is_asked_for_once() -> None:
    service = Service("2401.00001", "2401.00002")

    outcomes = ask(source(service), "2401.00001", "2401.00002", "2401.00001")

    assert titles(outcomes) == ["Title of 2401.00001", "Title of 2401.00002", "Title of 2401.00001"]
    assert service.asked(0) == ["2401.00001", "2401.00002"]


def test_the_request_is_polite_and_says_how_many_results_it_wants() -> None:
    service = Service("2401.00001")

    ask(source(service), "2401.00001")

    (request,) = service.requests
    assert (request.url, request.method, request.source) == (
        "https://export.arxiv.org/api/query",
        "GET",
        "arxiv",
    )
    assert request.params == (("id_list", "2401.00001"), ("start", "0"), ("max_results", "1"))
    assert (request.pace.concurrency, request.pace.between_s, request.pace.after_s) == (1, 3.0, 3.0)


def test_a_long_list_goes_by_post_and_a_short_one_by_get() -> None:
    names = numbered(600)
    service = Service(*names)

    assert None not in titles(ask(source(service, batch=600), *names))
    assert None not in titles(ask(source(service, batch=250), *names[:250]))
    assert [request.method for request in service.requests] == ["POST", "GET"]
    longest = len(service.requests[1].url) + 1 + len(urlencode(service.requests[1].params))
    assert longest < 4000


# -- what is never sent ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "hf2410.21276",
        "arXiv:2410.21276",
        " 2410.21276",
        "2410.21276\n",
        "https://arxiv.org/abs/2410.21276",
        "2410.2127",
        "2413.00001",
        "stat/0309136",
        "math/0313136",
        "２４１０.21276",
        "2410.21276,2401.00001",
        "",
    ],
)
def test_what_the_scheme_forbids_is_unknown_without_a_request(name: str) -> None:
    service = Service("2401.00001", "2410.21276")

    outcomes = ask(source(service), name, "2401.00001")

    assert outcomes[0] == NotFound(f"{name} is not an arXiv identifier")
    assert titles(outcomes) == [None, "Title of 2401.00001"]
    assert service.asked(0) == ["2401.00001"]


def test_nothing_is_requested_where_nothing_can_exist() -> None:
    service = Service()

    assert ask(source(service), "hf2410.21276") == [NotFound("hf2410.21276 is not an arXiv identifier")]
    assert ask(source(service)) == []
    assert service.requests == []


@pytest.mark.parametrize(
    ("name", "sent"),
    [("math.GT/0309136", "math/0309136"), ("Math/0309136", "math/0309136")],
)
def test_subject_classes_are_not_sent(name: str, sent: str) -> None:
    service = Service(sent)

    assert titles(ask(source(service), name)) == [f"Title of {sent}"]
    assert service.asked(0) == [sent]


def test_a_month_that_lies_ahead_is_arxivs_to_judge() -> None:
    assert parse_arxiv_id("9912.00001", today=dt.date(2026, 11, 22)) is None
    service = Service("9912.00001")

    assert titles(ask(source(service), "9912.00001")) == ["Title of 9912.00001"]


# -- absence -----------------------------------------------------------------------------------


def test_an_absent_paper_is_asked_for_once_more_with_a_witness() -> None:
    service = Service("2401.00001", "2401.00002")

    outcomes = ask(source(service), "2401.00001", "2401.99998", "2401.00002", "2401.99999")

    assert outcomes[1] == NotFound("arXiv has no paper 2401.99998")
    assert outcomes[3] == NotFound("arXiv has no paper 2401.99999")
    assert len(service.requests) == 2
    assert service.asked(1)[:2] == ["2401.99998", "2401.99999"]
    assert service.asked(1)[2] in service.papers


def test_a_paper_that_was_missing_by_accident_is_found_the_second_time() -> None:
    names = ["2401.00001", "2401.00002"]
    service = Service(*names, coming=[feed([entry("2401.00001v1", "Title of 2401.00001")], ids=names)])

    assert titles(ask(source(service), *names)) == ["Title of 2401.00001", "Title of 2401.00002"]


def test_a_lone_absent_paper_is_asked_for_twice() -> None:
    service = Service()

    assert ask(source(service), "2401.99999") == [NotFound("arXiv has no paper 2401.99999")]
    assert [service.asked(n) for n in range(2)] == [["2401.99999"], ["2401.99999"]]


def test_an_empty_index_is_not_taken_for_absence_once_a_paper_was_seen() -> None:
    service = Service("2401.00001")
    arxiv = source(service)
    ask(arxiv, "2401.00001")
    service.papers.clear()

    outcomes = ask(arxiv, "2401.00002", "2401.00003")

    assert all(isinstance(outcome, Failure) for outcome in outcomes)


def test_an_empty_index_is_not_taken_for_absence_of_a_whole_catalogue() -> None:
    service = Service()

    outcomes = ask(source(service), *numbered(201))

    assert set(outcomes) == {
        Failure(Reason.SERVER_ERROR, "arXiv has none of 201 papers, which is not believed")
    }
    assert len(service.requests) == 1


def test_the_guesses_at_one_mistyped_identifier_may_all_be_absent() -> None:
    service = Service()

    outcomes = ask(source(service), *numbered(170))

    assert all(isinstance(outcome, NotFound) for outcome in outcomes)
    assert len(service.requests) == 2


def test_a_failure_the_second_time_is_a_failure_not_absence() -> None:
    service = Service("2401.00001", coming=[feed([], ids=["2401.99999"]), TIMEOUT])

    assert ask(source(service), "2401.99999") == [TIMEOUT]


# -- trouble -----------------------------------------------------------------------------------


def test_a_malformed_identifier_named_by_arxiv_costs_only_itself() -> None:
    refusal = ApiResponse(400, (), error("incorrect id format for hep-th/0701001"))
    service = Service("2401.00001", coming=[refusal])

    outcomes = ask(source(service), "hep-th/0701001", "2401.00001")

    assert outcomes[0] == NotFound("arXiv: incorrect id format for hep-th/0701001")
    assert titles(outcomes) == [None, "Title of 2401.00001"]
    assert service.asked(1) == ["2401.00001"]


@pytest.mark.parametrize("body", [b"<html>Bad Request</html>", error("max_results must be an integer")])
def test_a_refusal_without_a_name_is_never_absence(body: bytes) -> None:
    service = Service(coming=[ApiResponse(400, (), body)] * 40)

    (outcome,) = ask(source(service), "2401.00001")

    assert isinstance(outcome, Failure)


@pytest.mark.parametrize(
    ("status", "reason", "detail"),
    [
        (301, Reason.SERVER_ERROR, "arXiv answered 301 Moved Permanently"),
        (401, Reason.BLOCKED, "arXiv answered 401 Unauthorized"),
        (403, Reason.BLOCKED, "arXiv answered 403 Forbidden"),
        (404, Reason.SERVER_ERROR, "arXiv answered 404 Not Found"),
        (405, Reason.SERVER_ERROR, "arXiv answered 405 Method Not Allowed"),
        (799, Reason.SERVER_ERROR, "arXiv answered 799"),
    ],
)
def test_any_other_status_is_a_failure_of_all(status: int, reason: Reason, detail: str) -> None:
    service = Service(coming=[ApiResponse(status, (), b"")])

    assert ask(source(service, batch=2), *numbered(3)) == [Failure(reason, detail)] * 3
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", feed([], total=1), feed([entry("2401.00001v1")])[:-9]]
)
def test_a_body_that_is_no_answer_is_asked_for_again(body: bytes) -> None:
    service = Service("2401.00001", coming=[body])

    assert titles(ask(source(service), "2401.00001")) == ["Title of 2401.00001"]


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", feed([], total=1), feed([entry("2401.00001v1")])[:-9]]
)
def test_a_body_that_stays_no_answer_is_a_failure_and_never_absence(body: bytes) -> None:
    service = Service("2401.00001", coming=[body] * 40)

    assert all(isinstance(outcome, Failure) for outcome in ask(source(service), *numbered(5)))
    assert len(service.requests) <= 12


@pytest.mark.parametrize("status", [413, 414])
def test_a_smaller_batch_is_remembered_for_the_run(status: int) -> None:
    names = numbered(8)
    service = Service(*names, coming=[ApiResponse(status, (), b"")])
    arxiv = source(service, batch=8)

    assert None not in titles(ask(arxiv, *names))
    assert arxiv.batch == 4
    assert None not in titles(ask(arxiv, *names))
    assert [len(service.asked(n)) for n in range(len(service.requests))] == [8, 4, 4, 4, 4]


def test_a_timeout_shrinks_the_batch_for_the_run() -> None:
    names = numbered(8)
    service = Service(*names, coming=[TIMEOUT])
    arxiv = source(service, batch=8)

    assert None not in titles(ask(arxiv, *names))
    assert arxiv.batch == 4


def test_where_post_is_not_allowed_the_batch_shrinks_until_get_will_do() -> None:
    names = numbered(600)
    service = Service(*names, coming=[ApiResponse(405, (), b"")])

    assert None not in titles(ask(source(service, batch=600), *names))
    assert [request.method for request in service.requests] == ["POST", "GET", "GET"]


def test_rate_exceeded_with_status_200_pauses_and_then_leaves_arxiv_alone() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    service = Service("2401.00001", coming=[b"Rate exceeded."] * 3)
    arxiv = Arxiv(service, sleep=sleep)
    refused = "arXiv's answer is `Rate exceeded.`"

    assert ask(arxiv, "2401.00001") == [Failure(Reason.RATE_LIMITED, refused)]
    assert ask(arxiv, "2401.00002") == [
        Failure(Reason.RATE_LIMITED, f"{refused}; not asked again in this run")
    ]
    assert slept == [15.0, 60.0]
    assert len(service.requests) == 3


def test_an_endpoint_of_ones_own_is_asked_at_its_own_pace() -> None:
    service = Service("2401.00001")

    ask(Arxiv(service, endpoint="http://127.0.0.1:8080/query", pace_s=0.0), "2401.00001")

    assert service.requests[0].url == "http://127.0.0.1:8080/query"
    assert service.requests[0].pace.between_s == 0.0
