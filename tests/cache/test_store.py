from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.cache import Cache, Ttl
from enrich.cache.aging import Kept, kept, spread
from enrich.cache.forms import microseconds
from enrich.cache.rows import TABLE, fresh, is_fresh
from enrich.cache.store import MOST_WAITING
from enrich.errors import StateError
from enrich.models import (
    Answer,
    Failure,
    History,
    LinkQuery,
    LinkStatus,
    NotFound,
    Reason,
    Record,
    RecordQuery,
    SnapshotQuery,
)
from tests.cache.answers import (
    BLOCKED,
    BROKEN,
    COPY_ANSWERS,
    DAY,
    GPT,
    LINK_ANSWERS,
    MONDAY,
    OK,
    TAKEN,
    TIMEOUT,
    URL,
    WORK_ANSWERS,
    copy,
    link,
    work,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clock:
    def __init__(self) -> None:
        self.time = MONDAY

    def __call__(self) -> dt.datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Iterator[Cache]:
    with Cache.open(tmp_path / "cache", now=clock, ttl=Ttl(jitter=0)) as cache:
        yield cache


# -- keeping -----------------------------------------------------------------------------------


def test_a_fresh_answer_is_given_again_and_says_that_it_was_cached(cache: Cache) -> None:
    cache.put(work(GPT))

    assert cache.get(RecordQuery("arxiv", "2410.21276")) == replace(work(GPT), cached=True)


def test_an_answer_about_an_address_is_given_at_once_and_on_the_disk_after_the_next_flush(
    cache: Cache, tmp_path: Path, clock: Clock
) -> None:
    with Cache.open(tmp_path / "cache", now=clock, ttl=Ttl(jitter=0)) as other:
        cache.put(link(OK))
        before = other.get(LinkQuery(URL))
        at_once = cache.get(LinkQuery(URL))
        cache.put(link(BROKEN))
        cache.flush()

        assert before is None
        assert at_once is not None
        assert other.get(LinkQuery(URL)) is not None


def test_answers_that_wait_are_written_when_there_are_many_of_them(
    cache: Cache, tmp_path: Path, clock: Clock
) -> None:
    with Cache.open(tmp_path / "cache", now=clock) as other:
        for number in range(MOST_WAITING + 1):
            cache.put(link(OK, url=f"{URL}/{number}"))

        assert other.get(LinkQuery(f"{URL}/0")) is not None
        assert other.get(LinkQuery(f"{URL}/{MOST_WAITING}")) is None


def test_what_nobody_asked_is_not_known(cache: Cache) -> None:
    cache.put(link(OK))

    assert cache.get(LinkQuery(URL + "/b")) is None
    assert cache.get(RecordQuery("arxiv", URL)) is None


@pytest.mark.parametrize(
    ("answer", "days"),
    [(link(OK), 14), (link(BROKEN), 1), (link(BLOCKED), 7), (work(GPT), 30), (work(NotFound("-")), 1)],
)
def test_an_answer_is_given_until_its_time_is_over(
    cache: Cache, clock: Clock, answer: Answer, days: int
) -> None:
    cache.put(answer)

    clock.time = MONDAY + days * DAY - dt.timedelta(seconds=1)
    assert cache.get(answer.query) is not None

    clock.time = MONDAY + days * DAY
    assert cache.get(answer.query) is None


@pytest.mark.parametrize(
    "answer",
    [
        link(TIMEOUT),
        work(Failure(Reason.SERVER_ERROR, "503")),
        replace(link(OK), outcome=Failure(Reason.TLS, "x")),
    ],
)
def test_what_could_not_be_found_out_is_not_kept(cache: Cache, answer: Answer) -> None:
    cache.put(answer)

    assert cache.get(answer.query) is None


def test_a_timeout_does_not_drive_out_what_is_known(cache: Cache) -> None:
    cache.put(link(OK))
    cache.put(link(TIMEOUT, MONDAY + DAY))

    known = cache.get(LinkQuery(URL))

    assert known is not None
    assert known.outcome == OK


def test_a_newer_answer_replaces_an_older(cache: Cache) -> None:
    cache.put(work(NotFound("not yet")))
    cache.put(work(GPT, MONDAY + DAY))

    assert [one.outcome for one in cache.works()] == [GPT]


def test_jitter_lets_equal_answers_end_on_different_days(tmp_path: Path, clock: Clock) -> None:
    with Cache.open(tmp_path, now=clock) as cache:
        answers = [cache.put(link(OK, url=f"{URL}/{n}")) for n in range(200)]
        fresh = []
        for days in range(10, 19):
            clock.time = MONDAY + days * DAY
            fresh.append(sum(cache.get(answer.query) is not None for answer in answers))

    assert fresh[0] == 200
    assert fresh[-1] == 0
    assert len(set(fresh)) == 9


def test_an_answer_that_came_from_the_cache_is_not_put_back(cache: Cache) -> None:
    answer = replace(link(BROKEN), cached=True)

    assert cache.put(answer) == answer
    assert cache.get(answer.query) is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINK_ANSWERS | WORK_ANSWERS | COPY_ANSWERS, max_size=4))
