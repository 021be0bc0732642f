"""A journal is read again only where the memory may lack something that is in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from enrich.errors import StateError
from enrich.files import Written, read, write_atomically
from enrich.ledger import (
    Journal,
    Memories,
    Pending,
    StateFolder,
    Verdict,
    add_decisions,
    decision_about,
    finish_interrupted,
    read_accepted,
    read_written,
    recovered,
    undo,
    write_written,
    written_down,
)
from enrich.ledger.journal import read_run, runs
from enrich.ledger.remembered import is_remembered
from enrich.models import Document, Memory
from tests.ledger.values import change

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2027, 1, 15, 9, 12, tzinfo=dt.UTC)


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path.resolve())


def noted(state: StateFolder, path: str, text: str) -> Journal:
    """The journal of a run that has written *text*, and has not ended."""
    place = state.root / path
    if not place.exists():
        place.write_text("old")
    document = read(state.root, path)
    assert isinstance(document, Document)
    journal = Journal(state, "run", NOW)
    journal.note(document, text, [Pending(change(path))])
    assert isinstance(write_atomically(state.root, document, text), Written)
    return journal


def ended(state: StateFolder, path: str = "a.md", text: str = "new") -> Memories:
    """What is remembered after a run that has written *text* and ended by itself."""
    journal = noted(state, path, text)
    before = read_written(state)
    now = recovered(state, before)
    with state.alone(), written_down(state, journal, before, now):
        pass
    journal.close()
    return now


def changed(state: StateFolder, now: Memories) -> None:
    """A run that writes no entry, and remembers *now*."""
    with state.alone(), written_down(state, Journal(state, "run", NOW), read_written(state), now):
        pass


def spoiled(state: StateFolder) -> None:
    """Nobody reads this journal any more without an error, but for its last line."""
    last = runs(state)[-1]
    last.write_bytes(last.read_bytes().replace(b'"changes":[', b'"changes":0,"x":[', 1))


def test_what_a_run_wrote_that_ended_by_itself_is_not_read_again(state: StateFolder) -> None:
    memories = ended(state)
    assert [splice.path for splice in read_run(runs(state)[-1])] == ["a.md"]

    spoiled(state)

    assert set(memories) == {"a.md"}
    assert recovered(state, read_written(state)) == memories
    finish_interrupted(state)


def test_what_a_run_wrote_that_was_killed_is_remembered_after_all(state: StateFolder) -> None:
    noted(state, "a.md", "new").close()

    assert set(recovered(state, read_written(state))) == {"a.md"}
    finish_interrupted(state)
    assert set(read_written(state)) == {"a.md"}


def test_a_memory_that_is_not_what_the_run_left_is_held_against_its_journal(state: StateFolder) -> None:
    memories = ended(state)
    write_written(state, {})

    assert recovered(state, read_written(state)) == memories
    state.written.unlink()
    assert recovered(state, read_written(state)) == memories


def test_a_run_that_only_remembers_more_leaves_nothing_to_be_read(state: StateFolder) -> None:
    memories = ended(state)
    memories["a.md"] = memories["a.md"].with_field("year", Memory("1", "1", "2"))

    changed(state, memories)
    spoiled(state)

    assert recovered(state, read_written(state)) == memories


@pytest.mark.parametrize("forgotten", [{}, {"title": None}])
def test_a_run_that_forgets_leaves_the_journal_to_be_read(
    state: StateFolder, forgotten: dict[str, None]
) -> None:
    memories = ended(state)
    less = Memories(
        {path: memories[path].with_field(field, None) for path in memories for field in forgotten}
    )

    changed(state, less)

    assert not is_remembered(state, runs(state)[-1])
    assert recovered(state, read_written(state)) == memories


def test_the_journal_of_a_run_that_was_killed_is_never_added_to(state: StateFolder) -> None:
    noted(state, "a.md", "new").close()
    content = runs(state)[-1].read_bytes()

    changed(state, recovered(state, read_written(state)))

    assert runs(state)[-1].read_bytes() == content


def test_where_the_rest_could_not_be_written_down_the_journal_is_read(state: StateFolder) -> None:
    journal = noted(state, "a.md", "new")
    before = read_written(state)

    with pytest.raises(StateError), written_down(state, journal, before, recovered(state, before)):
        raise StateError("the queue can't be written")
    journal.close()

    assert not is_remembered(state, runs(state)[-1])


def test_what_was_accepted_and_written_for_another_reason_is_awaited_no_more(state: StateFolder) -> None:
    ended(state)
    with state.alone():
        add_decisions(state, [decision_about(change("a.md"), Verdict.ACCEPTED, "")])

    finish_interrupted(state)

    assert not read_accepted(state)


@pytest.mark.parametrize(
    "line", [b"", b"[]\n", b'{"v":1,"remembered":1}\n', b'{"v":1,"remembered":""}\n', b"[" * 300 + b"\n"]
)
def test_a_last_line_that_says_nothing_is_no_reason_to_believe(state: StateFolder, line: bytes) -> None:
    state.prepare()
    file = state.journal / "000001.jsonl"
    file.write_bytes(line)

    assert not is_remembered(state, file)
    assert not is_remembered(state, state.journal)


def test_a_last_line_without_its_end_is_no_reason_to_believe(state: StateFolder) -> None:
    ended(state)
    last = runs(state)[-1]
    last.write_bytes(last.read_bytes().rstrip(b"\n"))

    assert not is_remembered(state, last)


def test_what_was_taken_back_is_not_remembered_again(state: StateFolder) -> None:
    ended(state)

    undo(state)

    assert recovered(state, read_written(state)) == {}
