"""What is asked of the agencies that register DOIs, and what is made of their bad days."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from enrich.cache import Memory
from enrich.fetcher import Fetcher
from enrich.http import ApiResponse
from enrich.models import Failure, NotFound, PassOn, PublishedQuery, Query, Reason, Record, RecordQuery
from enrich.sources.arxiv import Arxiv
from enrich.sources.crossref import Crossref
from enrich.sources.crossref.asking import REFUSALS
from enrich.sources.datacite import DataCite
from enrich.sources.fallback import Nobody, WithFallback
from enrich.sources.patient import FAILURES
from tests.internet.arxiv_api import ArxivApi
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.moods import rate_limited
from tests.internet.replies import status
from tests.internet.work_apis import CrossrefApi, DataCiteApi
from tests.internet.works import SAMPLES, Work
from tests.sources.apis import Line
from tests.sources.test_passing_on import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.fetcher import Source
    from enrich.models import Answer, AnswerOutcome
    from tests.internet.moods import Mood

GENTLE, BACKWARDS, RETRACTED, PREPRINT, SOFTWARE = SAMPLES
UNKNOWN = "10.5555/unknown"
ABSENT = "no agency that was asked has a record of 10.5555/unknown"


def query(work: Work | str) -> RecordQuery:
    return RecordQuery("doi", work if isinstance(work, str) else work.doi)


@pytest.fixture
def crossref() -> CrossrefApi:
    return CrossrefApi(SAMPLES)


@pytest.fixture
def datacite() -> DataCiteApi:
    return DataCiteApi(SAMPLES)


def ask_crossref(
    line: Line, *works: Work | str, contact: str = "", turns: int = 1
) -> list[AnswerOutcome | PassOn]:
    source = Crossref(line, contact=contact)

    async def run() -> list[AnswerOutcome | PassOn]:
        return [outcome for _ in range(turns) for outcome in await source.ask(list(map(query, works)))]

    return asyncio.run(run())


def ask_datacite(line: Line, *queries: RecordQuery) -> Sequence[AnswerOutcome | PassOn]:
    return asyncio.run(DataCite(line).ask(queries))


def ids(outcomes: Sequence[object]) -> list[str | None]:
    return [outcome.id if isinstance(outcome, Record) else None for outcome in outcomes]


# -- Crossref ----------------------------------------------------------------------------------


def test_dois_of_others_are_not_crossref_s_business() -> None:
    source = Crossref(Line(CrossrefApi().answer))

    assert source.accepts(query(GENTLE))
    assert not source.accepts(query(PREPRINT))
    assert not source.accepts(query(SOFTWARE))
    assert not source.accepts(RecordQuery("arxiv", "2001.00001"))
    assert not source.accepts(PublishedQuery("openalex", "2001.00001"))


def test_many_dois_cost_one_request_and_come_in_the_order_asked(crossref: CrossrefApi) -> None:
    line = Line(crossref.answer)

    outcomes = ask_crossref(line, BACKWARDS, UNKNOWN, GENTLE, BACKWARDS)

    assert ids(outcomes) == [BACKWARDS.doi, None, GENTLE.doi, BACKWARDS.doi]
    assert outcomes[1] == PassOn(NotFound(ABSENT))
    assert len(line.requests) == 1
    assert ("rows", "3") in line.requests[0].params


def test_who_names_a_contact_joins_the_polite_pool(crossref: CrossrefApi) -> None:
    polite, unknown = Line(crossref.answer), Line(crossref.answer)

    ask_crossref(polite, GENTLE, contact="curator@example.org")
    ask_crossref(unknown, GENTLE)

    assert ("mailto", "curator@example.org") in polite.requests[0].params
    assert "mailto" not in dict(unknown.requests[0].params)


def test_a_doi_with_a_comma_is_asked_alone(crossref: CrossrefApi) -> None:
    with_comma = Work("Commas, and Why", (("Ada", "Example"),), doi="10.5555/a,b(1)")
    crossref.works.append(with_comma)
    line = Line(crossref.answer)

    outcomes = ask_crossref(line, GENTLE, with_comma, "10.5555/no,such")

    assert ids(outcomes) == [GENTLE.doi, with_comma.doi, None]
    assert isinstance(outcomes[2], PassOn)
    assert isinstance(outcomes[2].outcome, NotFound)
    assert [request.url for request in line.requests[1:]] == [
        "https://api.crossref.org/works/10.5555%2Fa%2Cb%281%29",
        "https://api.crossref.org/works/10.5555%2Fno%2Csuch",
    ]


def test_an_api_that_knows_a_field_no_longer_is_asked_for_whole_records(crossref: CrossrefApi) -> None:
    refused = ApiResponse(400, (), b'{"status":"failed"}')
    line = Line(crossref.answer, [refused])

    outcomes = ask_crossref(line, GENTLE, turns=2)

    assert ids(outcomes) == [GENTLE.doi, GENTLE.doi]
    assert ["select" in dict(request.params) for request in line.requests] == [True, False, False]


def test_one_doi_that_is_refused_costs_the_others_nothing(crossref: CrossrefApi) -> None:
    crossref.always(lambda request, answer: status(400) if "10.5555%2Fbad" in request.path else answer)
    line = Line(crossref.answer)

    outcomes = ask_crossref(line, GENTLE, "10.5555/bad", BACKWARDS, RETRACTED)

    assert ids(outcomes) == [GENTLE.doi, None, BACKWARDS.doi, RETRACTED.doi]
    assert isinstance(outcomes[1], PassOn)
    assert isinstance(outcomes[1].outcome, Failure)


def test_an_api_that_refuses_everything_is_left_alone(crossref: CrossrefApi) -> None:
    crossref.always(lambda *_: status(400))
    line = Line(crossref.answer)

    outcomes = ask_crossref(line, *(f"10.5555/{number}" for number in range(50)), turns=3)

    assert all(isinstance(one, PassOn) and isinstance(one.outcome, Failure) for one in outcomes)
    assert len(line.requests) == REFUSALS


# -- DataCite ----------------------------------------------------------------------------------


def test_datacite_has_what_repositories_registered(datacite: DataCiteApi) -> None:
    line = Line(datacite.answer)

    outcomes = ask_datacite(line, query(SOFTWARE), query(UNKNOWN), query(PREPRINT))

    assert ids(outcomes) == [SOFTWARE.doi, None, PREPRINT.doi]
    assert outcomes[1] == PassOn(NotFound(ABSENT))
    assert len(line.requests) == 1
    assert ("page[size]", "3") in line.requests[0].params


def test_datacite_knows_arxiv_s_papers(datacite: DataCiteApi) -> None:
    (outcome,) = ask_datacite(Line(datacite.answer), RecordQuery("arxiv", PREPRINT.arxiv))

    assert isinstance(outcome, Record)
    assert (outcome.scheme, outcome.id, outcome.version) == ("arxiv", PREPRINT.arxiv, 2)


def test_half_a_record_is_passed_on(datacite: DataCiteApi) -> None:
    datacite.works = [Work("A Title", (), "preprint", PREPRINT.doi, "datacite", PREPRINT.arxiv)]

    (outcome,) = ask_datacite(Line(datacite.answer), RecordQuery("arxiv", PREPRINT.arxiv))

    assert isinstance(outcome, PassOn)
    assert isinstance(outcome.outcome, Failure)


def test_nothing_in_a_doi_can_change_the_question(datacite: DataCiteApi) -> None:
    line = Line(datacite.answer)

    ask_datacite(line, query('10.5555/a"\\b) OR doi:(*'))

    assert dict(line.requests[0].params)["query"] == 'doi:("10.5555/a\\"\\\\b) OR doi:(*")'


def test_datacite_is_asked_about_works_only() -> None:
    source = DataCite(Line(DataCiteApi().answer))

    assert not source.accepts(PublishedQuery("openalex", "2001.00001"))
    with pytest.raises(TypeError):
        asyncio.run(source.ask([PublishedQuery("openalex", "2001.00001")]))


# -- bad days ----------------------------------------------------------------------------------

BAD_DAYS = [
    *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
    (DOWN["unavailable"], Reason.SERVER_ERROR),
    (DOWN["reset"], Reason.NETWORK),
    (rate_limited(), Reason.RATE_LIMITED),
]


@pytest.mark.parametrize(("mood", "reason"), BAD_DAYS)
def test_a_bad_day_of_crossref_is_a_failure_and_no_absence(
    crossref: CrossrefApi, mood: Mood, reason: Reason
) -> None:
    crossref.always(mood)

    (outcome,) = ask_crossref(Line(crossref.answer), GENTLE)

    assert isinstance(outcome, PassOn)
    assert isinstance(outcome.outcome, Failure)
    assert outcome.outcome.reason is reason


@pytest.mark.parametrize(("mood", "reason"), BAD_DAYS)
def test_a_bad_day_of_datacite_is_a_failure_and_no_absence(
    datacite: DataCiteApi, mood: Mood, reason: Reason
) -> None:
    datacite.always(mood)

    (outcome,) = ask_datacite(Line(datacite.answer), query(SOFTWARE))

    assert isinstance(outcome, PassOn)
    assert isinstance(outcome.outcome, Failure)
    assert outcome.outcome.reason is reason


def test_what_keeps_failing_is_left_alone_for_the_run(crossref: CrossrefApi) -> None:
    crossref.always(DOWN["unavailable"])
    line = Line(crossref.answer)

    outcomes = ask_crossref(line, GENTLE, turns=10)

    assert {type(outcome) for outcome in outcomes} == {PassOn}
    assert len(line.requests) == FAILURES


def test_one_good_answer_makes_failures_forgotten(crossref: CrossrefApi) -> None:
    slow = Failure(Reason.TIMEOUT, "crossref: no answer in time")
    good = ApiResponse(200, (), b'{"message":{"total-results":0,"items":[]}}')
    line = Line(crossref.answer, [slow, slow, good, slow, slow])

    ask_crossref(line, GENTLE, turns=8)

    assert len(line.requests) == 8


# -- all together ------------------------------------------------------------------------------


class Kept:
    """Remembers for those who look, and never answers."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def get(self, _: Query) -> None:
        return None

    def put(self, answer: Answer) -> Answer:
        self.answers.append(answer)
        return answer

    def flush(self) -> None: ...