def test_every_answer_that_is_kept_comes_back_equal(tmp_path: Path, answers: list[Answer]) -> None:
    last: dict[object, Answer] = {}
    clock = Clock()
    with Cache.open(tmp_path / "any", now=clock) as cache:
        cache.clear()
        for answer in answers:
            told = cache.put(answer)
            if kept(answer.outcome):
                last[answer.query] = told
        for query, answer in last.items():
            clock.time = answer.retrieved_at

            known = cache.get(query)  # type: ignore[arg-type]

            assert known is not None
            assert replace(known, history=History()) == replace(answer, cached=True, history=History())


# -- history -----------------------------------------------------------------------------------


def test_an_answer_comes_back_with_the_history_that_it_makes(cache: Cache) -> None:
    assert cache.put(link(OK)).history == History(MONDAY)
    assert cache.put(link(BROKEN, MONDAY + DAY)).history == History(MONDAY, 1, MONDAY + DAY)
    unverified = History(MONDAY, 1, MONDAY + DAY, MONDAY + 2 * DAY)
    assert cache.put(link(TIMEOUT, MONDAY + 2 * DAY)).history == unverified
    assert cache.put(link(BLOCKED, MONDAY + 2.5 * DAY)).history == unverified
    assert cache.put(link(BROKEN, MONDAY + 3 * DAY)).history == History(MONDAY, 2, MONDAY + DAY)
    assert cache.put(link(OK, MONDAY + 4 * DAY)).history == History(MONDAY + 4 * DAY)


def test_a_cached_answer_brings_its_history(cache: Cache) -> None:
    cache.put(link(OK))
    cache.put(link(BROKEN, MONDAY + DAY))

    known = cache.get(LinkQuery(URL))

    assert known is not None
    assert known.history == History(MONDAY, 1, MONDAY + DAY)


def test_an_answer_told_twice_counts_once(cache: Cache) -> None:
    cache.put(link(BROKEN))

    assert cache.put(link(BROKEN)).history.failures == 1


def test_a_streak_outlives_its_answers(cache: Cache, clock: Clock) -> None:
    cache.put(link(OK))
    cache.put(link(BROKEN, MONDAY + DAY))
    clock.time = MONDAY + 60 * DAY
    cache.prune()

    assert cache.get(LinkQuery(URL)) is None
    assert cache.history(LinkQuery(URL)) == History(MONDAY, 1, MONDAY + DAY)
    assert cache.put(link(BROKEN, clock.time)).history == History(MONDAY, 2, MONDAY + DAY)


def test_a_failure_to_ask_brings_the_history_along(cache: Cache) -> None:
    cache.put(link(OK))
    failure = Answer(LinkQuery(URL), Failure(Reason.NETWORK, "offline"), "web", MONDAY + DAY)

    assert cache.put(failure).history == History(MONDAY)


def test_copies_are_remembered_a_month_and_their_absence_a_week(cache: Cache, clock: Clock) -> None:
    lacking = copy(NotFound("the archive has no copy"), year=None)
    for answer in (copy(TAKEN), lacking):
        cache.put(answer)

    known = {day: [cache.get(one.query) for one in (copy(TAKEN), lacking)] for day in _days(clock, 5, 10, 40)}

    assert [[answer.outcome if answer else None for answer in answers] for answers in known.values()] == [
        [TAKEN, lacking.outcome],
        [TAKEN, None],
        [None, None],
    ]


