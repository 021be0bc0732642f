"""What a run wrote is noted first, and can be taken back to the byte."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import StateError
from enrich.files import Written, read, write_atomically
from enrich.ledger import (
    EntryMemory,
    Journal,
    Pending,
    StateFolder,
    last_run,
    last_written,
    read_pending,
    read_written,
    undo,
    write_written,
)
from enrich.ledger.journal import read_run, runs, splice_of
from enrich.models import Document
from enrich.provenance import remember
from tests.files.disk import full_disk
from tests.ledger.values import TEXTS, change, document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = dt.datetime(2027, 1, 15, 9, 12, tzinfo=dt.UTC)
BYTES = st.binary(max_size=30).map(lambda content: content.decode("utf-8", "surrogateescape"))


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path.resolve())


def catalogue(state: StateFolder, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (state.root / path).write_bytes(text.encode("utf-8", "surrogateescape"))


def run(state: StateFolder, texts: Mapping[str, str]) -> None:
    """A run that writes *texts*, one change each."""
    journal = Journal(state, "run", NOW)
    for path, text in texts.items():
        before = read(state.root, path)
        assert isinstance(before, Document)
        journal.note(before, text, [Pending(change(path), "lost case")])
        assert isinstance(write_atomically(state.root, before, text), Written)
    journal.close()


def content(state: StateFolder, path: str) -> str:
    return (state.root / path).read_bytes().decode("utf-8", "surrogateescape")


# -- the record ------------------------------------------------------------------------------


@given(BYTES, BYTES)
def test_any_text_is_restored_from_any_other(before: str, after: str) -> None:
    splice = splice_of(document("a.md", before), after)

    assert splice.restored(document("a.md", after)) == before


def test_a_record_holds_only_what_differs() -> None:
    before = "title: Gpt-4o\n" + "x" * 10_000
    splice = splice_of(document("a.md", before), before.replace("Gpt", "GPT"))

    assert splice.back.replacement == "pt"


def test_a_text_that_is_not_the_runs_is_not_restored() -> None:
    splice = splice_of(document("a.md", "old"), "new")

    assert splice.restored(document("a.md", "newer")) is None
    assert splice.restored(Document("a.md", "x", splice.after)) is None
    assert splice.restored(Document("a.md", "other", splice.after)) is None


def test_what_is_noted_is_on_the_disk_before_the_file_is_written(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old"})
    journal = Journal(state, "run", NOW)

    journal.note(document("a.md", "old"), "new", [Pending(change())])

    (splice,) = read_run(runs(state)[0])
    assert (splice.path, splice.items) == ("a.md", (Pending(change()),))
    assert content(state, "a.md") == "old"
    journal.close()


def test_a_run_that_writes_nothing_leaves_no_trace(state: StateFolder) -> None:
    journal = Journal(state, "run", NOW)
    journal.close()

    assert runs(state) == []
    assert not state.path.exists()


def test_only_the_last_runs_are_kept(state: StateFolder) -> None:
    catalogue(state, {"a.md": "0"})
    for number in range(1, 13):
        run(state, {"a.md": str(number)})

    assert [file.name for file in runs(state)] == [f"{number:06}.jsonl" for number in range(3, 13)]


def test_two_runs_at_once_have_a_journal_each(state: StateFolder) -> None:
    first, second = Journal(state, "run", NOW), Journal(state, "run", NOW)

    first.note(document("a.md", "old"), "new")
    second.note(document("b.md", "old"), "new")
    first.close()
    second.close()

    assert [read_run(file)[0].path for file in runs(state)] == ["a.md", "b.md"]


def test_a_number_that_is_taken_meanwhile_is_passed(state: StateFolder) -> None:
    state.prepare()
    (state.journal / "000001.jsonl").symlink_to(state.root / "nowhere")
    (state.journal / "000001.jsonl").unlink()
    (state.journal / "0000002.jsonl").touch()
    (state.journal / "notes.txt").touch()
    journal = Journal(state, "run", NOW)

    journal.note(document("a.md", "old"), "new")
    journal.close()

    assert runs(state)[-1].name == "000003.jsonl"


def test_the_last_writing_of_each_file_is_known(state: StateFolder) -> None:
    catalogue(state, {"a.md": "0", "b.md": "0"})
    run(state, {"a.md": "1", "b.md": "1"})
    run(state, {"a.md": "2"})

    assert last_written(state) == {"a.md": document("", "2").digest, "b.md": document("", "1").digest}


def test_the_changes_of_the_last_run_are_known(state: StateFolder) -> None:
    assert last_run(state) == ()

    catalogue(state, {"a.md": "0", "b.md": "0"})
    run(state, {"b.md": "1"})
    run(state, {"b.md": "2", "a.md": "1"})

    assert [item.change.path for item in last_run(state)] == ["b.md", "a.md"]


def test_a_line_that_was_cut_off_never_happened(state: StateFolder) -> None:
    catalogue(state, {"a.md": "0", "b.md": "0"})
    run(state, {"a.md": "1"})
    with runs(state)[0].open("ab") as file:
        file.write(b'{"path":"b.md","befo')

    assert [splice.path for splice in read_run(runs(state)[0])] == ["a.md"]


@pytest.mark.parametrize(
    "line",
    [
        '{"path":"a.md","before":"","after":"","start":2,"end":1,"text":""}',
        '{"path":"a.md","before":"","after":"","start":"0","end":1,"text":""}',
        '{"path":"a.md","before":"","after":"","start":0,"end":1,"text":"","changes":{}}',
        '{"path":"a.md","before":"","after":"","start":0,"end":1}',
    ],
)
def test_a_journal_that_cannot_be_read_says_so(state: StateFolder, line: str) -> None:
    state.prepare()
    (state.journal / "000001.jsonl").write_text(f'{{"v":1}}\n{line}\n')

    with pytest.raises(StateError, match=r"000001\.jsonl:2: .*; delete the file; what that run wrote stays"):
        undo(state)


def test_where_nothing_can_be_noted_the_journal_says_why(state: StateFolder) -> None:
    assert Journal(state, "run", NOW).fault() is None

    (state.path / "journal").rmdir()
    (state.path / "journal").write_text("")
    journal = Journal(state, "run", NOW)

    assert journal.fault() == f"{state.path}: File exists"
    with pytest.raises(StateError, match="File exists"):
        journal.note(document("a.md", "old"), "new")


def test_on_a_full_disk_nothing_more_is_noted_and_what_was_noted_counts(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old"})
    journal = Journal(state, "run", NOW)
    journal.note(document("a.md", "old"), "new", [Pending(change())])

    with full_disk(), pytest.raises(StateError, match="File too large"):
        journal.note(document("b.md", "x" * 5_000), "y")
    with pytest.raises(StateError, match="File too large"):
        journal.note(document("c.md", "old"), "new")
    with full_disk():
        journal.close()

    assert [splice.path for splice in read_run(runs(state)[0])] == ["a.md"]


# -- undo ------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["a\r\nb", "\ufeffx", "no newline", "\udcff\x00", ""])
def test_undo_restores_the_exact_bytes(state: StateFolder, before: str) -> None:
    catalogue(state, {"a.md": before, "b.md": "other"})
    run(state, {"a.md": before + "more", "b.md": "changed"})

    undone = undo(state)

    assert undone is not None
    assert (content(state, "a.md"), content(state, "b.md")) == (before, "other")
    assert not state.written.exists()
    assert undone.files == ("a.md", "b.md")
    assert undone.changes == (change("a.md"), change("b.md"))
    assert undone.refused == ()


def test_what_is_taken_back_waits_again_and_is_no_decision(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old"})
    run(state, {"a.md": "new"})
    written = EntryMemory("a.md", "arxiv:1").with_field("title", remember(None, "old", "new"))
    write_written(state, {"a.md": written})

    undo(state)

    assert read_pending(state) == (Pending(change(), "lost case"),)
    assert read_written(state) == {"a.md": EntryMemory("a.md", "arxiv:1")}


def test_runs_are_taken_back_one_after_the_other(state: StateFolder) -> None:
    catalogue(state, {"a.md": "0"})
    run(state, {"a.md": "1"})
    run(state, {"a.md": "2"})

    undo(state)
    assert content(state, "a.md") == "1"
    undo(state)
    assert content(state, "a.md") == "0"
    assert undo(state) is None


def test_a_file_that_changed_since_is_refused_and_the_others_are_restored(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old", "b.md": "old", "c.md": "old"})
    run(state, {"a.md": "new", "b.md": "new", "c.md": "new"})
    catalogue(state, {"b.md": "mine"})
    (state.root / "c.md").unlink()

    undone = undo(state)

    assert undone is not None
    assert undone.files == ("a.md",)
    assert sorted(undone.refused) == [("b.md", "changed since"), ("c.md", "no such file")]
    assert (content(state, "a.md"), content(state, "b.md")) == ("old", "mine")


def test_what_was_refused_can_be_taken_back_later(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old", "b.md": "old"})
    run(state, {"a.md": "new", "b.md": "new"})
    catalogue(state, {"b.md": "mine"})
    undo(state)
    catalogue(state, {"b.md": "new"})

    undone = undo(state)

    assert undone is not None
    assert undone.files == ("b.md",)
    assert content(state, "b.md") == "old"
    assert runs(state) == []


def test_a_file_that_cannot_be_written_is_refused(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old"})
    run(state, {"a.md": "new"})
    (state.root / "a.md").chmod(0o444)

    undone = undo(state)

    assert undone is not None
    assert undone.refused == (("a.md", "read-only"),)


def test_a_run_that_was_killed_before_it_wrote_is_taken_back_too(state: StateFolder) -> None:
    catalogue(state, {"a.md": "old"})
    journal = Journal(state, "run", NOW)
    journal.note(document("a.md", "old"), "new", [Pending(change())])
    journal.close()

    undone = undo(state)

    assert undone is not None
    assert undone.files == ("a.md",)
    assert content(state, "a.md") == "old"


def test_a_file_that_one_run_wrote_twice_is_taken_back_twice(state: StateFolder) -> None:
    catalogue(state, {"a.md": "0"})
    journal = Journal(state, "run", NOW)
    for before, after in (("0", "1"), ("1", "2")):
        journal.note(document("a.md", before), after)
        catalogue(state, {"a.md": after})
    journal.close()

    undo(state)

    assert content(state, "a.md") == "0"


@given(TEXTS)
def test_any_path_can_be_noted(path: str) -> None:
    splice = splice_of(document("a.md", "old"), "new")

    assert splice.restored(Document(path, "new", splice.after)) == "old"