def answers(
    *queries: Query,
    crossref: CrossrefApi | None = None,
    datacite: DataCiteApi | None = None,
    arxiv: ArxivApi | None = None,
    memory: Memory | Kept | None = None,
) -> Mapping[Query, Answer]:
    """What a run is told that asks whoever is given."""
    sources: list[Source] = [
        *([WithFallback(Arxiv(Line(arxiv.answer), pace_s=0, sleep=_no_pause))] if arxiv else []),
        *([Crossref(Line(crossref.answer), pace_s=0)] if crossref else []),
        *([DataCite(Line(datacite.answer), pace_s=0)] if datacite else []),
    ]

    async def run() -> Mapping[Query, Answer]:
        async with Fetcher([*sources, Nobody(sources)], memory or Memory(None), now=lambda: NOW) as fetcher:
            return await fetcher.answer(queries)

    return asyncio.run(run())


async def _no_pause(_: float) -> None: ...


def test_each_agency_answers_for_what_it_registered(crossref: CrossrefApi, datacite: DataCiteApi) -> None:
    told = answers(*map(query, (GENTLE, SOFTWARE, PREPRINT)), crossref=crossref, datacite=datacite)

    assert [answer.source for answer in told.values()] == ["crossref", "datacite", "datacite"]
    assert all(isinstance(answer.outcome, Record) for answer in told.values())


