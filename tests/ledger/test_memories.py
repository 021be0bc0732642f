"""Memories are held as their lines: what is told by a line's shape is what reading it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.ledger import EntryMemory, Memories, StateFolder, read_written, update_written, write_written
from enrich.ledger.memories import entry_in, line_about
from enrich.models import Memory, Owner
from tests.ledger.values import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = st.text("ab:é/0 ", max_size=4)
WORDS = PLAIN | TEXTS
OURS = st.builds(Memory, WORDS, WORDS, WORDS, st.booleans())
DECIDED = st.builds(
    Memory, WORDS, WORDS, WORDS, st.booleans(), st.sampled_from([Owner.HUMAN, Owner.REJECTED]), WORDS
)
FIELDS = st.dictionaries(WORDS, OURS | DECIDED, max_size=3).map(lambda held: tuple(sorted(held.items())))
ENTRIES = st.builds(EntryMemory, path=WORDS, record=WORDS, fields=FIELDS, blob=WORDS, key=WORDS)

TITLE = EntryMemory("a.md", "arxiv:1", (("title", Memory("0", "0", "1")),))


@given(ENTRIES)
def test_an_entry_comes_back_from_its_line(entry: EntryMemory) -> None:
    assert entry_in(line_about(entry)) == entry
    assert Memories({entry.path: entry}) == {entry.path: entry}


@given(ENTRIES, st.data())
def test_a_line_is_taken_only_where_it_can_be_read(entry: EntryMemory, data: st.DataObject) -> None:
    line = bytearray(line_about(entry))
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(line) - 1))
        line[place : place + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b'"', b"\\", b"}"])
        )
    memories = Memories()

    try:
        memories.add(bytes(line))
    except (KeyError, TypeError, ValueError):
        with pytest.raises((KeyError, TypeError, ValueError)):
            entry_in(bytes(line))
    else:
        told = entry_in(bytes(line))
        assert dict(memories) == {told.path: told}


def test_what_is_written_down_keeps_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    state = StateFolder(tmp_path.resolve())
    other = EntryMemory("b.md", "arxiv:2")
    gone = EntryMemory("c.md", "arxiv:3")
    before = Memories({"a.md": TITLE, "c.md": gone})
    now = Memories({"a.md": TITLE.with_field("year", Memory("2", "2", "3"))})
    write_written(state, {"a.md": TITLE, "b.md": other, "c.md": gone})

    update_written(state, before, now)

    assert read_written(state) == {"b.md": other, **now}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ENTRIES, max_size=3))
def test_an_entry_of_which_nothing_is_known_has_no_line(tmp_path: Path, entries: list[EntryMemory]) -> None:
    state = StateFolder(tmp_path.resolve())

    known = {entry.path: entry for entry in entries}

    write_written(state, known)

    assert read_written(state) == {path: one for path, one in known.items() if one.record or one.fields}


def test_a_line_that_another_reading_has_too_is_held_once(tmp_path: Path) -> None:
    state = StateFolder(tmp_path.resolve())
    write_written(state, {"a.md": TITLE})
    first = read_written(state)

    again = read_written(state, first)

    assert next(again.lines()) is next(first.lines())
