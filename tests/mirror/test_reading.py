"""The mirror answers with what it has, and is silent about everything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from enrich.cache import MIRROR
from enrich.mirror import reading
from enrich.mirror.importing import import_file
from enrich.mirror.pages import Page, read_page
from enrich.mirror.reading import Mirror
from enrich.mirror.writing import writing
from enrich.models import (
    Candidates,
    CitationsQuery,
    LinkQuery,
    PublishedQuery,
    Record,
    RecordQuery,
    SearchQuery,
)
from enrich.sources.arxiv import Feed, parse_feed
from tests.internet.arxiv_api import ArxivApi
from tests.internet.oai_api import OaiApi
from tests.internet.replies import Reply
from tests.internet.samples import SAMPLES
from tests.internet.traffic import Request
from tests.mirror.snapshots import TODAY, imported, line, mirror_of, write
from tests.mirror.test_pages import asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from enrich.models import Query

SHEEP = "Counting Sheep with Neural Networks"


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = Mirror(mirror_of(tmp_path, SAMPLES))
    yield opened
    opened.close()


def record(mirror: Mirror, name: str) -> Record | None:
    answer = mirror.get(RecordQuery("arxiv", name))
    return answer.outcome if answer and isinstance(answer.outcome, Record) else None


def listed(mirror: Mirror, title: str, surname: str = "") -> list[str]:
    answer = mirror.get(SearchQuery(title, surname))
    return (
        [one.id for one in answer.outcome.records]
        if answer and isinstance(answer.outcome, Candidates)
        else []
    )


def test_a_record_says_where_it_is_from_and_of_which_day(mirror: Mirror) -> None:
    answer = mirror.get(RecordQuery("arxiv", "2401.90001"))

    assert answer
    assert (answer.source, answer.cached) == (MIRROR, True) == ("arXiv mirror", True)
    assert answer.retrieved_at == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_a_paper_is_the_same_whether_the_api_a_snapshot_or_oai_pmh_tells_of_it(mirror: Mirror) -> None:
    ids = [sample["id"] for sample in SAMPLES]
    address = f"/api/query?id_list={','.join(ids)}&max_results=9"
    answer = ArxivApi(SAMPLES).answer(
        Request("GET", "https", "export.arxiv.org", 443, address, (), b"", 1, 0.0)
    )
    assert isinstance(answer, Reply)
    feed = parse_feed(answer.body, ids)
    assert isinstance(feed, Feed)
    oai = OaiApi()
    oai.page = 9
    oai.changed("2026-11-01", SAMPLES)
    page = read_page(asked(oai))
    assert isinstance(page, Page)
    harvested = {paper.id: paper.record for paper in page.papers}

    for name, told in feed.records:
        assert isinstance(told, Record)
        of_snapshot, of_oai = record(mirror, name), harvested[name]
        assert of_snapshot
        assert of_oai
        # What the API does not tell.
        assert replace(of_snapshot, versions=(), license=None) == told
        assert replace(of_oai, versions=(), license=None) == told
        assert len(of_oai.versions) == told.version


def test_what_a_mirror_cannot_know_it_leaves_to_others(mirror: Mirror) -> None:
    queries: tuple[Query, ...] = (
        RecordQuery("arxiv", "2401.99999"),
        RecordQuery("arxiv", "2401.90001v1"),
        RecordQuery("arxiv", "2401.90001v4"),
        RecordQuery("doi", "10.5555/barn.1"),
        CitationsQuery("openalex", "arxiv", "2401.90001"),
        PublishedQuery("dblp", "2401.90001", SHEEP, "sleepwell"),
        LinkQuery("https://arxiv.org/abs/2401.90001"),
    )

    assert [mirror.get(query) for query in queries] == [None] * len(queries)
    newest = mirror.get(RecordQuery("arxiv", "2401.90001v3"))
    assert newest
    assert newest.outcome == record(mirror, "2401.90001")


def test_old_identifiers_are_no_versions(mirror: Mirror) -> None:
    found = record(mirror, "astro-ph/0601999")

    assert found
    assert found.title == "The Sheep Nebula"


@pytest.mark.parametrize(
    ("title", "surname", "found"),
    [
        (SHEEP, "sleepwell", ["2401.90001"]),
        (SHEEP.lower(), "arnes", ["2401.90001"]),
        (SHEEP, "", ["2401.90001"]),
        ("Counting Sheeps with Neural Networks", "sleepwell", ["2401.90001"]),
        (SHEEP, "wolf", []),
        ("Counting Goats with Neural Networks", "sleepwell", []),
        ("BARN: Pre-training of deep flocks at α < 1 & beyond", "field", ["2402.90003"]),
        ("", "sleepwell", []),
    ],
)
def test_a_title_is_answered_where_title_and_author_are_those_of_a_paper(
    mirror: Mirror, title: str, surname: str, found: list[str]
) -> None:
    assert listed(mirror, title, surname) == found


def test_twins_are_listed_together(tmp_path: Path) -> None:
    twins: list[dict[str, Any]] = [
        {"id": "2001.00001", "title": "On Sheep", "authors": ["Ada Sleepwell"]},
        {"id": "2001.00002", "title": "On sheep", "authors": ["Bo Wolf"]},
        {"id": "2001.00003", "title": "On Goats", "authors": ["Ada Sleepwell"]},
    ]
    mirror = Mirror(mirror_of(tmp_path, twins))

    assert listed(mirror, "On Sheep", "sleepwell") == ["2001.00001", "2001.00002"]
    mirror.close()


def test_a_long_list_is_narrowed_to_the_authors_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LISTED", 2)
    prefaces = [
        {"id": f"2001.{number:05}", "title": "Preface", "authors": [author]}
        for number, author in enumerate(("A. Wolf", "B. Wolf", "C. Fox", "D. Wolf", "E. Fox"), 1)
    ]
    mirror = Mirror(mirror_of(tmp_path, prefaces))

    assert listed(mirror, "Preface", "fox") == ["2001.00003", "2001.00005"]
    assert listed(mirror, "Preface", "wolf") == []
    mirror.close()


def test_titles_are_not_searched_while_the_first_import_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "arxiv.sqlite"
    with writing(file) as writer:
        writer.prepare(lambda _done, _of: None)
        monkeypatch.setattr(writer, "finish", lambda _facts: None)
        snapshot = write(tmp_path / "snapshot", map(line, SAMPLES))
        import_file(snapshot, writer, TODAY, tell=lambda _: None, show=lambda *_: None)
    mirror = Mirror(file)

    assert record(mirror, "2401.90001")
    assert listed(mirror, SHEEP, "sleepwell") == []
    assert mirror.notes == []
    mirror.close()


def test_an_index_of_another_enrich_is_told_once_and_not_searched(tmp_path: Path) -> None:
    file = mirror_of(tmp_path, SAMPLES)
    with writing(file) as writer:
        writer.facts.put({"forms": "of another enrich"})
    mirror = Mirror(file)

    assert listed(mirror, SHEEP, "sleepwell") == listed(mirror, SHEEP) == []
    assert record(mirror, "2401.90001")
    (note,) = mirror.notes
    assert "`enrich mirror update` indexes them anew" in note
    mirror.close()


def test_another_state_has_another_digest(tmp_path: Path) -> None:
    file = mirror_of(tmp_path, SAMPLES)
    before, again = Mirror(file), Mirror(file)

    imported(file, write(tmp_path / "more", [line(SAMPLES[0], "2026-11-09", comments="10 pages")]))

    after = Mirror(file)
    assert before.digest == again.digest != after.digest
    for one in (before, again, after):
        one.close()


# -- trouble -----------------------------------------------------------------------------------


def test_a_mirror_that_is_not_there_knows_nothing_and_says_so(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path / "arxiv.sqlite")

    assert mirror.get(RecordQuery("arxiv", "2401.90001")) is None
    assert mirror.notes == [
        f"the mirror is not used: {tmp_path}/arxiv.sqlite: no such file; `enrich mirror import FILE` makes it"
    ]
    assert not (tmp_path / "arxiv.sqlite").exists()


@pytest.mark.parametrize("content", [b"no database at all, but quite long" * 400, b""])
def test_a_file_that_is_no_mirror_knows_nothing_and_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "arxiv.sqlite").write_bytes(content)

    mirror = Mirror(tmp_path / "arxiv.sqlite")

    assert mirror.get(RecordQuery("arxiv", "2401.90001")) is None
    (note,) = mirror.notes
    assert note.startswith("the mirror is not used: ")
    assert (tmp_path / "arxiv.sqlite").read_bytes() == content


def test_damage_in_the_middle_ends_the_mirrors_part_in_the_run(tmp_path: Path) -> None:
    many = [dict(SAMPLES[0], id=f"2401.{number:05}") for number in range(1, 2_000)]
    file = mirror_of(tmp_path, many)
    content = bytearray(file.read_bytes())
    content[3 * 8192 : len(content) // 8192 * 8192] = b"\xa5" * (len(content) // 8192 * 8192 - 3 * 8192)
    file.write_bytes(content)

    mirror = Mirror(file)

    assert record(mirror, "2401.00007") is None
    assert record(mirror, "2401.00008") is None
    (note,) = mirror.notes
    assert "mirror" in note
    assert "`enrich mirror import FILE` builds a new one" in note


def test_a_record_that_is_spoilt_ends_it_too(tmp_path: Path) -> None:
    file = mirror_of(tmp_path, SAMPLES)
    with writing(file) as writer:
        writer._database.execute("UPDATE papers SET record = x'00' WHERE id = '2401.90001'")
    mirror = Mirror(file)

    assert record(mirror, "2401.90001") is None
    assert record(mirror, "2401.90002") is None
    assert len(mirror.notes) == 1


def test_it_is_read_while_it_is_written(tmp_path: Path) -> None:
    file = mirror_of(tmp_path, SAMPLES)

    with writing(file) as writer:
        writer.facts.put({"anything": "1"})
        mirror = Mirror(file)
        assert record(mirror, "2401.90001")
        mirror.close()

    assert [one.name for one in tmp_path.glob("arxiv.sqlite*")] == ["arxiv.sqlite"]