def test_a_doi_that_no_agency_has_is_absent(crossref: CrossrefApi, datacite: DataCiteApi) -> None:
    told = answers(query(UNKNOWN), crossref=crossref, datacite=datacite)

    assert told[query(UNKNOWN)].outcome == NotFound(ABSENT)


@pytest.mark.parametrize("down", ["crossref", "datacite"])
def test_a_doi_that_one_agency_lacks_while_the_other_is_down_is_not_absent(
    crossref: CrossrefApi, datacite: DataCiteApi, down: str
) -> None:
    {"crossref": crossref, "datacite": datacite}[down].always(DOWN["unavailable"])

    answer = answers(query(UNKNOWN), crossref=crossref, datacite=datacite)[query(UNKNOWN)]

    assert isinstance(answer.outcome, Failure)
    assert answer.source == down


def test_without_datacite_crossref_s_word_stands(crossref: CrossrefApi) -> None:
    answer = answers(query(UNKNOWN), crossref=crossref)[query(UNKNOWN)]

    assert (answer.source, answer.outcome) == ("crossref", NotFound(ABSENT))


def test_what_nobody_is_asked_about_is_not_known() -> None:
    asked = PublishedQuery("dblp", "2001.00001")

    outcome = answers(asked)[asked].outcome

    assert isinstance(outcome, Failure)
    assert outcome.reason is Reason.BLOCKED