def test_copies_are_no_works(cache: Cache) -> None:
    for answer in (copy(TAKEN), copy(NotFound("the archive has no copy"), year=None)):
        cache.put(answer)

    assert list(cache.works()) == []
    assert list(cache.works([SnapshotQuery(URL, 2019), SnapshotQuery(URL, None)])) == []


def test_a_copy_told_about_a_work_is_not_given(cache: Cache) -> None:
    cache.put(replace(copy(TAKEN), query=RecordQuery("arxiv", "2410.21276")))
    cache.put(replace(work(GPT), query=SnapshotQuery(URL, 2019)))

    assert cache.get(RecordQuery("arxiv", "2410.21276")) is None
    assert cache.get(SnapshotQuery(URL, 2019)) is None


def _days(clock: Clock, *days: int) -> Iterator[int]:
    for day in days:
        clock.time = MONDAY + day * DAY
        yield day


def test_works_have_no_history(cache: Cache) -> None:
    assert cache.put(work(NotFound("-"))).history == History()


# -- for people --------------------------------------------------------------------------------


def test_show_tells_the_newest_observations_first(cache: Cache) -> None:
    cache.put(link(OK))
    cache.put(link(TIMEOUT, MONDAY + DAY))
    cache.put(link(BROKEN, MONDAY + 2 * DAY))

    shown = cache.show(URL)

    assert shown is not None
    assert [(seen.status, seen.code) for seen in shown.observations] == [
        (LinkStatus.BROKEN, 404),
        (LinkStatus.UNVERIFIED, None),
        (LinkStatus.OK, 200),
    ]
    assert shown.history == History(MONDAY, 1, MONDAY + 2 * DAY)
    assert shown.answer is not None
    assert shown.answer.outcome == BROKEN


def test_only_the_newest_ten_observations_are_remembered(cache: Cache) -> None:
    for days in range(14):
        cache.put(link(OK, MONDAY + days * DAY))

    shown = cache.show(URL)

    assert shown is not None
    assert [seen.seen_at for seen in shown.observations] == [MONDAY + days * DAY for days in range(13, 3, -1)]


def test_show_knows_works_by_their_key_and_says_when_they_are_stale(cache: Cache, clock: Clock) -> None:
    cache.put(work(GPT))
    clock.time = MONDAY + 31 * DAY

    shown = cache.show("arxiv:2410.21276")

    assert shown is not None
    assert (shown.fresh, shown.answer) == (False, replace(work(GPT), cached=True))
    assert cache.show("arxiv:2410.00000") is None


def test_find_takes_a_pattern_over_addresses_and_keys(cache: Cache) -> None:
    urls = ["https://example.org/a?b=[1]", "https://example.org/ab", "https://example.com/"]
    for url in urls:
        cache.put(link(OK, url=url))
    cache.put(work(GPT))

    def found(pattern: str) -> list[object]:
        return [one.query for one in cache.find(pattern)]

    assert found("https://example.org/*") == [LinkQuery(urls[0]), LinkQuery(urls[1])]
    assert found("https://example.org/a?b=[1]") == [LinkQuery(urls[0])]
    assert found("https://example.org/a?") == []
    assert found("arxiv:*") == [RecordQuery("arxiv", "2410.21276")]
    assert len(found("*")) == 4


def test_find_goes_on_beyond_one_page(cache: Cache) -> None:
    for n in range(1203):
        cache.put(work(NotFound("-"), name=f"2401.{n:05d}"))

    assert len({one.query for one in cache.find()}) == 1203


def test_forget_drops_answer_and_history(cache: Cache) -> None:
    cache.put(link(OK))
    cache.put(link(OK, url="https://example.com/"))

    assert cache.forget("https://example.org/*") == 1
    assert cache.show(URL) is None
    assert cache.show("https://example.com/") is not None


def test_prune_drops_what_is_stale_and_nothing_else(cache: Cache, clock: Clock) -> None:
    cache.put(link(BROKEN, url="https://example.com/"))
    cache.put(link(OK))
    cache.put(work(NotFound("-")))
    cache.put(work(GPT, name="2401.00001"))
    clock.time = MONDAY + 2 * DAY

    pruned = cache.prune()

    assert (pruned.links, pruned.works, pruned.histories) == (1, 1, 0)
    assert cache.get(LinkQuery(URL)) is not None
    assert cache.show("arxiv:2410.21276") is None
    assert cache.history(LinkQuery("https://example.com/")).failures == 1


