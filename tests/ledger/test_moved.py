"""Which entry a memory belongs to when its file is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.ledger import EntryMemory, Moved
from tests.mind.entries import CARD_HEADER, entry

if TYPE_CHECKING:
    from pathlib import Path

A = EntryMemory("a.md", "arxiv:2410.21276", key="first")
ENTRY = entry(CARD_HEADER)
NAMED = entry(CARD_HEADER + "bibkey: first\n")
CARD = frozenset({"arxiv:2410.21276"})


def moved(root: Path, *memories: EntryMemory) -> Moved:
    return Moved(root, {memory.path: memory for memory in memories})


def test_a_memory_goes_with_the_key_and_only_once(tmp_path: Path) -> None:
    known = moved(tmp_path, A)

    assert known
    assert known.claim(NAMED, frozenset()) == ("a.md", replace(A, path=ENTRY.path))
    assert known.claim(NAMED, frozenset()) is None
    assert not known


def test_without_a_key_it_goes_with_the_identifier(tmp_path: Path) -> None:
    assert moved(tmp_path, replace(A, key="")).claim(NAMED, CARD)
    assert moved(tmp_path, A).claim(ENTRY, CARD)


def test_another_key_is_another_entry_whatever_its_identifier(tmp_path: Path) -> None:
    assert moved(tmp_path, replace(A, key="second")).claim(NAMED, CARD) is None


def test_of_two_that_may_be_meant_neither_is(tmp_path: Path) -> None:
    twin = replace(A, path="c.md")

    assert moved(tmp_path, A, twin).claim(NAMED, CARD) is None
    assert moved(tmp_path, A, twin).claim(ENTRY, CARD) is None


def test_a_memory_whose_file_is_there_goes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n---\n", encoding="utf-8")

    assert not moved(tmp_path, A)
    assert moved(tmp_path, A).claim(NAMED, CARD) is None


def test_an_entry_that_says_nothing_inherits_nothing(tmp_path: Path) -> None:
    nameless = EntryMemory("a.md")

    assert moved(tmp_path, nameless).claim(ENTRY, frozenset()) is None
