from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from enrich.http import ApiResponse
from enrich.models import Failure, LinkCheck, LinkQuery, LinkStatus, Reason, RecordQuery
from enrich.sources.huggingface import HuggingFace
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.link_apis import HuggingFaceApi
from tests.internet.moods import rate_limited
from tests.sources.apis import Line

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome
    from tests.internet.moods import Mood


@pytest.fixture
def api() -> HuggingFaceApi:
    made = HuggingFaceApi()
    for thing in (
        "papers/2410.21276",
        "models/acme/bert",
        "datasets/squad",
        "datasets/acme/d",
        "spaces/acme/s",
    ):
        made.has(thing)
    made.renamed = {"models/old/bert": "models/acme/bert", "models/Acme/BERT": "models/acme/bert"}
    return made


def ask(line: Line, *paths: str) -> list[AnswerOutcome | None]:
    queries = [LinkQuery(f"https://huggingface.co/{path}") for path in paths]
    return list(asyncio.run(HuggingFace(line).ask(queries)))


def answered(status: int, told: object = None, *headers: tuple[str, str]) -> ApiResponse:
    return ApiResponse(status, headers, json.dumps(told).encode())


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("papers/2410.21276", True),
        ("acme/bert", True),
        ("acme/bert/", True),
        ("datasets/squad", True),
        ("datasets/acme/d", True),
        ("spaces/acme/s", True),
        ("discussions/paper/672089d02e5ea49d9caa865d", False),
        ("papers", False),
        ("papers/hf2410.21276", False),
        ("papers/2410.21276v2", False),
        ("acme", False),
        ("bert-base-uncased", False),
        ("spaces/acme", False),
        ("blog/bert", False),
        ("docs/transformers", False),
        ("collections/acme", False),
        ("Learn/nlp-course", False),
        ("acme/bert/tree/main", False),
        ("acme/bert/discussions/3", False),
        ("datasets/acme/d/viewer", False),
        ("acme/bert?library=x", False),
        ("acme/%62ert%20", False),
        ("", False),
    ],
)
def test_only_what_the_api_has_is_its_business(path: str, accepted: bool) -> None:
    source = HuggingFace(Line(HuggingFaceApi().answer))

    assert source.accepts(LinkQuery(f"https://huggingface.co/{path}")) is accepted


def test_other_hosts_and_questions_are_not() -> None:
    source = HuggingFace(Line(HuggingFaceApi().answer))

    assert not source.accepts(LinkQuery("https://huggingface.co.evil.example/acme/bert"))
    assert not source.accepts(LinkQuery("http://huggingface.co/acme/bert"))
    assert not source.accepts(RecordQuery("arxiv", "2410.21276"))
    with pytest.raises(TypeError):
        asyncio.run(source.ask([RecordQuery("arxiv", "2410.21276")]))


@pytest.mark.parametrize(
    ("path", "noun", "thing"),
    [
        ("papers/2410.21276", "paper", "papers/2410.21276"),
        ("acme/bert", "model", "models/acme/bert"),
        ("datasets/squad", "dataset", "datasets/squad"),
        ("datasets/acme/d/", "dataset", "datasets/acme/d"),
        ("spaces/acme/s", "space", "spaces/acme/s"),
    ],
)
def test_what_exists_is_ok(api: HuggingFaceApi, path: str, noun: str, thing: str) -> None:
    line = Line(api.answer)

    assert ask(line, path) == [LinkCheck(LinkStatus.OK, f"the {noun} exists")]
    (request,) = line.requests
    assert request.url == f"https://huggingface.co/api/{thing}"
    assert (request.lane, request.source, request.headers) == ("huggingface.co", "huggingface", ())


def test_a_gated_model_is_ok_and_that_is_told(api: HuggingFaceApi) -> None:
    api.has("models/acme/gated", gated="manual")

    assert ask(Line(api.answer), "acme/gated") == [
        LinkCheck(LinkStatus.OK, "the model exists; its files are for those who ask for access")
    ]


def test_a_renamed_one_has_moved_to_where_it_is_found(api: HuggingFaceApi) -> None:
    assert ask(Line(api.answer), "old/bert") == [
        LinkCheck(
            LinkStatus.MOVED, "the model is acme/bert now", final_url="https://huggingface.co/acme/bert"
        )
    ]