def test_a_dry_run_of_prune_tells_the_same_and_drops_nothing(cache: Cache, clock: Clock) -> None:
    cache.put(link(BROKEN, url="https://example.com/"))
    cache.put(link(OK))
    cache.put(link(BROKEN, MONDAY - 400 * DAY, url="https://example.com/forgotten"))
    clock.time = MONDAY + 2 * DAY
    before = list(cache.find())

    told = cache.prune(dry_run=True)

    assert list(cache.find()) == before
    done = cache.prune()
    assert (told.links, told.works, told.histories) == (done.links, done.works, done.histories) == (2, 0, 1)


def test_prune_drops_fresh_answers_that_are_older_than_it_is_told(cache: Cache, clock: Clock) -> None:
    cache.put(link(OK, MONDAY, url=f"{URL}/old"))
    cache.put(link(OK, MONDAY + 3 * DAY, url=f"{URL}/new"))
    clock.time = MONDAY + 4 * DAY

    assert cache.prune().links == 0
    assert cache.prune(older_than=2 * DAY).links == 1
    assert cache.get(LinkQuery(f"{URL}/old")) is None
    assert cache.history(LinkQuery(f"{URL}/old")).last_ok == MONDAY
    assert cache.get(LinkQuery(f"{URL}/new")) is not None


def test_prune_gives_space_back(cache: Cache, clock: Clock) -> None:
    for number in range(500):
        cache.put(link(replace(OK, detail="x" * 500), url=f"{URL}/{number}"))
    clock.time = MONDAY + 400 * DAY

    pruned = cache.prune()

    assert pruned.links == pruned.histories == 500
    assert pruned.after < pruned.before / 3
    assert pruned.after == cache.stats().size


@given(st.sampled_from(Kept), st.integers(-40, 40), st.sampled_from([f"{URL}/{n}" for n in range(9)]))
def test_prune_and_get_agree_on_what_is_fresh(sort: Kept, days: int, key: str) -> None:
    ttl = Ttl(jitter=0.5)
    now, retrieved_at = MONDAY, microseconds(MONDAY - days * DAY)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(TABLE)
        database.execute(
            "INSERT INTO answers (key, spread, kept, retrieved_at) VALUES (?, ?, ?, ?)",
            (key, spread(key), sort.value, retrieved_at),
        )
        (found,) = database.execute(f"SELECT {fresh(ttl, now)} FROM answers").fetchone()

    assert bool(found) == is_fresh(sort.value, retrieved_at, spread(key), ttl, now)


def test_prune_forgets_addresses_that_nobody_asked_about_for_a_year(cache: Cache, clock: Clock) -> None:
    cache.put(link(BROKEN))
    clock.time = MONDAY + 367 * DAY
    cache.prune()

    assert cache.show(URL) is None


def test_clear_drops_everything(cache: Cache) -> None:
    cache.put(link(BROKEN))
    cache.put(work(GPT))
    cache.clear()

    assert list(cache.find()) == []
    assert cache.history(LinkQuery(URL)) == History()


def test_works_are_given_fresh_or_not_and_links_are_not(cache: Cache, clock: Clock) -> None:
    cache.put(link(OK))
    cache.put(work(GPT))
    cache.put(work(NotFound("-"), name="2410.99999"))
    clock.time = MONDAY + 90 * DAY
    asked = (LinkQuery(URL), RecordQuery("arxiv", "2410.99999"), RecordQuery("arxiv", "2401.00001"))

    assert [one.query for one in cache.works()] == [RecordQuery("arxiv", "2410.21276"), asked[1]]
    assert [one.query for one in cache.works(asked)] == [asked[1]]