IN_ARXIV = {"id": PREPRINT.arxiv, "title": PREPRINT.title, "authors": ["Ada Example", "Noah Nobody"]}


def test_while_arxiv_is_down_datacite_answers_for_it(datacite: DataCiteApi) -> None:
    arxiv = ArxivApi([IN_ARXIV])
    arxiv.always(lambda *_: status(503))
    here, nowhere = RecordQuery("arxiv", PREPRINT.arxiv), RecordQuery("arxiv", "2003.99999")

    told = answers(here, nowhere, arxiv=arxiv, datacite=datacite)

    assert told[here].source == "datacite"
    assert isinstance(told[here].outcome, Record)
    assert told[nowhere].source == "arxiv"
    assert isinstance(told[nowhere].outcome, Failure)


def test_what_datacite_said_in_arxiv_s_place_is_not_remembered(datacite: DataCiteApi) -> None:
    arxiv, kept = ArxivApi([IN_ARXIV]), Kept()
    here = RecordQuery("arxiv", PREPRINT.arxiv)
    arxiv.next(lambda *_: status(503))

    first = answers(here, arxiv=arxiv, datacite=datacite, memory=kept)
    second = answers(here, arxiv=arxiv, datacite=datacite, memory=kept)

    assert (first[here].source, second[here].source) == ("datacite", "arxiv")
    assert [answer.source for answer in kept.answers] == ["arxiv"]


def test_a_failure_for_which_nobody_stood_in_goes_to_the_memory_that_counts_failures() -> None:
    arxiv, kept = ArxivApi([IN_ARXIV]), Kept()
    arxiv.always(lambda *_: status(503))

    answers(RecordQuery("arxiv", PREPRINT.arxiv), arxiv=arxiv, datacite=DataCiteApi(), memory=kept)

    assert [(answer.source, type(answer.outcome)) for answer in kept.answers] == [("arxiv", Failure)]


def test_what_datacite_said_of_its_own_is_remembered(crossref: CrossrefApi, datacite: DataCiteApi) -> None:
    kept = Kept()

    answers(query("10.5555/in-datacite"), crossref=crossref, datacite=datacite, memory=kept)

    assert len(kept.answers) == 1


def test_while_arxiv_answers_datacite_is_not_asked_about_its_papers(datacite: DataCiteApi) -> None:
    datacite.always(lambda *_: status(500))
    here, nowhere = RecordQuery("arxiv", PREPRINT.arxiv), RecordQuery("arxiv", "2003.99999")

    told = answers(here, nowhere, arxiv=ArxivApi([IN_ARXIV]), datacite=datacite)

    assert {answer.source for answer in told.values()} == {"arxiv"}
    assert isinstance(told[nowhere].outcome, NotFound)
