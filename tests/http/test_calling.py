from __future__ import annotations

import asyncio
import gzip
from itertools import pairwise

import httpx
import pytest

from enrich.http import ApiRequest, ApiResponse, Http, Pace
from enrich.models import Failure, Reason
from tests.http.answers import Act, Answer, Answers, http_over
from tests.http.timing import run_in_virtual_time

ENDPOINT = "http://127.0.0.1:8080/api"
ASK = ApiRequest(ENDPOINT, "arxiv")


def called(
    answers: dict[str, Act | list[Act]], request: ApiRequest = ASK
) -> tuple[ApiResponse | Failure, Answers]:
    transport = Answers(answers)

    async def scenario() -> ApiResponse | Failure:
        async with http_over(transport) as http:
            return await http.call(request)

    return run_in_virtual_time(scenario()), transport


def test_an_answer_comes_with_its_headers_and_its_body() -> None:
    answer, _ = called({ENDPOINT: Answer(200, {"Content-Type": "text/plain"}, b"yes")})

    assert answer == ApiResponse(200, (("content-type", "text/plain"),), b"yes")


def test_headers_are_found_however_they_are_written() -> None:
    response = ApiResponse(200, (("retry-after", "3"),), b"")

    assert response.header("Retry-After") == "3"
    assert response.header("etag") is None


def test_get_sends_its_parameters_in_the_address() -> None:
    _, transport = called({}, ApiRequest(ENDPOINT, "arxiv", (("id_list", "1,2"), ("q", "a b"))))

    assert transport.asked == [f"GET {ENDPOINT}?id_list=1%2C2&q=a+b"]


def test_get_adds_its_parameters_to_those_of_the_endpoint() -> None:
    _, transport = called({}, ApiRequest(f"{ENDPOINT}?key=1", "arxiv", (("q", "a"),)))

    assert transport.asked == [f"GET {ENDPOINT}?key=1&q=a"]


def test_post_sends_a_form() -> None:
    _, transport = called({}, ApiRequest(ENDPOINT, "arxiv", (("id_list", "1,2"),), "POST"))

    request = transport.requests[0]
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.read() == b"id_list=1%2C2"


def test_post_sends_a_body_of_its_own_with_credentials() -> None:
    headers = (("Content-Type", "application/json"), ("Authorization", "Bearer secret"))
    request = ApiRequest(ENDPOINT, "github", method="POST", body=b"{}", headers=headers)

    _, transport = called({}, request)

    assert transport.requests[0].headers["authorization"] == "Bearer secret"
    assert transport.requests[0].read() == b"{}"
    assert "secret" not in repr(request)


def test_credentials_go_to_no_redirect_target() -> None:
    request = ApiRequest(ENDPOINT, "github", headers=(("Authorization", "Bearer secret"),))

    answer, transport = called({ENDPOINT: Answer(301, {"location": "https://evil.org/"})}, request)

    assert isinstance(answer, ApiResponse)
    assert (answer.status, answer.header("Location")) == (301, "https://evil.org/")
    assert len(transport.requests) == 1


@pytest.mark.parametrize("code", [200, 400, 404, 414])
def test_what_an_api_answers_is_its_source_s_business(code: int) -> None:
    answer, transport = called({ENDPOINT: code})

    assert isinstance(answer, ApiResponse)
    assert answer.status == code
    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    ("act", "reason", "detail"),
    [
        (429, Reason.RATE_LIMITED, "arxiv: 429 Too Many Requests"),
        (503, Reason.SERVER_ERROR, "arxiv: 503 Service Unavailable"),
        (httpx.ReadTimeout("slow"), Reason.TIMEOUT, "arxiv: no answer in time"),
        (httpx.ConnectError("refused"), Reason.NETWORK, "arxiv: the host can't be reached"),
    ],
)
def test_what_does_not_pass_is_a_failure_after_all_tries(act: Act, reason: Reason, detail: str) -> None:
    answer, transport = called({ENDPOINT: act}, ApiRequest(ENDPOINT, "arxiv", retry=2))

    assert answer == Failure(reason, detail)
    assert len(transport.requests) == 3


def test_a_lane_that_was_set_aside_is_a_failure_without_a_request() -> None:
    transport = Answers({ENDPOINT: Answer(429, {"retry-after": "86400"})})

    async def scenario() -> list[ApiResponse | Failure]:
        async with http_over(transport) as http:
            return [await http.call(ASK), await http.call(ASK)]

    answers = run_in_virtual_time(scenario())

    assert answers == [Failure(Reason.RATE_LIMITED, "arxiv: 429, the host asks to wait 86400 s")] * 2
    assert len(transport.requests) == 1


def test_an_answer_past_its_bound_is_a_failure() -> None:
    request = ApiRequest(ENDPOINT, "arxiv", max_body=10)

    answer, _ = called({ENDPOINT: Answer(200, {}, b"z" * 8, b"z" * 8)}, request)

    assert answer == Failure(Reason.BLOCKED, "arxiv: the answer is larger than allowed")


@pytest.mark.parametrize(
    "broken",
    [
        Answer(200, {}, b"z", httpx.ReadError("reset")),
        Answer(200, {"content-encoding": "gzip"}, gzip.compress(b"yes")[:-4]),
        Answer(200, {}, *[b"z"] * 1_000, every_s=1.0),
    ],
)
def test_an_answer_whose_body_breaks_is_asked_for_again(broken: Answer) -> None:
    answer, transport = called({ENDPOINT: [broken, Answer(200, {}, b"yes")]})

    assert answer == ApiResponse(200, (), b"yes")
    assert len(transport.requests) == 2


def test_arxiv_s_pace_holds_from_start_to_start_and_from_end_to_start() -> None:
    pace = Pace(concurrency=1, between_s=3.0, after_s=3.0)
    request = ApiRequest(ENDPOINT, "arxiv", pace=pace)
    transport = Answers({ENDPOINT: [Answer(after_s=1.0), Answer(429, after_s=1.0), Answer(after_s=1.0)]})

    async def scenario(http: Http) -> None:
        async with http:
            await asyncio.gather(*(http.call(request) for _ in range(4)))

    run_in_virtual_time(scenario(http_over(transport)))

    assert len(transport.times) == 5
    assert all(later - sooner >= 4.0 for sooner, later in pairwise(transport.times))


def test_requests_are_counted_under_their_source() -> None:
    transport = Answers({ENDPOINT: [500, 200]})

    async def scenario() -> dict[str, int]:
        async with http_over(transport) as http:
            await http.call(ASK)
            return dict(http.lanes.requests)

    assert run_in_virtual_time(scenario()) == {"arxiv": 2}
