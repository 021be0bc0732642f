"""A snapshot is imported whole, whatever it is packed with and however often it is interrupted."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import lzma
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest

from enrich.errors import StateError, UsageError
from enrich.mirror import importing, streams
from enrich.mirror.census import census
from enrich.mirror.importing import import_file
from enrich.mirror.reading import Mirror
from enrich.mirror.writing import writing
from enrich.models import Record, RecordQuery
from tests.internet.samples import SAMPLES
from tests.mirror.snapshots import TODAY, imported, line, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LINES = [line(record) for record in SAMPLES]
TEXT = "".join(f"{one}\n" for one in LINES).encode()


def title_of(mirror: Path, name: str) -> str | None:
    opened = Mirror(mirror)
    answer = opened.get(RecordQuery("arxiv", name))
    opened.close()
    assert not opened.notes
    return answer.outcome.title if answer and isinstance(answer.outcome, Record) else None


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.md", "a snapshot")
        archive.writestr("arxiv-metadata-oai-snapshot.json", TEXT)


PACKED: dict[str, Callable[[Path], object]] = {
    "plain": lambda path: path.write_bytes(TEXT),
    "without a last line break": lambda path: path.write_bytes(TEXT.rstrip()),
    "with blank lines": lambda path: path.write_bytes(b"\n" + TEXT.replace(b"\n", b"\r\n\r\n")),
    "gzip": lambda path: path.write_bytes(gzip.compress(TEXT)),
    "bzip2": lambda path: path.write_bytes(bz2.compress(TEXT)),
    "xz": lambda path: path.write_bytes(lzma.compress(TEXT)),
    "zip": zipped,
}


@pytest.mark.parametrize("packed", PACKED)
def test_every_paper_is_there_whatever_the_file_is_packed_with(tmp_path: Path, packed: str) -> None:
    PACKED[packed](tmp_path / "file")

    done = imported(tmp_path / "arxiv.sqlite", tmp_path / "file")

    assert (done.written.new, done.broken, done.newest) == (len(SAMPLES), 0, dt.date(2026, 11, 1))
    for record in SAMPLES:
        assert title_of(tmp_path / "arxiv.sqlite", record["id"]) == record["title"]
    found = census(tmp_path / "arxiv.sqlite")
    assert found
    assert (found.papers, found.whole_on, found.importing) == (len(SAMPLES), dt.date(2026, 11, 1), None)


def test_a_broken_line_costs_one_message(tmp_path: Path) -> None:
    file = write(tmp_path / "file", [LINES[0], "{", LINES[1], '{"id": 7}', LINES[2]])
    told: list[str] = []

    done = imported(tmp_path / "arxiv.sqlite", file, tell=told.append)

    assert (done.written.new, done.broken) == (3, 2)
    assert told == [
        f"{file}:2: not read: it is no JSON (Expecting property name enclosed in double quotes at column 2)",
        f"{file}:4: not read: `id` is no text",
    ]


def test_a_line_without_end_is_one_broken_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST", 4_000)
    file = write(tmp_path / "file", [LINES[0], "x" * 9_000, LINES[1]])

    done = imported(tmp_path / "arxiv.sqlite", file)

    assert (done.written.new, done.broken) == (2, 1)


class KilledError(Exception):
    pass


def killed_after(mirror: Path, file: Path, batches: int) -> None:
    """An import that ends without a word after so many batches."""
    left = iter(range(batches - 1))

    def show(*_: int) -> None:
        if next(left, None) is None:
            raise KilledError

    with writing(mirror) as writer:
        writer.prepare(lambda _done, _of: None)
        with pytest.raises(KilledError):
            import_file(file, writer, TODAY, tell=lambda _: None, show=show)


@pytest.mark.parametrize("packed", ["plain", "gzip", "zip"])
def test_an_interrupted_import_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: str
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    mirror, file = tmp_path / "arxiv.sqlite", tmp_path / "file"
    PACKED[packed](file)
    killed_after(mirror, file, batches=2)
    between = census(mirror)

    done = imported(mirror, file)

    assert between
    assert (between.papers, between.importing, between.whole_on) == (4, "file, line 4", None)
    assert (done.resumed_behind, done.papers, done.written.new) == (4, 2, 2)
    assert [title_of(mirror, record["id"]) for record in SAMPLES] == [record["title"] for record in SAMPLES]


def test_another_file_is_begun_at_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    mirror = tmp_path / "arxiv.sqlite"
    killed_after(mirror, write(tmp_path / "one", LINES), batches=1)

    done = imported(mirror, write(tmp_path / "other", LINES[::-1]))

    assert (done.resumed_behind, done.papers) == (0, len(SAMPLES))
    assert (done.written.new, done.written.unchanged) == (4, 2)


def test_the_newer_state_of_a_paper_stays_whichever_comes_first(tmp_path: Path) -> None:
    mirror = tmp_path / "arxiv.sqlite"
    new = line(SAMPLES[0], "2026-11-20", title="A New Title")
    old = line(SAMPLES[0], "2020-01-01", title="An Old Title")

    imported(mirror, write(tmp_path / "new", [old, new, old]))
    done = imported(mirror, write(tmp_path / "old", [old]))

    assert done.written.unchanged == 1
    assert title_of(mirror, "2401.90001") == "A New Title"
    assert done.newest == dt.date(2026, 11, 20)


def test_a_day_that_lies_ahead_is_no_place_to_go_on_from(tmp_path: Path) -> None:
    lines = [line(SAMPLES[0], "2026-11-20"), line(SAMPLES[1], "2099-01-01")]

    assert imported(tmp_path / "arxiv.sqlite", write(tmp_path / "file", lines)).newest == dt.date(
        2026, 11, 20
    )


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_can_be_read_of_a_file_that_is_cut_short_is_kept(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    many = [line(dict(SAMPLES[0], id=f"2401.{number:05}")) for number in range(1, 1_500)]
    content = pack("".join(f"{one}\n" for one in many).encode())
    (tmp_path / "file").write_bytes(content[: len(content) * 9 // 10])

    with pytest.raises(UsageError, match=r"can't be read on behind line [0-9,]+: "):
        imported(tmp_path / "arxiv.sqlite", tmp_path / "file")

    found = census(tmp_path / "arxiv.sqlite")
    assert found
    assert found.whole_on is None
    (tmp_path / "whole").write_bytes(content)
    assert imported(tmp_path / "arxiv.sqlite", tmp_path / "whole").papers == len(many)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "holds no paper"),
        (["{}"] * 5, "holds no paper"),
        (["root:x:0:0"] * 1_001, r"none of its first 1,000 lines holds a paper \(line 1,000: it is no JSON"),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_leaves_no_trace(
    tmp_path: Path, lines: Sequence[str], why: str
) -> None:
    mirror = tmp_path / "arxiv.sqlite"

    with pytest.raises(UsageError, match=why):
        imported(mirror, write(tmp_path / "file", lines))

    found = census(mirror)
    assert found
    assert (found.papers, found.importing) == (0, None)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read: No such file or directory"):
        imported(tmp_path / "arxiv.sqlite", tmp_path / "missing")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("PRAGMA user_version = 99", r"from a newer enrich \(schema 99, this one knows 1\); upgrade enrich"),
        (
            "PRAGMA user_version = 0",
            r"from an older enrich \(schema 0, this one writes 1\); .* builds a new one",
        ),
        ("PRAGMA application_id = 1", "no mirror of enrich's; choose another place"),
    ],
)
def test_a_file_of_another_program_or_schema_is_left_alone(tmp_path: Path, change: str, why: str) -> None:
    mirror, file = tmp_path / "arxiv.sqlite", write(tmp_path / "file", LINES)
    imported(mirror, file)
    database = sqlite3.connect(mirror)
    database.execute(change)
    database.close()
    before = mirror.read_bytes()

    for use in (lambda: imported(mirror, file), lambda: census(mirror)):
        with pytest.raises(StateError, match=why):
            use()

    assert mirror.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("")

    with pytest.raises(StateError, match="choose another place"):
        imported(tmp_path / "no-folder" / "arxiv.sqlite", write(tmp_path / "file", LINES))


def test_what_is_refused_while_it_is_written_to_is_told(tmp_path: Path) -> None:
    def prepared() -> None:
        with writing(tmp_path / "arxiv.sqlite") as writer:
            writer._database.execute("DROP TABLE facts")
            writer.prepare(lambda _done, _of: None)

    with pytest.raises(StateError, match=r"arxiv\.sqlite: no such table: facts; make it readable"):
        prepared()
