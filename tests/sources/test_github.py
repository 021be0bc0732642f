from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest

from enrich.http import ApiResponse
from enrich.models import Failure, LinkCheck, LinkQuery, LinkStatus, Reason, RecordQuery, SnapshotQuery
from enrich.sources.github import BATCH, GitHub
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.link_apis import GitHubApi
from tests.internet.moods import rate_limited
from tests.sources.apis import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome
    from tests.internet.moods import Mood

TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"
EXISTS = LinkCheck(LinkStatus.OK, "the repository exists")
OVER = Failure(Reason.RATE_LIMITED, "github: the token's quota is used up for now")


@pytest.fixture
def api() -> GitHubApi:
    made = GitHubApi()
    made.tokens.add(TOKEN)
    made.has("acme/Works")
    made.has("acme/attic", archived=True)
    made.has("acme/new", under="old-acme/old")
    made.has("acme/secret", private=True)
    made.forbidden.add("corp/sso")
    return made


def ask(source: GitHub, *names: str) -> list[AnswerOutcome | None]:
    queries = [LinkQuery(f"https://github.com/{name}") for name in names]
    return list(asyncio.run(source.ask(queries)))


def answered(status: int, told: object, *headers: tuple[str, str]) -> ApiResponse:
    return ApiResponse(status, headers, json.dumps(told).encode())


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://github.com/acme/works", True),
        ("https://github.com/acme/works/", True),
        ("https://github.com/acme/works.git", True),
        ("https://github.com/a_b-1/.github", True),
        ("https://github.com/acme", False),
        ("https://github.com/", False),
        ("https://github.com/acme/works/issues", False),
        ("https://github.com/acme/works/blob/main/README.md", False),
        ("https://github.com/acme/works?tab=readme-ov-file", False),
        ("https://github.com/acme/a%22b", False),
        ('https://github.com/acme/a"b', False),
        ("https://github.com/.acme/works", False),
        ("http://github.com/acme/works", False),
        ("https://www.github.com/acme/works", False),
        ("https://gist.github.com/acme/works", False),
        ("https://github.com.evil.example/acme/works", False),
    ],
)
def test_only_whole_repositories_are_its_business(url: str, accepted: bool) -> None:
    assert GitHub(Line(GitHubApi().answer), TOKEN).accepts(LinkQuery(url)) is accepted


def test_questions_about_works_and_copies_are_not() -> None:
    source = GitHub(Line(GitHubApi().answer), TOKEN)

    assert not source.accepts(RecordQuery("arxiv", "2410.21276"))
    assert not source.accepts(SnapshotQuery("https://github.com/acme/works", 2020))
    with pytest.raises(TypeError):
        asyncio.run(source.ask([LinkQuery("https://github.com/acme")]))


def test_a_repository_that_exists_is_ok_however_its_name_is_written(api: GitHubApi) -> None:
    source = GitHub(Line(api.answer), TOKEN)

    assert ask(source, "acme/works", "ACME/Works.git", "acme/works/") == [EXISTS] * 3


def test_an_archived_one_is_ok_and_that_is_told(api: GitHubApi) -> None:
    (outcome,) = ask(GitHub(Line(api.answer), TOKEN), "acme/attic")

    assert outcome == LinkCheck(LinkStatus.OK, "the repository exists, archived")


def test_a_renamed_one_has_moved(api: GitHubApi) -> None:
    (outcome,) = ask(GitHub(Line(api.answer), TOKEN), "Old-Acme/old")

    assert outcome == LinkCheck(
        LinkStatus.MOVED, "the repository is acme/new now", final_url="https://github.com/acme/new"
    )


@pytest.mark.parametrize("name", ["acme/gone", "acme/secret", "corp/sso"])
def test_what_github_does_not_show_to_everybody_is_for_the_web_to_decide(api: GitHubApi, name: str) -> None:
    source = GitHub(Line(api.answer), TOKEN)

    assert ask(source, "acme/works", name, "acme/attic")[1] is None
    assert ask(source, name) == [None]


def test_one_request_asks_for_a_hundred_each_once_and_in_any_order(api: GitHubApi) -> None:
    api.everything = True
    line = Line(api.answer)
    names = [f"acme/r{number}" for number in range(BATCH - 1)] + ["acme/R7"]

    outcomes = ask(GitHub(line, TOKEN), *names)

    assert outcomes == [EXISTS] * BATCH
    (request,) = line.requests
    assert (request.method, request.url) == ("POST", "https://api.github.com/graphql")
    assert (request.body or b"").count(b"repository(") == BATCH - 1


def test_data_that_is_null_as_a_whole_is_read_by_the_paths_of_its_errors() -> None:
    errors = [{"type": "NOT_FOUND", "path": ["r0"], "message": "Could not resolve"}]
    line = Line(GitHubApi().answer, [answered(200, {"data": None, "errors": errors})])

    absent, unknown = ask(GitHub(line, TOKEN), "acme/gone", "acme/works")

    assert absent is None
    assert unknown == Failure(Reason.SERVER_ERROR, "github: the answer lacks acme/works")


