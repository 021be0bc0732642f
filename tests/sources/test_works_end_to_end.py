"""The sources of works, the way to the network, and services that answer over TLS as the real ones do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from enrich.config import Links, Network
from enrich.http import Http, Surroundings
from enrich.models import (
    AnswerOutcome,
    Candidates,
    Failure,
    PassOn,
    PublishedQuery,
    Query,
    Reason,
    Record,
    RecordQuery,
)
from enrich.sources.crossref import Crossref
from enrich.sources.datacite import DataCite
from enrich.sources.dblp import Dblp
from enrich.sources.openalex import OpenAlex
from enrich.sources.semanticscholar import SemanticScholar
from tests.internet import Internet
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.moods import MOODS, rate_limited
from tests.internet.works import SAMPLES
from tests.sources.test_arxiv_end_to_end import Skipping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from enrich.fetcher import Source

GENTLE, _, _, _, SOFTWARE = SAMPLES
QUERIES: dict[str, Query] = {
    "crossref": RecordQuery("doi", GENTLE.doi),
    "datacite": RecordQuery("doi", SOFTWARE.doi),
    "openalex": PublishedQuery("openalex", GENTLE.arxiv),
    "semanticscholar": PublishedQuery("semanticscholar", GENTLE.arxiv),
    "dblp": PublishedQuery("dblp", GENTLE.arxiv, GENTLE.title, "Example"),
}


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    with Internet() as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield running


def source_of(name: str, http: Http) -> Source:
    made: dict[str, Callable[[], Source]] = {
        "crossref": lambda: Crossref(http, pace_s=0),
        "datacite": lambda: DataCite(http, pace_s=0),
        "openalex": lambda: OpenAlex(http, pace_s=0),
        "semanticscholar": lambda: SemanticScholar(http, pace_s=0),
        "dblp": lambda: Dblp(http, pace_s=0),
    }
    return made[name]()


def ask(name: str, *, turns: int = 1) -> Sequence[AnswerOutcome | PassOn | None]:
    skipping = Skipping()
    around = Surroundings(clock=skipping.clock, sleep=skipping.sleep)

    async def run() -> Sequence[AnswerOutcome | PassOn | None]:
        async with Http(Network(max_wait_s=60), Links(), version="0", surroundings=around) as http:
            source = source_of(name, http)
            return [outcome for _ in range(turns) for outcome in await source.ask([QUERIES[name]])]

    return asyncio.run(run())


def failure(outcome: AnswerOutcome | PassOn | None) -> Failure:
    told = outcome.outcome if isinstance(outcome, PassOn) else outcome
    assert isinstance(told, Failure)
    return told


@pytest.mark.parametrize("name", QUERIES)
def test_a_good_answer_arrives(internet: Internet, name: str) -> None:
    (outcome,) = ask(name)

    assert isinstance(outcome, Record | Candidates)
    assert internet.log.hosts_asked() == {getattr(internet, name).HOST}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("mood", [*DOWN.values(), rate_limited("2")])
def test_one_bad_moment_costs_no_answer(internet: Internet, name: str, mood: object) -> None:
    getattr(internet, name).next(mood)

    (outcome,) = ask(name)

    assert isinstance(outcome, Record | Candidates)


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
        (MOODS["unavailable"], Reason.SERVER_ERROR),
        (MOODS["rate-limited"], Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure_and_no_absence(
    internet: Internet, name: str, mood: object, reason: Reason
) -> None:
    getattr(internet, name).always(mood)

    assert failure(ask(name)[0]).reason is reason


@pytest.mark.parametrize("name", QUERIES)
def test_who_is_told_to_wait_for_hours_asks_no_more(internet: Internet, name: str) -> None:
    api = getattr(internet, name)
    api.always(rate_limited("54000"))

    outcomes = ask(name, turns=5)

    assert {failure(outcome).reason for outcome in outcomes} == {Reason.RATE_LIMITED}
    assert internet.log.count(api.HOST) == 1


def test_a_budget_that_is_used_up_ends_a_stranger_s_run(internet: Internet) -> None:
    internet.openalex.budget = 2

    outcomes = ask("openalex", turns=4)

    assert [isinstance(outcome, Candidates) for outcome in outcomes] == [True, True, False, False]
    assert internet.log.count("api.openalex.org") == 3
