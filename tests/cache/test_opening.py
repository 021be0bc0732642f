from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from enrich.cache import Cache
from enrich.errors import StateError
from enrich.models import History, LinkQuery, RecordQuery
from tests.cache.answers import DAY, GPT, MONDAY, OK, TIMEOUT, URL, link, work


def open_cache(folder: Path) -> Cache:
    return Cache.open(folder, now=lambda: MONDAY)


def test_the_folder_is_made_and_keeps_itself_out_of_git(tmp_path: Path) -> None:
    with open_cache(tmp_path / "a" / ".enrich_cache") as cache:
        assert cache.path == tmp_path / "a" / ".enrich_cache" / "v1.sqlite"
        assert cache.warnings == []

    assert (tmp_path / "a" / ".enrich_cache" / ".gitignore").read_text() == "*\n"


def test_a_gitignore_that_a_person_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.sqlite\n")

    open_cache(tmp_path).close()

    assert (tmp_path / ".gitignore").read_text() == "*.sqlite\n"


def test_what_a_program_that_was_killed_left_there_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".enrich-0123456789abcdef.tmp").write_bytes(b"{")

    open_cache(tmp_path).close()

    assert not list(tmp_path.glob("*.tmp"))


def test_what_was_put_is_there_after_opening_again(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        cache.put(work(GPT))

    with open_cache(tmp_path) as cache:
        assert cache.get(RecordQuery("arxiv", "2410.21276")) is not None


@pytest.mark.parametrize(
    "content", [b"this is no database at all, " * 200, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_set_aside_and_told_of(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v1.sqlite").write_bytes(content)
    (tmp_path / "v1.sqlite.corrupt-1").write_bytes(b"an older one")

    with open_cache(tmp_path) as cache:
        cache.put(link(OK))

        assert len(cache.warnings) == 1
        assert "v1.sqlite was damaged" in cache.warnings[0]
        assert "kept as v1.sqlite.corrupt-2, and a new cache was begun" in cache.warnings[0]
        assert cache.get(LinkQuery(URL)) is not None
    assert (tmp_path / "v1.sqlite.corrupt-2").read_bytes() == content
    assert (tmp_path / "v1.sqlite.corrupt-1").read_bytes() == b"an older one"


def test_damage_found_in_the_midst_of_a_run_does_not_end_it(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        for n in range(300):
            cache.put(work(GPT, name=f"2401.{n:05d}"))
    pages = bytearray((tmp_path / "v1.sqlite").read_bytes())
    pages[4096:] = b"\xa5" * (len(pages) - 4096)
    (tmp_path / "v1.sqlite").write_bytes(pages)

    with open_cache(tmp_path) as cache:
        assert cache.get(RecordQuery("arxiv", "2401.00042")) is None
        cache.put(work(GPT))

        assert cache.get(RecordQuery("arxiv", "2410.21276")) is not None
        assert len(cache.warnings) == 1
    assert (tmp_path / "v1.sqlite.corrupt-1").read_bytes() == bytes(pages)


def test_an_empty_file_is_a_new_cache(tmp_path: Path) -> None:
    (tmp_path / "v1.sqlite").touch()

    with open_cache(tmp_path) as cache:
        cache.put(link(OK))

        assert cache.warnings == []


def test_a_file_from_a_newer_enrich_is_refused_untouched(tmp_path: Path) -> None:
    open_cache(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "v1.sqlite")) as database:
        database.execute("PRAGMA user_version = 7")

    with pytest.raises(StateError, match=r"newer enrich \(schema 7, this one knows 1\); upgrade enrich"):
        open_cache(tmp_path)


def test_the_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "v1.sqlite")) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")

    with pytest.raises(
        StateError, match=r"another program's database; choose another folder with --cache-dir"
    ):
        open_cache(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_told_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")

    with pytest.raises(StateError, match=r"cache: File exists; choose another folder with --cache-dir"):
        open_cache(tmp_path / "cache")


def test_a_folder_that_cannot_be_written_is_told_with_the_cure() -> None:
    with pytest.raises(StateError, match=r"choose another folder with --cache-dir"):
        open_cache(Path("/proc/enrich"))


def test_a_database_that_another_process_holds_is_told_as_such(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache, closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        cache._database.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")

        cache.put(link(OK))
        with pytest.raises(StateError, match="another process holds it"):
            cache.flush()

        assert cache._database.execute("PRAGMA busy_timeout").fetchone() == (500,)
        other.execute("ROLLBACK")
        cache.flush()
        assert cache.get(link(OK).query) is not None


def test_a_folder_in_the_place_of_the_file_is_told_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "v1.sqlite").mkdir()

    with pytest.raises(StateError, match=r"v1\.sqlite: unable to open database file; make it writable"):
        open_cache(tmp_path)


def test_a_file_without_the_newest_column_gets_it_and_keeps_its_answers(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        cache.put(link(OK))
    with closing(sqlite3.connect(tmp_path / "v1.sqlite")) as database:
        database.execute("ALTER TABLE answers DROP COLUMN unverified_since")

    with open_cache(tmp_path) as cache:
        timed_out = cache.put(link(TIMEOUT, MONDAY + DAY))

        assert timed_out.history == History(MONDAY, unverified_since=MONDAY + DAY)
        assert cache.get(LinkQuery(URL)) is not None
