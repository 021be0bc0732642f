from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.cache import Cache, Exported, Memory, Snapshot, write_snapshot
from enrich.models import Answer, History, LinkQuery, NotFound, Query, RecordQuery
from tests.cache.answers import BROKEN, DAY, GPT, MONDAY, OK, URL, link, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUERY = RecordQuery("arxiv", "2410.21276")


class Mirror:
    def __init__(self, *answers: Answer) -> None:
        self.answers = {answer.query: replace(answer, source="mirror", cached=True) for answer in answers}

    def get(self, query: Query) -> Answer | None:
        return self.answers.get(query)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache.open(tmp_path / "cache", now=lambda: MONDAY) as cache:
        yield cache


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    write_snapshot(tmp_path / "starter.jsonl", [work(GPT)])
    return Snapshot.load([tmp_path / "starter.jsonl"])


def test_snapshots_come_before_the_cache_and_the_cache_before_the_mirror(
    cache: Cache, snapshot: Snapshot
) -> None:
    cache.put(work(NotFound("in the cache")))
    cache.put(work(NotFound("in the cache"), name="2401.00001"))
    mirror = Mirror(*(work(GPT, name=name) for name in ("2410.21276", "2401.00001", "2401.00002")))
    memory = Memory(cache, snapshot=snapshot, mirror=mirror)

    def told(name: str) -> tuple[str, str] | None:
        answer = memory.get(RecordQuery("arxiv", name))
        return (answer.source, type(answer.outcome).__name__) if answer else None

    assert told("2410.21276") == ("arxiv", "Record")
    assert told("2401.00001") == ("arxiv", "NotFound")
    assert told("2401.00002") == ("mirror", "Record")
    assert told("2401.00003") is None


def test_what_was_known_later_than_the_mirror_goes_over_it_even_when_it_is_no_longer_fresh(
    tmp_path: Path,
) -> None:
    later = MONDAY + 100 * DAY
    with Cache.open(tmp_path / "cache", now=lambda: later) as cache:
        cache.put(work(GPT, MONDAY))
        newer, older = (Mirror(work(GPT, MONDAY + age)) for age in (DAY, -DAY))

        assert cache.get(QUERY) is None
        assert Memory(cache, mirror=newer).get(QUERY) is not None
        assert Memory(cache, mirror=older).get(QUERY) is None
        assert Memory(None, mirror=older).get(QUERY) is not None


def test_what_is_put_is_known_afterwards(cache: Cache) -> None:
    memory = Memory(cache)

    assert memory.put(link(OK)).history == History(MONDAY)
    assert memory.get(LinkQuery(URL)) is not None


def test_an_empty_snapshot_hides_nothing(cache: Cache, tmp_path: Path) -> None:
    write_snapshot(tmp_path / "empty.jsonl", [])
    cache.put(work(GPT))

    memory = Memory(cache, snapshot=Snapshot.load([tmp_path / "empty.jsonl"]))

    assert memory.get(QUERY) is not None


def test_offline_nothing_is_written_but_what_is_remembered_comes_along(cache: Cache) -> None:
    cache.put(link(OK))

    told = Memory(cache, offline=True).put(link(BROKEN, MONDAY + DAY))

    assert told.history == History(MONDAY)
    assert cache.history(LinkQuery(URL)) == History(MONDAY)


def test_without_a_cache_nothing_is_remembered(snapshot: Snapshot) -> None:
    memory = Memory(None, snapshot=snapshot)

    assert memory.put(link(OK)) == link(OK)
    assert memory.get(LinkQuery(URL)) is None
    assert memory.get(QUERY) is not None


def test_an_export_holds_what_snapshot_and_cache_know(
    cache: Cache, snapshot: Snapshot, tmp_path: Path
) -> None:
    cache.put(link(OK))
    cache.put(work(NotFound("-"), name="2401.00001"))
    cache.put(work(GPT, name="2401.00002"))
    memory = Memory(cache, snapshot=snapshot)
    asked = (LinkQuery(URL), QUERY, RecordQuery("arxiv", "2401.00001"))

    assert memory.export(tmp_path / "all.jsonl") == Exported(3, 0)
    assert memory.export(tmp_path / "some.jsonl", asked) == Exported(2, 0)
    assert set(Snapshot.load([tmp_path / "some.jsonl"]).works()) == {memory.get(query) for query in asked[1:]}


def test_an_export_renews_what_the_cache_knows_better(
    cache: Cache, snapshot: Snapshot, tmp_path: Path
) -> None:
    cache.put(work(replace(GPT, version=2), MONDAY + DAY))

    Memory(cache, snapshot=snapshot).export(tmp_path / "new.jsonl")

    told = Snapshot.load([tmp_path / "new.jsonl"]).get(QUERY)
    assert told is not None
    assert told.outcome == replace(GPT, version=2, abstract=None)


def test_an_export_of_all_from_a_mere_cache(cache: Cache, tmp_path: Path) -> None:
    cache.put(work(GPT))

    assert Memory(cache).export(tmp_path / "new.jsonl", abstracts=True) == Exported(1, 0)
