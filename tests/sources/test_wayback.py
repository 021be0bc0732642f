from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from enrich.http import ApiResponse
from enrich.models import Failure, LinkQuery, NotFound, Reason, Snapshot, SnapshotQuery
from enrich.sources.patient import FAILURES
from enrich.sources.wayback import Wayback
from tests.internet.json_api import DOWN, GARBLED
from tests.internet.link_apis import WaybackApi
from tests.internet.moods import rate_limited
from tests.sources.apis import Line

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome
    from tests.internet.moods import Mood

URL = "https://acme.org/a?b=c&d"
TIMES = ["20120101000000", "20190311120000", "20240101000000"]
CLOSEST = {
    "status": "200",
    "available": True,
    "url": "http://web.archive.org/web/20190311120000/http://acme.org:80/a?b=c&d",
    "timestamp": "20190311120000",
}


@pytest.fixture
def api() -> WaybackApi:
    made = WaybackApi()
    made.copies = {"acme.org/a?b=c&d": TIMES}
    return made


def ask(line: Line, *queries: SnapshotQuery) -> list[AnswerOutcome]:
    return list(asyncio.run(Wayback(line).ask(queries or [SnapshotQuery(URL, 2019)])))


def answered(closest: object, status: int = 200) -> Line:
    told = {"url": "acme.org/a", "archived_snapshots": {"closest": closest}}
    return Line(WaybackApi().answer, [ApiResponse(status, (), json.dumps(told).encode())])


def test_only_copies_are_its_business() -> None:
    source = Wayback(Line(WaybackApi().answer))

    assert source.accepts(SnapshotQuery(URL, None))
    assert not source.accepts(LinkQuery(URL))
    with pytest.raises(TypeError):
        asyncio.run(source.ask([LinkQuery(URL)]))


@pytest.mark.parametrize(
    ("year", "time"), [(2019, TIMES[1]), (1999, TIMES[0]), (2030, TIMES[2]), (None, TIMES[2])]
)
def test_the_copy_nearest_to_the_year_is_found(api: WaybackApi, year: int | None, time: str) -> None:
    (outcome,) = ask(Line(api.answer), SnapshotQuery(URL, year))

    assert isinstance(outcome, Snapshot)
    assert outcome.url == f"https://web.archive.org/web/{time}/http://acme.org:80/a?b=c&d"
    assert outcome.taken_at == dt.datetime.strptime(time, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)


def test_the_address_is_asked_for_without_its_scheme(api: WaybackApi) -> None:
    line = Line(api.answer)

    ask(line)

    assert line.requests[0].params == (("url", "acme.org/a?b=c&d"), ("timestamp", "20190701"))


def test_an_archive_without_a_copy_says_so(api: WaybackApi) -> None:
    assert ask(Line(api.answer), SnapshotQuery("https://acme.org/never", 2019)) == [
        NotFound("the archive has no copy")
    ]


@pytest.mark.parametrize(
    "closest", [CLOSEST | {"status": "404"}, CLOSEST | {"available": False}, CLOSEST | {"status": 301}]
)
def test_a_copy_of_an_error_page_is_none(closest: object) -> None:
    assert ask(answered(closest)) == [NotFound("the archive has no copy but of an error page")]


@pytest.mark.parametrize(
    "url",
    [
        "http://web.archive.org/web/20190311120000/http://www.acme.org/a",
        "https://web.archive.org/web/20190311120000/https://acme.org/a",
        "https://web.archive.org/web/20190311120000/acme.org/a",
    ],
)
def test_the_archive_s_ways_to_write_one_address_are_one(url: str) -> None:
    (outcome,) = ask(answered(CLOSEST | {"url": url}))

    assert isinstance(outcome, Snapshot)
    assert outcome.url.startswith("https://web.archive.org/web/20190311120000/")


@pytest.mark.parametrize(
    "url",
    [
        "http://web.archive.org/web/20190311120000/http://other.org/a",
        "http://web.archive.org/web/20191311120000/http://acme.org/a",
        "http://web.archive.org/web/2019/http://acme.org/a",
        "https://web.archive.org.evil.example/web/20190311120000/http://acme.org/a",
        "javascript:alert(1)",
        "http://web.archive.org/web/20190311120000/http://acme.org/a\n::error::",
        "http://web.archive.org/web/20190311120000/http://acme.org/a]",
        None,
        7,
    ],
)
def test_a_copy_that_is_none_is_not_shown(url: object) -> None:
    (outcome,) = ask(answered(CLOSEST | {"url": url}))

    assert isinstance(outcome, Failure)


@pytest.mark.parametrize("closest", [None, [], "x", {}])
def test_a_copy_without_a_form_is_a_failure(closest: object) -> None:
    (outcome,) = ask(answered(closest))

    assert isinstance(outcome, Failure)


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        *((mood, Reason.SERVER_ERROR) for mood in GARBLED.values()),
        (DOWN["unavailable"], Reason.SERVER_ERROR),
        (DOWN["reset"], Reason.NETWORK),
        (rate_limited(), Reason.RATE_LIMITED),
    ],
)
def test_a_bad_day_is_a_failure_and_no_absence(api: WaybackApi, mood: Mood, reason: Reason) -> None:
    api.always(mood)

    (outcome,) = ask(Line(api.answer))

    assert isinstance(outcome, Failure)
    assert outcome.reason is reason


def test_another_status_is_a_failure() -> None:
    (outcome,) = ask(answered(CLOSEST, status=404))

    assert isinstance(outcome, Failure)


def test_an_archive_that_keeps_failing_is_left_alone_for_the_run(api: WaybackApi) -> None:
    api.always(DOWN["unavailable"])
    line = Line(api.answer)

    outcomes = ask(line, *(SnapshotQuery(URL, year) for year in range(2000, 2020)))

    assert {type(outcome) for outcome in outcomes} == {Failure}
    assert len(line.requests) == FAILURES


def test_one_good_answer_makes_failures_forgotten(api: WaybackApi) -> None:
    slow = Failure(Reason.TIMEOUT, "wayback: no answer in time")
    found = ApiResponse(200, (), json.dumps({"archived_snapshots": {"closest": CLOSEST}}).encode())
    line = Line(api.answer, [slow, slow, found, slow, slow])

    ask(line, *(SnapshotQuery(URL, year) for year in range(2000, 2008)))

    assert len(line.requests) == 8
