from __future__ import annotations

import asyncio
import json

import pytest

from enrich.http import ApiResponse
from enrich.models import (
    AnswerOutcome,
    Failure,
    Fault,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    Reason,
    RecordQuery,
)
from enrich.sources.doi import DoiResolver
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.link_apis import DoiApi
from tests.internet.moods import Mood, rate_limited
from tests.sources.apis import Line

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
UNKNOWN = LinkCheck(LinkStatus.BROKEN, "the DOI does not resolve", fault=Fault.UNKNOWN_ID)


@pytest.fixture
def api() -> DoiApi:
    made = DoiApi()
    made.dois = {
        "10.5555/12345678": "https://publisher.example/p",
        "10.5555/later": "",
        SICI: "https://x.example/",
    }
    return made


def ask(line: Line, *urls: str) -> tuple[list[AnswerOutcome], list[float]]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    source = DoiResolver(line, sleep=sleep)
    return list(asyncio.run(source.ask([LinkQuery(url) for url in urls]))), slept


def answered(status: int, told: object) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://doi.org/10.5555/12345678", True),
        ("http://dx.doi.org/10.5555/12345678", True),
        ("https://www.doi.org/10.5555/12345678", True),
        ("https://doi.org/10.48550/arXiv.2410.21276", True),
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
            True,
        ),
        ("https://doi.org/10.5555/12345678.", False),
        ("https://doi.org/10.5555/12345678/", False),
        ("https://doi.org/10.5555/12345678?nosfx=y", False),
        ("https://doi.org/10.5555/%E4", False),
        ("https://doi.org/10.5555/", False),
        ("https://doi.org/", False),
        ("https://doi.org/the-identifier", False),
        ("https://doi.org.proxy.example/10.5555/12345678", False),
        ("https://publisher.example/10.5555/12345678", False),
    ],
)
def test_only_addresses_that_are_a_doi_are_its_business(url: str, accepted: bool) -> None:
    assert DoiResolver(Line(DoiApi().answer)).accepts(LinkQuery(url)) is accepted


def test_questions_about_works_are_not() -> None:
    source = DoiResolver(Line(DoiApi().answer))

    assert not source.accepts(RecordQuery("doi", "10.5555/12345678"))
    with pytest.raises(TypeError):
        asyncio.run(source.ask([RecordQuery("doi", "10.5555/12345678")]))


def test_a_doi_that_resolves_is_ok_and_its_publisher_is_not_asked(api: DoiApi) -> None:
    line = Line(api.answer)

    outcomes, slept = ask(line, "https://doi.org/10.5555/12345678")

    assert outcomes == [LinkCheck(LinkStatus.OK, "the DOI resolves")]
    assert [request.url for request in line.requests] == ["https://doi.org/api/handles/10.5555/12345678"]
    assert slept == []


def test_brackets_and_slashes_of_a_doi_arrive_as_they_are(api: DoiApi) -> None:
    (outcome,), _ = ask(
        Line(api.answer),
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
    )

    assert isinstance(outcome, LinkCheck)
    assert outcome.status is LinkStatus.OK


def test_an_unknown_doi_is_believed_when_the_registry_has_said_so_twice(api: DoiApi) -> None:
    line = Line(api.answer)

    outcomes, slept = ask(line, "https://doi.org/10.5555/mistyped")

    assert outcomes == [UNKNOWN]
    assert slept == [3.0]
    assert [request.params for request in line.requests] == [(), (("auth", "true"),)]


def test_a_doi_that_is_known_the_second_time_is_not_broken(api: DoiApi) -> None:
    once = answered(404, {"responseCode": 100, "handle": "10.5555/12345678"})

    outcomes, _ = ask(Line(api.answer, [once]), "https://doi.org/10.5555/12345678")

    assert outcomes == [LinkCheck(LinkStatus.OK, "the DOI resolves")]


@pytest.mark.parametrize("mood", [*GARBLED.values(), *DOWN.values(), rate_limited()])
def test_a_second_look_that_fails_leaves_it_open(api: DoiApi, mood: Mood) -> None:
    once = answered(404, {"responseCode": 100, "handle": "10.5555/x"})
    api.always(mood)

    (outcome,), _ = ask(Line(api.answer, [once]), "https://doi.org/10.5555/x")

    assert isinstance(outcome, Failure)


def test_a_doi_without_values_is_not_verified(api: DoiApi) -> None:
    (outcome,), _ = ask(Line(api.answer), "https://doi.org/10.5555/later")

    assert outcome == LinkCheck(
        LinkStatus.UNVERIFIED, "the DOI is registered, but leads nowhere yet", reason=Reason.SERVER_ERROR
    )


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
        (DOWN["unavailable"], Reason.SERVER_ERROR),
        (DOWN["reset"], Reason.NETWORK),
        (DOWN["broken-off"], Reason.NETWORK),
        (rate_limited(), Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure_and_no_verdict(api: DoiApi, mood: Mood, reason: Reason) -> None:
    api.always(mood)

    outcomes, _ = ask(Line(api.answer), "https://doi.org/10.5555/12345678", "https://doi.org/10.5555/gone")

    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Failure)] == [reason, reason]


@pytest.mark.parametrize(
    "answer",
    [
        answered(404, {"error": "no such page"}),
        answered(404, {"responseCode": 100, "handle": "10.5555/other"}),
        answered(404, {"responseCode": 100}),
        answered(200, {"responseCode": 100, "handle": "10.5555/x"}),
        answered(404, {"responseCode": 1, "handle": "10.5555/x"}),
        answered(200, {"responseCode": True, "handle": "10.5555/x"}),
        answered(200, {"responseCode": 2, "handle": "10.5555/x"}),
        answered(403, {"responseCode": 100, "handle": "10.5555/x"}),
        ApiResponse(404, (), b"<html>captive portal</html>"),
    ],
)
def test_what_is_not_the_registry_s_own_word_about_this_doi_breaks_nothing(answer: ApiResponse) -> None:
    (outcome,), slept = ask(Line(DoiApi().answer, [answer]), "https://doi.org/10.5555/x")

    assert isinstance(outcome, Failure)
    assert slept == []