def test_a_dataset_that_got_an_owner_has_moved(api: HuggingFaceApi) -> None:
    api.has("datasets/rajpurkar/squad")
    api.renamed["datasets/squad"] = "datasets/rajpurkar/squad"

    (outcome,) = ask(Line(api.answer), "datasets/squad")

    assert isinstance(outcome, LinkCheck)
    assert outcome.final_url == "https://huggingface.co/datasets/rajpurkar/squad"


def test_capitals_alone_move_nothing(api: HuggingFaceApi) -> None:
    assert ask(Line(api.answer), "Acme/BERT") == [LinkCheck(LinkStatus.OK, "the model exists")]


def test_a_name_of_which_only_the_answer_knows_has_moved_as_well(api: HuggingFaceApi) -> None:
    api.things["models/acme/v1"] = {"id": "acme/v2"}

    (outcome,) = ask(Line(api.answer), "acme/v1")

    assert isinstance(outcome, LinkCheck)
    assert (outcome.status, outcome.final_url) == (LinkStatus.MOVED, "https://huggingface.co/acme/v2")


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/api/models/acme/bert",
        "//evil.example/api/models/acme/bert",
        "/api/datasets/acme/bert",
        "/api/models/",
        "/login",
        "",
    ],
)
def test_a_redirect_to_anything_else_is_for_the_web_to_follow(api: HuggingFaceApi, location: str) -> None:
    line = Line(api.answer, [answered(307, None, ("location", location))])

    assert ask(line, "acme/bert") == [None]
    assert len(line.requests) == 1


def test_a_name_that_leads_to_a_name_that_leads_on_is_for_the_web(api: HuggingFaceApi) -> None:
    api.renamed |= {"models/a/a": "models/b/b", "models/b/b": "models/a/a"}

    assert ask(Line(api.answer), "a/a") == [None]


def test_an_unindexed_paper_is_for_the_web_to_decide(api: HuggingFaceApi) -> None:
    assert ask(Line(api.answer), "papers/2401.00001") == [None]


def test_what_is_disabled_or_refused_as_a_name_is_for_the_web_to_decide(api: HuggingFaceApi) -> None:
    api.has("models/acme/disabled", disabled=True)

    assert ask(Line(api.answer), "acme/disabled") == [None]
    assert ask(Line(api.answer, [answered(400)]), "acme/a--b") == [None]


@pytest.mark.parametrize("path", ["acme/gone", "datasets/acme/gone", "spaces/acme/gone"])
def test_private_and_missing_cannot_be_told_apart_and_are_not_broken(api: HuggingFaceApi, path: str) -> None:
    (outcome,) = ask(Line(api.answer), path)

    assert isinstance(outcome, LinkCheck)
    assert (outcome.status, outcome.reason) == (LinkStatus.UNVERIFIED, Reason.BLOCKED)
    assert "private or missing" in outcome.detail


@pytest.mark.parametrize(
    ("status", "reason"), [(403, Reason.BLOCKED), (451, Reason.BLOCKED), (204, Reason.SERVER_ERROR)]
)
def test_other_answers_leave_it_open(api: HuggingFaceApi, status: int, reason: Reason) -> None:
    (outcome,) = ask(Line(api.answer, [answered(status)]), "acme/bert")

    assert isinstance(outcome, LinkCheck)
    assert (outcome.status, outcome.reason) == (LinkStatus.UNVERIFIED, reason)


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
        (DOWN["unavailable"], Reason.SERVER_ERROR),
        (DOWN["reset"], Reason.NETWORK),
        (rate_limited("300"), Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure_and_no_verdict(api: HuggingFaceApi, mood: Mood, reason: Reason) -> None:
    api.always(mood)

    outcomes = ask(Line(api.answer), "acme/bert", "papers/2410.21276")

    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Failure)] == [reason] * 2


def test_a_bad_moment_after_a_redirect_is_no_verdict_either(api: HuggingFaceApi) -> None:
    slow = Failure(Reason.TIMEOUT, "huggingface: no answer in time")
    moved = answered(307, None, ("Location", "https://huggingface.co/api/models/acme/bert?expand=gated"))

    assert ask(Line(api.answer, [moved, slow]), "old/bert") == [slow]
