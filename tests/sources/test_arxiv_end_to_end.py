"""The source, the way to the network and an API that answers over TLS as arXiv's does, moods included."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from enrich.config import Links, Network
from enrich.http import Http, Surroundings
from enrich.models import AnswerOutcome, Failure, NotFound, Reason, Record, RecordQuery
from enrich.sources.arxiv import Arxiv
from tests.internet import Internet
from tests.internet.moods import MOODS, slow
from tests.internet.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST = "export.arxiv.org"
ALL = [sample["id"] for sample in SAMPLES]


@dataclass
class Skipping:
    """Time in which sleeping takes none."""

    skipped_s: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return time.monotonic() + self.skipped_s

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.skipped_s += seconds
        await asyncio.sleep(0)


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    with Internet(SAMPLES) as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield running


def ask(
    *batches: Sequence[str], pace_s: float = 0.0, batch: int = 250, real: bool = False
) -> list[AnswerOutcome]:
    """What the source tells of each batch in turn, in one run."""
    skipping = Skipping()
    surroundings = Surroundings() if real else Surroundings(clock=skipping.clock, sleep=skipping.sleep)

    async def run() -> list[AnswerOutcome]:
        outcomes: list[AnswerOutcome] = []
        async with Http(Network(), Links(), version="0", surroundings=surroundings) as http:
            arxiv = Arxiv(http, pace_s=pace_s, batch=batch, sleep=skipping.sleep)
            for names in batches:
                outcomes += await arxiv.ask([RecordQuery("arxiv", name) for name in names])
        return outcomes

    return asyncio.run(run())


def ids_of(outcomes: Sequence[AnswerOutcome]) -> list[str | None]:
    return [outcome.id if isinstance(outcome, Record) else None for outcome in outcomes]


def test_all_papers_come_with_one_request_in_the_order_asked(internet: Internet) -> None:
    outcomes = ask(ALL)

    assert ids_of(outcomes) == ALL
    assert internet.log.count(HOST) == 1
    sheep, _, barn, nebula, legs, flock = outcomes
    assert isinstance(sheep, Record)
    assert (sheep.version, sheep.title) == (3, "Counting Sheep with Neural Networks")
    assert isinstance(barn, Record)
    assert (barn.collaboration, barn.doi) == ("MEADOW", "10.5555/barn.1")
    assert barn.title == "BARN: Pre-training of Deep Flocks at $\\alpha < 1$ & beyond"
    assert barn.authors == ("MEADOW", "Dora Field", "Emil Grass", "Femke Hay")
    assert isinstance(nebula, Record)
    assert nebula.abstract == "An old summary begins with two spaces."
    assert isinstance(legs, Record)
    assert legs.withdrawn
    assert isinstance(flock, Record)
    assert len(flock.authors) == 100


def test_unknown_and_impossible_identifiers_are_told_apart_from_known_ones(internet: Internet) -> None:
    outcomes = ask([ALL[0], "hf2401.90001", "2401.99999", ALL[3]])

    assert ids_of(outcomes) == [ALL[0], None, None, ALL[3]]
    assert outcomes[1] == NotFound("hf2401.90001 is not an arXiv identifier")
    assert outcomes[2] == NotFound("arXiv has no paper 2401.99999")
    assert all(request.status == 200 for request in internet.log.of(HOST))


@pytest.mark.parametrize(
    "mood",
    sorted(MOODS.keys() - {"honest", "hang", "empty-later-page"}),
)
def test_one_bad_moment_costs_no_record(internet: Internet, mood: str) -> None:
    internet.arxiv.next(MOODS[mood])

    assert ids_of(ask(ALL)) == ALL


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("rate-limited-ok", Reason.RATE_LIMITED),
        ("rate-limited", Reason.RATE_LIMITED),
        ("empty-body", Reason.SERVER_ERROR),
        ("html-page", Reason.SERVER_ERROR),
        ("truncated", Reason.SERVER_ERROR),
        ("empty-page", Reason.SERVER_ERROR),
        ("short-page", Reason.SERVER_ERROR),
        ("server-error", Reason.SERVER_ERROR),
        ("too-long", Reason.SERVER_ERROR),
        ("cut-off", Reason.NETWORK),
        ("reset", Reason.NETWORK),
    ],
)
def test_a_bad_day_makes_failures_and_nothing_absent(internet: Internet, mood: str, reason: Reason) -> None:
    internet.arxiv.always(MOODS[mood])

    outcomes = ask(ALL, ALL)

    assert {type(outcome) for outcome in outcomes} == {Failure}
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, Failure)} == {reason}
    assert internet.log.count(HOST) <= 30


def test_as_many_papers_as_a_catalogue_has_come_in_as_few_requests_as_it_takes(internet: Internet) -> None:
    internet.arxiv.load(
        {"id": f"2402.{number:05d}", "title": f"Paper {number}", "authors": ["A. Author"]}
        for number in range(1, 701)
    )
    names = [f"2402.{number:05d}" for number in range(1, 701)]

    assert ids_of(ask(names, batch=600)) == names
    assert [request.method for request in internet.log.of(HOST)] == ["POST", "GET"]


def test_requests_keep_the_pace_and_one_connection(internet: Internet) -> None:
    internet.arxiv.always(slow(0.1))

    assert ids_of(ask(ALL, batch=2, pace_s=0.2, real=True)) == ALL

    assert internet.log.count(HOST) == 3
    assert min(internet.log.gaps(HOST)) >= 0.29
    assert min(internet.log.pauses(HOST)) >= 0.19
    assert internet.log.peak_in_flight(HOST) == 1
    assert internet.log.peak_connections(HOST) == 1
