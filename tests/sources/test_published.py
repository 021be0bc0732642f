"""What is asked of the sources of published versions, and what is made of their bad days."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest

from enrich.http import ApiResponse
from enrich.models import Candidates, Failure, NotFound, PublishedQuery, Reason, RecordQuery
from enrich.sources.crossref import Crossref, CrossrefTitles
from enrich.sources.dblp import Dblp
from enrich.sources.openalex import OpenAlex
from enrich.sources.patient import FAILURES
from enrich.sources.semanticscholar import SemanticScholar
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.moods import rate_limited
from tests.internet.work_apis import CrossrefApi, DblpApi, OpenAlexApi, SemanticScholarApi
from tests.internet.works import SAMPLES
from tests.sources.apis import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.fetcher import Source
    from enrich.models import AnswerOutcome, PassOn
    from tests.internet.moods import Mood
    from tests.internet.work_apis import WorkApi

GENTLE, BACKWARDS, _, PREPRINT, _ = SAMPLES
KEY = "0123456789abcdef"
APIS: dict[str, type[WorkApi]] = {
    "crossref": CrossrefApi,
    "openalex": OpenAlexApi,
    "semanticscholar": SemanticScholarApi,
    "dblp": DblpApi,
}
NAMES = list(APIS)


def source_of(name: str, line: Line, key: str = "") -> Source:
    if name == "crossref":
        return CrossrefTitles(Crossref(line))
    if name == "openalex":
        return OpenAlex(line, key)
    return SemanticScholar(line, key) if name == "semanticscholar" else Dblp(line)


def query(name: str, arxiv: str, title: str = "", surname: str = "") -> PublishedQuery:
    return PublishedQuery(name, arxiv, title, surname)


def queries(name: str) -> list[PublishedQuery]:
    """For a work with a published version, one without, and one that is not known."""
    return [
        query(name, GENTLE.arxiv, GENTLE.title, "Exemple"),
        query(name, PREPRINT.arxiv, PREPRINT.title, "Example"),
        query(name, "2001.99999", "Never Written Down", "Nobody"),
    ]


def ask(source: Source, *asked: PublishedQuery, turns: int = 1) -> list[AnswerOutcome | PassOn | None]:
    async def run() -> list[AnswerOutcome | PassOn | None]:
        return [outcome for _ in range(turns) for outcome in await source.ask(asked)]

    return asyncio.run(run())


def published(outcomes: Sequence[object]) -> list[str | None]:
    return [one.records[0].title if isinstance(one, Candidates) else None for one in outcomes]


@pytest.mark.parametrize("name", NAMES)
def test_each_answers_for_itself_alone(name: str) -> None:
    source = source_of(name, Line(APIS[name]().answer))

    assert [other for other in NAMES if source.accepts(query(other, GENTLE.arxiv))] == [name]
    assert not source.accepts(RecordQuery("doi", GENTLE.doi))


@pytest.mark.parametrize("name", NAMES)
def test_published_versions_are_found_and_preprints_are_none(name: str) -> None:
    line = Line(APIS[name](SAMPLES).answer)

    outcomes = ask(source_of(name, line), *queries(name))

    assert published(outcomes) == [GENTLE.title, None, None]
    assert [type(outcome) for outcome in outcomes[1:]] == [NotFound, NotFound]
    assert len(line.requests) == (3 if name in ("crossref", "dblp") else 1)


def test_openalex_is_asked_by_pages_and_for_few_fields() -> None:
    line = Line(OpenAlexApi(SAMPLES).answer)

    ask(OpenAlex(line), query("openalex", GENTLE.arxiv))

    assert dict(line.requests[0].params)["filter"] == (
        "locations.landing_page_url:http://arxiv.org/abs/2001.00001|https://arxiv.org/abs/2001.00001"
        "|https://doi.org/10.48550/arxiv.2001.00001"
    )


def test_a_filter_of_openalex_holds_a_hundred_values_whatever_is_configured() -> None:
    source = OpenAlex(Line(OpenAlexApi().answer), batch=600)
    line = Line(OpenAlexApi(SAMPLES).answer)

    outcomes = ask(
        OpenAlex(line), *(query("openalex", f"2001.{number:05}") for number in range(source.batch))
    )

    assert not any(isinstance(outcome, Failure) for outcome in outcomes)


@pytest.mark.parametrize("name", ["openalex", "semanticscholar"])
def test_a_key_goes_along(name: str) -> None:
    api = APIS[name](SAMPLES)
    assert isinstance(api, OpenAlexApi | SemanticScholarApi)
    api.keys.add(KEY)
    line = Line(api.answer)

    assert published(ask(source_of(name, line, KEY), queries(name)[0])) == [GENTLE.title]
    assert KEY in (*dict(line.requests[0].params).values(), *dict(line.requests[0].headers).values())


@pytest.mark.parametrize("name", ["openalex", "semanticscholar"])
def test_a_key_that_is_refused_is_a_failure(name: str) -> None:
    (outcome,) = ask(source_of(name, Line(APIS[name](SAMPLES).answer), KEY), queries(name)[0])

    assert isinstance(outcome, Failure)
    assert outcome.reason is Reason.BLOCKED


@pytest.mark.parametrize(
    "endpoint", ["https://mirror.example", "https://api.openalex.org.evil.example", "http://api.openalex.org"]
)
def test_a_key_goes_nowhere_else(endpoint: str) -> None:
    lines = [Line(OpenAlexApi(SAMPLES).answer), Line(SemanticScholarApi(SAMPLES).answer)]

    ask(OpenAlex(lines[0], KEY, endpoint=endpoint), query("openalex", GENTLE.arxiv))
    ask(SemanticScholar(lines[1], KEY, endpoint=endpoint), query("semanticscholar", GENTLE.arxiv))

    assert KEY not in str([(request.params, request.headers) for line in lines for request in line.requests])


def test_a_key_that_is_none_is_told_of_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    line = Line(OpenAlexApi(SAMPLES).answer)

    with caplog.at_level(logging.WARNING):
        outcomes = ask(OpenAlex(line, "two\nlines"), query("openalex", GENTLE.arxiv))

    assert published(outcomes) == [GENTLE.title]
    assert "key for openalex" in caplog.text
    assert "lines" not in caplog.text


def test_semantic_scholar_is_asked_in_the_order_of_the_questions() -> None:
    line = Line(SemanticScholarApi(SAMPLES).answer)

    outcomes = ask(
        SemanticScholar(line),
        *(query("semanticscholar", arxiv) for arxiv in (BACKWARDS.arxiv, "2001.99999", GENTLE.arxiv)),
    )

    assert published(outcomes) == [BACKWARDS.title, None, GENTLE.title]
    assert json.loads(line.requests[0].body or b"")["ids"][0] == f"ARXIV:{BACKWARDS.arxiv}"


def test_dblp_is_not_asked_without_words() -> None:
    line = Line(DblpApi(SAMPLES).answer)

    assert ask(Dblp(line), query("dblp", GENTLE.arxiv)) == [
        NotFound("the title has no words that can be searched for")
    ]
    assert line.requests == []


def test_crossref_is_not_asked_without_a_title() -> None:
    line = Line(CrossrefApi(SAMPLES).answer)

    assert ask(source_of("crossref", line), query("crossref", GENTLE.arxiv)) == [
        NotFound("there is no title to search for")
    ]
    assert line.requests == []


def test_a_common_title_says_nothing() -> None:
    many = ApiResponse(200, (), b'{"result":{"hits":{"@total":"1234","hit":[]}}}')

    (outcome,) = ask(Dblp(Line(DblpApi().answer, [many])), query("dblp", "1", "Introduction"))

    assert isinstance(outcome, NotFound)


# -- bad days ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
        (DOWN["unavailable"], Reason.SERVER_ERROR),
        (DOWN["reset"], Reason.NETWORK),
        (rate_limited(), Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure_and_no_absence(name: str, mood: Mood, reason: Reason) -> None:
    api = APIS[name](SAMPLES)
    api.always(mood)

    (outcome,) = ask(source_of(name, Line(api.answer)), queries(name)[0])

    assert isinstance(outcome, Failure)
    assert outcome.reason is reason


@pytest.mark.parametrize("name", NAMES)
def test_what_keeps_failing_is_left_alone_for_the_run(name: str) -> None:
    api = APIS[name](SAMPLES)
    api.always(DOWN["unavailable"])
    line = Line(api.answer)

    outcomes = ask(source_of(name, line), queries(name)[0], turns=10)

    assert {type(outcome) for outcome in outcomes} == {Failure}
    assert len(line.requests) == FAILURES
