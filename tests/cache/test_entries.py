"""What came of whole entries is there as long as everything under it is as it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from enrich.cache import Cache, Entry, Kept, Situation, State, Ttl
from enrich.cache.rows import TABLE
from enrich.models import Answer, History
from tests.cache.answers import BROKEN, DAY, GPT, MONDAY, OK, TIMEOUT, URL, link, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HERE = Situation("", "everything else", MONDAY.date())
PATH = "entries/ä\udce4.md"


@dataclass
class Clock:
    now: dt.datetime = MONDAY

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Iterator[Cache]:
    with Cache.open(tmp_path, now=clock, ttl=Ttl(jitter=0)) as cache:
        yield cache


def keep(
    cache: Cache,
    *answers: Answer,
    where: Situation = HERE,
    path: str = PATH,
    is_of_the_day: bool = False,
) -> None:
    state = State("as it is")
    entry = Entry(path, "its times", state, answers, "what came of it", "its links", is_of_the_day)
    cache.keep_entries(where, [entry])


def known(cache: Cache, where: Situation = HERE, path: str = PATH) -> bool:
    expected = {path: Kept("its times", State("as it is"), "what came of it", None)}
    return cache.entries(where, [path, "another.md"]) == expected


def test_what_rests_on_no_answer_stands(cache: Cache, clock: Clock) -> None:
    keep(cache)

    clock.now = MONDAY + 7 * DAY

    assert known(cache)


def test_what_may_be_another_tomorrow_stands_for_the_day(cache: Cache, clock: Clock) -> None:
    keep(cache, is_of_the_day=True)

    clock.now = dt.datetime.combine(MONDAY, dt.time.max, dt.UTC)
    assert known(cache)
    clock.now += dt.timedelta(microseconds=1)
    assert not known(cache)


def test_what_was_found_on_a_day_is_not_known_on_the_one_before(cache: Cache, clock: Clock) -> None:
    keep(cache)

    clock.now = dt.datetime.combine(MONDAY, dt.time(), dt.UTC) - dt.timedelta(microseconds=1)

    assert not known(cache)


def test_what_rests_on_answers_stands_as_long_as_the_first_of_them_is_fresh(
    cache: Cache, clock: Clock
) -> None:
    keep(cache, cache.put(link(OK)), cache.put(link(BROKEN, url=f"{URL}b")), cache.put(work(GPT)))

    clock.now = MONDAY + DAY - dt.timedelta(microseconds=1)
    assert known(cache)
    clock.now = MONDAY + DAY
    assert cache.get(link(BROKEN, url=f"{URL}b").query) is None
    assert not known(cache)


def test_a_clock_that_was_put_back_makes_nothing_fresh(cache: Cache, clock: Clock) -> None:
    keep(cache, cache.put(link(OK)))

    clock.now = MONDAY - 2 * DAY

    assert cache.get(link(OK).query) is None
    assert not known(cache)


@pytest.mark.parametrize(
    "change",
    [
        lambda cache: cache.put(link(BROKEN, MONDAY + DAY)),
        lambda cache: cache.put(link(TIMEOUT, MONDAY + DAY)),
        lambda cache: cache.put(link(OK, MONDAY + DAY)),
        lambda cache: cache.forget(URL),
        lambda cache: cache.clear(),
    ],
    ids=["another answer", "none could be had", "the same, later", "forgotten", "all forgotten"],
)
def test_with_the_first_change_to_an_answer_it_is_gone(
    cache: Cache, change: Callable[[Cache], object]
) -> None:
    keep(cache, cache.put(link(OK)), cache.put(work(GPT)))
    keep(cache, cache.put(link(OK, url=f"{URL}b")), path="other.md")

    change(cache)
    cache.flush()

    assert not known(cache)


def test_a_program_that_knows_nothing_of_entries_ends_them_too(cache: Cache, tmp_path: Path) -> None:
    keep(cache, cache.put(work(GPT)))

    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        database.execute("UPDATE answers SET retrieved_at = retrieved_at + 1")
    database.close()

    assert not known(cache)


def test_what_is_under_other_entries_changes_nothing(cache: Cache) -> None:
    keep(cache, cache.put(link(OK)))

    cache.put(link(BROKEN, url=f"{URL}b"))
    cache.flush()

    assert known(cache)


@pytest.mark.parametrize(
    "answer",
    [
        link(OK, MONDAY - DAY),
        link(BROKEN),
        replace(link(OK), source="github"),
        replace(link(OK), history=History(MONDAY, 2, MONDAY)),
        link(OK, url="https://example.org/never-asked"),
        work(GPT),
    ],
    ids=["another time", "another answer", "another source", "another history", "not there", "another kind"],
)
def test_what_rests_on_something_else_than_is_kept_is_not_remembered(cache: Cache, answer: Answer) -> None:
    kept = cache.put(link(OK))
    keep(cache, kept)

    keep(cache, kept, answer)

    assert not known(cache)


def test_an_answer_that_is_not_to_be_kept_bears_nothing(cache: Cache) -> None:
    keep(cache, cache.put(link(TIMEOUT)))

    assert not known(cache)


@pytest.mark.parametrize("other", [replace(HERE, catalogue="another"), replace(HERE, context="another")])
def test_in_other_circumstances_nothing_is_known(cache: Cache, other: Situation) -> None:
    keep(cache)

    assert not known(cache, other)


def test_one_path_has_one_outcome_a_catalogue(cache: Cache) -> None:
    elsewhere = replace(HERE, catalogue="another")
    keep(cache)
    keep(cache, where=elsewhere)
    keep(cache, where=replace(HERE, context="other rules"))

    assert not known(cache)
    assert known(cache, elsewhere)


def test_of_files_that_are_gone_nothing_is_left(cache: Cache) -> None:
    elsewhere = replace(HERE, catalogue="another")
    keep(cache)
    keep(cache, path="b.md")
    keep(cache, where=elsewhere, path="b.md")

    cache.tidy_entries(HERE, [PATH])

    assert known(cache)
    assert not known(cache, path="b.md")
    assert known(cache, elsewhere, "b.md")


def test_a_run_over_some_entries_leaves_the_others(cache: Cache) -> None:
    keep(cache)

    cache.tidy_entries(HERE, None)

    assert known(cache)


def test_of_other_days_of_the_month_it_is_left(cache: Cache) -> None:
    keep(cache, cache.put(link(OK)))

    cache.tidy_entries(replace(HERE, catalogue="another", day=HERE.day + DAY), None)

    assert known(cache)


@pytest.mark.parametrize("days", [-1, 31])
def test_of_months_gone_by_nothing_is_left(cache: Cache, tmp_path: Path, days: int) -> None:
    keep(cache, cache.put(link(OK)))

    cache.tidy_entries(replace(HERE, catalogue="another", day=HERE.day + days * DAY), None)

    assert not known(cache)
    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        for table in ("outcomes", "details", "grounds"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    database.close()


def test_they_are_counted(cache: Cache) -> None:
    keep(cache)

    assert cache.stats().entries == 1


def test_a_file_of_an_older_program_gets_them(tmp_path: Path, clock: Clock) -> None:
    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        database.execute(TABLE)
        database.execute(f"PRAGMA application_id = {0x656E7269}")
        database.execute("PRAGMA user_version = 1")
    database.close()

    with Cache.open(tmp_path, now=clock, ttl=Ttl(jitter=0)) as cache:
        keep(cache, cache.put(link(OK)))
        cache.put(link(BROKEN))

        assert not known(cache)


def test_details_are_read_where_they_are_asked_for(cache: Cache, tmp_path: Path) -> None:
    keep(cache)

    assert cache.entries(HERE, [PATH], details=True)[PATH].details == "its links"

    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        database.execute("UPDATE details SET value = 'damage'")
    database.close()
    assert cache.entries(HERE, [PATH], details=True)[PATH].details is None


def test_a_file_gets_another_signature_while_it_holds_the_same(cache: Cache) -> None:
    keep(cache)
    keep(cache, path="b.md")

    cache.sign_entries(HERE, [(PATH, "later times", "as it is"), ("b.md", "later times", "as it was")])

    kept = cache.entries(HERE, [PATH, "b.md"])
    assert (kept[PATH].signature, kept["b.md"].signature) == ("later times", "its times")


def test_what_an_older_program_kept_is_dropped(tmp_path: Path, clock: Clock) -> None:
    Cache.open(tmp_path, now=clock).close()
    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        database.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, value TEXT)")
        database.execute("CREATE TABLE rests (key TEXT, entry INTEGER)")
        database.execute(
            "CREATE TRIGGER answer_changed AFTER UPDATE ON answers BEGIN DELETE FROM entries; END"
        )
    database.close()

    with Cache.open(tmp_path, now=clock) as cache:
        cache.put(link(OK))
        cache.put(link(OK, MONDAY + DAY))
        keep(cache)
        assert known(cache)

    with sqlite3.connect(tmp_path / "v1.sqlite") as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert names.isdisjoint({"entries", "rests", "answer_changed"})
