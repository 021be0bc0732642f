"""A person's word is final."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.models import Memory, Owner
from enrich.naming import value_hash
from enrich.provenance import Action, Verdict, field_state, remember, take_back, untold

if TYPE_CHECKING:
    from enrich.models import Value

WRITTEN = remember(None, "old", "new")
STOOD = replace(WRITTEN, stood=True)
HUMAN = replace(STOOD, owner=Owner.HUMAN, canonical=value_hash("new"))
REJECTED = replace(STOOD, owner=Owner.REJECTED, canonical=value_hash("new"))


@pytest.mark.parametrize(
    ("memory", "current", "canonical", "verdict"),
    [
        (None, "new", "new", Verdict(Action.NOTHING, None)),
        (None, "old", "new", Verdict(Action.PROPOSE, None)),
        (None, None, "new", Verdict(Action.PROPOSE, None)),
        (WRITTEN, "new", "new", Verdict(Action.NOTHING, STOOD)),
        (STOOD, "new", "newer", Verdict(Action.FOLLOW, STOOD)),
        (STOOD, "newer", "newer", Verdict(Action.NOTHING, None)),
        (STOOD, "old", "new", Verdict(Action.SILENT, REJECTED)),
        (STOOD, "mine", "new", Verdict(Action.SILENT, HUMAN)),
        (STOOD, None, "new", Verdict(Action.SILENT, HUMAN)),
        (WRITTEN, "mine", "new", Verdict(Action.SILENT, replace(HUMAN, stood=False))),
        (HUMAN, "mine", "new", Verdict(Action.SILENT, HUMAN)),
        (HUMAN, "mine", "newer", Verdict(Action.NOTICE, replace(HUMAN, canonical=value_hash("newer")))),
        (HUMAN, "new", "new", Verdict(Action.NOTHING, None)),
        (REJECTED, "old", "new", Verdict(Action.SILENT, REJECTED)),
        (REJECTED, "old", "old", Verdict(Action.NOTHING, None)),
    ],
)
def test_who_has_the_word(memory: Memory | None, current: Value, canonical: Value, verdict: Verdict) -> None:
    assert field_state(memory, current, canonical) == verdict


def test_discarding_a_run_before_another_saw_it_decides_nothing() -> None:
    assert field_state(WRITTEN, "old", "new") == Verdict(Action.PROPOSE, None)
    assert field_state(WRITTEN, "old", "old") == Verdict(Action.NOTHING, None)


def test_discarding_a_run_that_followed_the_source_leaves_what_stood_before() -> None:
    followed = remember(STOOD, "new", "newer")

    verdict = field_state(followed, "new", "newer")

    assert followed.original == value_hash("old")
    assert verdict == Verdict(Action.FOLLOW, replace(STOOD, before=value_hash("new")))


def test_going_back_to_the_very_first_value_is_a_rejection() -> None:
    followed = remember(STOOD, "new", "newer")

    assert field_state(followed, "old", "newer").memory == replace(
        followed, owner=Owner.REJECTED, canonical=value_hash("newer")
    )


def test_a_deleted_key_that_was_added_is_a_rejection() -> None:
    added = replace(remember(None, None, "10.1/x"), stood=True)

    assert field_state(added, None, "10.1/x").action is Action.SILENT


def test_undo_leaves_the_memory_as_if_nothing_had_been_written() -> None:
    assert take_back(None, "old") is None
    assert take_back(WRITTEN, "old") is None
    assert take_back(remember(STOOD, "new", "newer"), "new") == replace(STOOD, before=value_hash("new"))


def test_undoing_twice_is_undoing_once() -> None:
    once = take_back(remember(STOOD, "new", "newer"), "new")

    assert take_back(once, "new") == once


def test_after_a_persons_value_was_replaced_on_demand_that_value_is_the_original() -> None:
    assert remember(HUMAN, "mine", "new") == Memory(value_hash("mine"), value_hash("mine"), value_hash("new"))


@pytest.mark.parametrize(
    ("memory", "current", "kept"),
    [
        (STOOD, "new", STOOD),
        (WRITTEN, "new", STOOD),
        (WRITTEN, "old", None),
        (STOOD, "old", REJECTED),
        (STOOD, "mine", HUMAN),
        (STOOD, None, HUMAN),
        (HUMAN, "mine", HUMAN),
        (REJECTED, "old", REJECTED),
    ],
)
def test_where_nobody_says_what_a_field_should_hold_its_word_is_not_forgotten(
    memory: Memory, current: Value, kept: Memory | None
) -> None:
    assert untold(memory, current) == kept


# -- any history -----------------------------------------------------------------------------

Events: TypeAlias = "list[tuple[str, bool | str | None]]"

LETTERS = st.sampled_from("abcd")
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.booleans()),
        st.tuples(st.just("run of other rules"), st.none()),
        st.tuples(st.just("edit"), st.one_of(st.none(), LETTERS)),
        st.tuples(st.just("source"), LETTERS),
        st.tuples(st.just("discard"), st.none()),
    ),
    min_size=3,
    max_size=30,
)


@dataclass
class History:
    """One field through its life: what stands, what the source says, what enrich remembers."""

    current: Value
    canonical: Value
    memory: Memory | None = None
    protected: bool = False
    """A person wrote what stands, over what enrich had written."""
    overwritten: int = 0
    before_run: Value = None

    def run(self, *, may_write: bool) -> Action:
        """As a run does; *may_write* is what a rule says of a field that nobody decided."""
        verdict = field_state(self.memory, self.current, self.canonical)
        self.memory = verdict.memory
        self.before_run = self.current
        if self.memory is None and verdict.action is Action.NOTHING:
            self.protected = False
        if verdict.action is Action.FOLLOW or (verdict.action is Action.PROPOSE and may_write):
            self.overwritten += self.protected
            self.memory = remember(self.memory, self.current, self.canonical)
            self.current = self.canonical
        return verdict.action

    def edit(self, value: Value) -> None:
        is_ours = self.memory is not None and self.memory.owner is Owner.OURS
        if is_ours and value_hash(value) not in self._of_enrich():
            self.protected = True
        elif is_ours:
            self.protected = False
        self.current = value

    def _of_enrich(self) -> tuple[str, ...]:
        """Typing what enrich wrote, or what an unseen run replaced, is no word against it."""
        memory = self.memory
        assert memory is not None
        return (memory.written,) if memory.stood else (memory.written, memory.before)

    def happen(self, kind: str, value: bool | str | None) -> None:
        match kind:
            case "run":
                self.run(may_write=bool(value))
            case "run of other rules":
                self.memory = untold(self.memory, self.current) if self.memory else None
                self.before_run = self.current
            case "edit":
                self.edit(value)
            case "source":
                self.canonical = value
            case _:
                self.edit(self.before_run)


@settings(max_examples=500)
@given(st.one_of(st.none(), LETTERS), LETTERS, EVENTS)
def test_in_no_history_is_a_persons_value_overwritten(start: Value, canonical: Value, events: Events) -> None:
    history = History(start, canonical)

    for kind, value in events:
        history.happen(kind, value)

    assert history.overwritten == 0


@settings(max_examples=500)
@given(st.one_of(st.none(), LETTERS), LETTERS, EVENTS)
def test_a_second_run_changes_nothing(start: Value, canonical: Value, events: Events) -> None:
    history = History(start, canonical)
    for kind, value in events:
        history.happen(kind, value)
    history.run(may_write=True)
    standing = history.current

    second, third = history.run(may_write=True), history.run(may_write=True)

    assert {second, third} <= {Action.NOTHING, Action.SILENT}
    assert history.current == standing