# -- tokens ----------------------------------------------------------------------------------


def test_a_token_that_is_refused_leaves_every_link_to_the_web_and_is_told_once(
    api: GitHubApi, caplog: pytest.LogCaptureFixture
) -> None:
    line = Line(api.answer)
    source = GitHub(line, "ghp_revoked")

    with caplog.at_level(logging.WARNING):
        outcomes = ask(source, "acme/works", "acme/gone") + ask(source, "acme/attic")

    assert outcomes == [None, None, None]
    assert len(line.requests) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "GitHub refuses the token (401); its links are asked on the web, one by one"
    ]


def test_a_token_that_may_not_ask_is_as_good_as_none(caplog: pytest.LogCaptureFixture) -> None:
    line = Line(GitHubApi().answer, [answered(403, {"message": "Resource not accessible by token"})])

    with caplog.at_level(logging.WARNING):
        outcomes = ask(GitHub(line, TOKEN), "acme/works")

    assert outcomes == [None]
    assert "forbids" in caplog.text


@pytest.mark.parametrize("token", ["ghp_a\r\nX-Evil: 1", "ghp a", "ghp_ä", "\x00"])
def test_what_can_be_no_token_is_never_sent_nor_told(
    token: str, api: GitHubApi, caplog: pytest.LogCaptureFixture
) -> None:
    line = Line(api.answer)

    with caplog.at_level(logging.WARNING):
        outcomes = ask(GitHub(line, token), "acme/works")

    assert (outcomes, line.requests) == ([None], [])
    assert token not in caplog.text


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://mirror.example/graphql",
        "http://api.github.com/graphql",
        "https://api.github.com.evil.example/graphql",
    ],
)
def test_the_token_goes_to_github_alone(endpoint: str, api: GitHubApi) -> None:
    line = Line(api.answer)

    ask(GitHub(line, TOKEN, endpoint=endpoint), "acme/works")
    ask(GitHub(line, TOKEN), "acme/works")

    elsewhere, home = ([name for name, _ in request.headers] for request in line.requests)
    assert (elsewhere, home) == (["Content-Type"], ["Content-Type", "Authorization"])


@pytest.mark.parametrize("mood", [*GARBLED.values(), *DOWN.values(), rate_limited()])
def test_the_token_is_in_nothing_that_is_told(
    mood: Mood, api: GitHubApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.always(mood)
    line = Line(api.answer)

    with caplog.at_level(logging.DEBUG):
        outcomes = ask(GitHub(line, TOKEN), "acme/works")

    assert TOKEN not in repr(outcomes) + repr(line.requests) + caplog.text


# -- bad days --------------------------------------------------------------------------------


@pytest.mark.parametrize("mood", [*GARBLED.values(), *DOWN.values()], ids=[*GARBLED, *DOWN])
def test_a_bad_day_is_a_failure_and_no_verdict(mood: Mood, api: GitHubApi) -> None:
    api.always(mood)

    outcomes = ask(GitHub(Line(api.answer), TOKEN), "acme/works", "acme/gone")

    assert {type(outcome) for outcome in outcomes} == {Failure}
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, Failure)} <= {
        Reason.SERVER_ERROR,
        Reason.NETWORK,
    }


def test_a_name_that_is_none_is_not_followed() -> None:
    strange = {"nameWithOwner": "acme/x\n::error::", "isArchived": False}
    line = Line(GitHubApi().answer, [answered(200, {"data": {"r0": strange}})])

    assert ask(GitHub(line, TOKEN), "acme/works") == [
        Failure(Reason.SERVER_ERROR, "github: the answer on acme/works can't be read")
    ]


def test_a_slow_api_leaves_the_links_unverified() -> None:
    slow = Failure(Reason.TIMEOUT, "github: no answer in time")

    assert ask(GitHub(Line(GitHubApi().answer, [slow]), TOKEN), "acme/works") == [slow]


SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}
PRIMARY = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]}


@pytest.mark.parametrize(
    "over",
    [
        answered(200, PRIMARY, ("x-ratelimit-remaining", "0")),
        answered(403, SECONDARY),
        answered(403, {}, ("Retry-After", "60")),
        answered(403, {"message": "Forbidden"}, ("X-RateLimit-Remaining", "0")),
    ],
)
def test_over_quota_nothing_is_asked_for_the_rest_of_the_run(
    over: ApiResponse, api: GitHubApi, caplog: pytest.LogCaptureFixture
) -> None:
    line = Line(api.answer, [over])
    source = GitHub(line, TOKEN)

    outcomes: Sequence[AnswerOutcome | None] = ask(source, "acme/works", "acme/gone") + ask(
        source, "acme/attic"
    )

    assert outcomes == [OVER] * 3
    assert len(line.requests) == 1
    assert caplog.records == []


def test_another_status_is_told() -> None:
    line = Line(GitHubApi().answer, [answered(404, {})])

    assert ask(GitHub(line, TOKEN), "acme/works") == [Failure(Reason.SERVER_ERROR, "github: 404 Not Found")]
