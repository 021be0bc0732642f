"""The sources of links by API, the way to the network, and APIs that answer over TLS."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

import pytest

from enrich.config import Links, Network
from enrich.http import Http, Surroundings
from enrich.models import (
    AnswerOutcome,
    Failure,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    PassOn,
    Query,
    Reason,
    Snapshot,
    SnapshotQuery,
)
from enrich.sources.doi import DoiResolver
from enrich.sources.github import GitHub
from enrich.sources.huggingface import HuggingFace
from enrich.sources.wayback import Wayback
from enrich.sources.web import Web
from tests.internet import Internet
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.moods import MOODS, rate_limited, slow
from tests.internet.replies import redirect
from tests.sources.test_arxiv_end_to_end import Skipping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from enrich.fetcher import Source
    from enrich.http import ApiRequest, ApiResponse

TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"
QUERIES: dict[str, Query] = {
    "github": LinkQuery("https://github.com/acme/works"),
    "huggingface": LinkQuery("https://huggingface.co/acme/bert"),
    "doi": LinkQuery("https://doi.org/10.5555/12345678"),
    "wayback": SnapshotQuery("https://acme.org/gone", 2019),
}


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    with Internet() as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        running.github.tokens.add(TOKEN)
        running.github.has("acme/works")
        running.huggingface.has("models/acme/bert")
        running.doi.dois["10.5555/12345678"] = "https://publisher.example/"
        running.wayback.copies["acme.org/gone"] = ["20190311120000"]
        yield running


def source_of(name: str, http: Http) -> Source:
    made: dict[str, Callable[[], Source]] = {
        "github": lambda: GitHub(http, TOKEN, pace_s=0),
        "huggingface": lambda: HuggingFace(http),
        "doi": lambda: DoiResolver(http, pace_s=0, recheck_s=0),
        "wayback": lambda: Wayback(http, pace_s=0),
    }
    return made[name]()


def ask(name: str, *queries: Query) -> Sequence[AnswerOutcome | PassOn | None]:
    skipping = Skipping()
    around = Surroundings(clock=skipping.clock, sleep=skipping.sleep)

    async def run() -> Sequence[AnswerOutcome | PassOn | None]:
        async with Http(Network(max_wait_s=60), Links(), version="0", surroundings=around) as http:
            return await source_of(name, http).ask(queries or [QUERIES[name]])

    return asyncio.run(run())


def is_good(outcome: AnswerOutcome | PassOn | None) -> bool:
    return isinstance(outcome, Snapshot) or (
        isinstance(outcome, LinkCheck) and outcome.status is LinkStatus.OK
    )


@pytest.mark.parametrize("name", QUERIES)
def test_a_good_answer_arrives(internet: Internet, name: str) -> None:
    (outcome,) = ask(name)

    assert is_good(outcome)
    assert internet.log.hosts_asked() == {getattr(internet, name).HOST}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("mood", [*DOWN.values(), rate_limited("2")])
def test_one_bad_moment_costs_no_answer(internet: Internet, name: str, mood: object) -> None:
    api = getattr(internet, name)
    api.next(mood)

    (outcome,) = ask(name)

    assert is_good(outcome)


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        (DOWN["unavailable"], Reason.SERVER_ERROR),
        (DOWN["reset"], Reason.NETWORK),
        (GARBLED["page"], Reason.SERVER_ERROR),
        (GARBLED["cut"], Reason.SERVER_ERROR),
        (rate_limited(), Reason.RATE_LIMITED),
        (rate_limited("86400"), Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure(internet: Internet, name: str, mood: object, reason: Reason) -> None:
    api = getattr(internet, name)
    api.always(mood)

    (outcome,) = ask(name)

    assert isinstance(outcome, Failure)
    assert outcome.reason is reason
    assert len(internet.requests) <= 8


def test_a_slow_archive_is_waited_for_no_longer_than_its_time(internet: Internet) -> None:
    internet.wayback.always(MOODS["hang"])
    skipping = Skipping()

    async def run() -> Sequence[AnswerOutcome]:
        around = Surroundings(clock=skipping.clock, sleep=skipping.sleep)
        async with Http(Network(), Links(), version="0", surroundings=around) as http:
            source = Wayback(_Hasty(http), pace_s=0)
            return await source.ask([SnapshotQuery("https://acme.org/gone", year) for year in range(9)])

    outcomes = asyncio.run(run())

    assert [type(outcome) for outcome in outcomes] == [Failure] * 9
    assert len(internet.requests) <= 6


class _Hasty:
    """The same requests with less patience."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        return await self._http.call(dataclasses.replace(request, timeout_s=0.1))


def test_the_token_is_sent_to_the_api_and_along_no_redirect(internet: Internet) -> None:
    internet.host("elsewhere.example").page("/*", redirect("/"))
    internet.host("api.github.com").page("/graphql", redirect("https://elsewhere.example/", 307))

    (outcome,) = ask("github")

    assert isinstance(outcome, Failure)
    assert [request.host for request in internet.requests] == ["api.github.com"]
    assert internet.requests[0].header("authorization") == f"Bearer {TOKEN}"


def test_links_are_asked_without_the_token(internet: Internet) -> None:
    internet.host("github.com").get("/acme/gone", status=404)

    async def run() -> Sequence[AnswerOutcome | PassOn | None]:
        async with Http(Network(), Links(), version="0") as http:
            queries = [LinkQuery("https://github.com/acme/gone")]
            assert await GitHub(http, TOKEN, pace_s=0).ask(queries) == [None]
            return await Web(http, Links(), recheck_s=0).ask(queries)

    (outcome,) = asyncio.run(run())

    assert isinstance(outcome, LinkCheck)
    assert outcome.status is LinkStatus.BROKEN
    for request in internet.requests:
        assert (request.header("authorization") is not None) is (request.host == "api.github.com")


def test_pages_and_api_of_hugging_face_share_one_lane(internet: Internet) -> None:
    internet.huggingface.everything = True
    internet.huggingface.always(slow(0.02))
    internet.host("huggingface.co").get("/discussions/*", status=200)

    async def run() -> None:
        async with Http(Network(), Links(), version="0") as http:
            hub, web = HuggingFace(http), Web(http, Links())
            models = [hub.ask([LinkQuery(f"https://huggingface.co/acme/m{n}")]) for n in range(5)]
            pages = [web.ask([LinkQuery(f"https://huggingface.co/discussions/paper/{n}")]) for n in range(5)]
            outcomes = await asyncio.gather(*models, *pages)
            assert all(is_good(outcome) for (outcome,) in outcomes)
            assert http.lanes.requests == {"huggingface": 5, "web": 5}

    asyncio.run(run())

    assert internet.log.count("huggingface.co") == 10
    assert internet.log.peak_in_flight("huggingface.co") == 1