def test_stats_count_by_kind_and_find_the_streaks(cache: Cache, clock: Clock) -> None:
    for n in range(3):
        cache.put(link(OK, url=f"{URL}/{n}"))
        cache.put(link(BROKEN, MONDAY + DAY, url=f"{URL}/{n}"))
    for days in (3, 5):
        cache.put(link(BROKEN, MONDAY + days * DAY, url=f"{URL}/0"))
    cache.put(link(BROKEN, MONDAY, url="https://never.example.org/"))
    cache.put(work(GPT))
    clock.time = MONDAY + 5 * DAY

    stats = cache.stats()

    assert stats.path == cache.path
    assert stats.size > 4096
    assert (stats.links.fresh, stats.links.stale, stats.links.oldest) == (1, 3, 5 * DAY)
    assert (stats.metadata.fresh, stats.metadata.stale) == (1, 0)
    assert (stats.streaks.failing, stats.streaks.longest, stats.streaks.confirmed) == (3, 4 * DAY, 1)
    assert cache.stats(confirm_after=1, confirm_days=0).streaks.confirmed == 3


def test_links_that_need_not_be_asked_are_counted(cache: Cache, clock: Clock) -> None:
    cache.put(link(OK, MONDAY, url=f"{URL}/old"))
    cache.put(link(OK, MONDAY + 10 * DAY, url=f"{URL}/new"))
    cache.put(work(GPT))
    clock.time = MONDAY + 20 * DAY

    assert cache.count_links(5) == 1
    assert cache.count_links(0) == 0


def test_stats_of_an_empty_cache(cache: Cache) -> None:
    stats = cache.stats()

    assert (stats.links.fresh, stats.links.stale, stats.links.oldest) == (0, 0, None)
    assert (stats.streaks.failing, stats.streaks.longest) == (0, None)


# -- rows that can't be read -------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "value = '{'",
        "value = NULL",
        'value = \'{"v":99,"is":"record"}\'',
        """value = '{"v":1,"is":"link","status":"ok","detail":""}'""",
        "kept = 'remembered'",
        "source = NULL",
        "retrieved_at = NULL",
        "retrieved_at = 'yesterday'",
        "retrieved_at = 9000000000000000000",
    ],
)
def test_a_row_that_cannot_be_read_is_absent_and_can_be_replaced(cache: Cache, damage: str) -> None:
    cache.put(work(GPT))
    _tamper(cache, f"UPDATE answers SET {damage}")

    assert cache.get(RecordQuery("arxiv", "2410.21276")) is None
    assert list(cache.works()) == []
    cache.put(work(GPT))
    assert cache.get(RecordQuery("arxiv", "2410.21276")) is not None


@pytest.mark.parametrize(
    "damage", ["last_ok = 'x'", "seen = '{'", "seen = '[[1]]'", 'seen = \'[[0,"?","",1]]\'']
)
def test_a_history_that_cannot_be_read_is_begun_anew(cache: Cache, damage: str) -> None:
    cache.put(link(OK))
    _tamper(cache, f"UPDATE answers SET {damage}")

    told = cache.put(link(BROKEN, MONDAY + DAY))

    assert told.history.failures == 1
    assert cache.stats().links.fresh == 1


def test_a_record_told_about_an_address_is_not_kept(cache: Cache) -> None:
    cache.put(Answer(LinkQuery(URL), Record("arxiv", "1", "T", ("A",)), "web", MONDAY))

    assert cache.show(URL) is None


def _tamper(cache: Cache, statement: str) -> None:
    with closing(sqlite3.connect(cache.path)) as database, database:
        database.execute(statement)


# -- misuse ------------------------------------------------------------------------------------


def test_a_time_without_a_zone_is_refused_and_leaves_no_half(cache: Cache) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        cache.put(link(OK, dt.datetime(2026, 1, 1)))  # noqa: DTZ001

    assert cache.show(URL) is None
    cache.put(link(OK))


def test_a_closed_cache_is_a_mistake_of_the_program_not_of_the_disk(cache: Cache) -> None:
    cache.close()

    with pytest.raises(sqlite3.ProgrammingError):
        cache.get(LinkQuery(URL))


def test_a_full_disk_is_told_with_its_cure(cache: Cache) -> None:
    cache._database.execute("PRAGMA max_page_count = 4")

    def fill() -> None:
        for n in range(500):
            cache.put(work(GPT, name=f"2401.{n:05d}"))

    with pytest.raises(StateError, match=r"v1\.sqlite: database or disk is full; free some space"):
        fill()

    assert cache.get(RecordQuery("arxiv", "2401.00000")) is not None
