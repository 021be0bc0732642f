"""The files of `.enrich/`: what is written is read again, and what can't be read says so."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.errors import StateError
from enrich.ledger import (
    BY_HAND,
    Decision,
    EntryMemory,
    Group,
    Pending,
    StateFolder,
    Verdict,
    add_decisions,
    after_run,
    decision_about,
    drop_decisions,
    groups,
    named,
    plan_id,
    read_accepted,
    read_decisions,
    read_pending,
    read_rejected,
    read_unpatched,
    read_written,
    undecided,
    write_pending,
    write_written,
)
from enrich.ledger.pending import in_order
from enrich.models import Memory, Owner
from enrich.naming import acceptance_key, long_change_id, rejection_key
from tests.ledger.values import CHANGES, ITEMS, TEXTS, change

if TYPE_CHECKING:
    from pathlib import Path

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path.resolve())


# -- the folder ------------------------------------------------------------------------------


def test_git_keeps_what_people_share_and_nothing_else(state: StateFolder) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=state.root, check=True)
    write_pending(state, [Pending(change())])
    write_written(state, {"a.md": EntryMemory("a.md", "arxiv:2410.21276")})
    (state.journal / "000001.jsonl").touch()

    listing = ["git", "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=state.root, check=True, capture_output=True, text=True).stdout

    assert listed.split() == [".enrich/.gitattributes", ".enrich/written.jsonl"]
    assert (state.path / ".gitattributes").read_text() == "*.jsonl merge=union\n"


def test_what_a_person_made_of_the_folder_stays(state: StateFolder) -> None:
    state.prepare()
    (state.path / ".gitignore").write_text("*\n")

    state.prepare()

    assert (state.path / ".gitignore").read_text() == "*\n"


def test_a_folder_that_leads_out_of_the_catalogue_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root" / ".enrich").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StateError, match="leads out of the catalogue"):
        write_pending(StateFolder(tmp_path / "root"), [])


def test_a_file_in_the_way_is_an_error_that_names_it(state: StateFolder) -> None:
    state.path.write_text("")

    with pytest.raises(StateError, match=r"\.enrich: "):
        write_pending(state, [])


# -- pending ---------------------------------------------------------------------------------


@SAME_FOLDER
@given(st.lists(ITEMS, max_size=4))
def test_the_queue_is_read_as_it_was_written(state: StateFolder, items: list[Pending]) -> None:
    write_pending(state, items)

    assert read_pending(state) == in_order(items)


def test_without_a_queue_nothing_is_pending(state: StateFolder) -> None:
    assert read_pending(state) == ()


def test_findings_without_a_change_are_counted_until_the_next_run_says_otherwise(state: StateFolder) -> None:
    write_pending(state, [Pending(change())], {("b.md", "LNK101"): 2, ("a.md", "IDN203"): 1})
    write_pending(state, [])

    assert read_pending(state) == ()
    assert read_unpatched(state) == {("a.md", "IDN203"): 1, ("b.md", "LNK101"): 2}
    assert plan_id([]) in state.pending.read_text()

    state.pending.write_text('{"path":"a.md","rule":"IDN203","unpatched":"x"}\n')
    with pytest.raises(StateError, match="`unpatched` is no number"):
        read_unpatched(state)


def test_the_queue_is_sorted_and_has_each_change_once() -> None:
    late, early = Pending(change("b.md")), Pending(change("a.md", "year", None, 2024))
    again = Pending(change("b.md"), "said anew")

    assert in_order([late, early, again]) == (early, again)


def test_a_run_replaces_only_what_it_looked_at() -> None:
    queue = [
        Pending(change("done.md", rule="MET310")),
        Pending(change("done.md", rule="LNK101", field="links")),
        Pending(change("missed.md", rule="MET310")),
    ]
    new = Pending(change("done.md", after="newer"))

    left = after_run(queue, [new], finished={"done.md"}, ran={"MET310"})

    assert left == in_order([queue[1], queue[2], new])


def test_what_a_person_typed_outlives_a_run() -> None:
    typed = change("done.md", after="mine")
    typed = replace(typed, fix=replace(typed.fix, source=BY_HAND))

    left = after_run([Pending(typed)], [], finished={"done.md"}, ran={"MET310"})

    assert left == (Pending(typed),)


def test_what_a_run_could_not_judge_outlives_it() -> None:
    doubtful, refuted = Pending(change("done.md")), Pending(change("done.md", after="refuted"))

    left = after_run(
        [doubtful, refuted],
        [],
        finished={"done.md"},
        ran={doubtful.change.rule},
        waiting={doubtful.change},
    )

    assert left == (doubtful,)


def _namesakes() -> tuple[Pending, Pending]:
    """Two changes with the same eight digits: found among 150,000, as chance has it."""
    seen: dict[str, Pending] = {}
    for number in range(1_000_000):
        item = Pending(change("a.md", "year", None, number))
        if item.change.id in seen:
            return seen[item.change.id], item
        seen[item.change.id] = item
    raise AssertionError("no two of a million share eight digits")


NAMESAKES = _namesakes()


def test_two_changes_that_share_their_digits_get_more_of_them() -> None:
    other = Pending(change("b.md"))
    short = NAMESAKES[0].change.id

    queue = in_order([*NAMESAKES, other])

    names = [item.change.id for item in queue if item.change.path == "a.md"]
    assert len(set(names)) == 2
    assert all(name.startswith(short) and len(name) > 8 for name in names)
    assert [item.change.id for item in queue if item.change.path == "b.md"] == [other.change.id]
    assert in_order(queue) == queue
    assert in_order([queue[0], NAMESAKES[1], other]) == queue
    assert plan_id(queue) == plan_id([*NAMESAKES, other])


def test_a_change_is_found_by_as_much_of_its_name_as_is_its_own() -> None:
    queue = in_order([*NAMESAKES, Pending(change("b.md"))])
    short = NAMESAKES[0].change.id

    assert len(named(queue, short)) == 2
    assert [named(queue, item.change.id) for item in queue] == [(item,) for item in queue]
    assert named(queue, long_change_id(change("b.md"))[:20].upper()) == (queue[-1],)
    assert named(queue, change("b.md").id[:4]) == (queue[-1],)
    assert named(queue, change("b.md").id[:3]) == ()
    assert named(queue, "no name") == ()


def test_what_is_made_all_or_not_at_all_is_decided_together() -> None:
    plain = Pending(change("a.md"))
    parts = [
        Pending(replace(one, fix=replace(one.fix, path=(key,), together=2)))
        for key in ("venue", "year")
        for one in [replace(change("a.md"), id=key)]
    ]

    assert groups([plain, *parts]) == (Group(parts[0], (parts[1],)), Group(plain))
    assert undecided([plain, *parts], {"year"}) == (plain,)


def test_what_was_refused_elsewhere_does_not_wait_any_more() -> None:
    items = [Pending(change(path)) for path in ("a.md", "b.md", "c.md")]

    left = undecided(items, {rejection_key(items[0].change), items[1].change.id})

    assert left == (items[2],)


def test_a_plan_has_one_name_whatever_its_order() -> None:
    one, other = Pending(change("a.md")), Pending(change("b.md"))

    assert plan_id([one, other]) == plan_id([other, one])
    assert plan_id([one]) != plan_id([other])
    assert len(plan_id([])) == 12


def test_text_in_the_queue_can_be_read_by_people(state: StateFolder) -> None:
    write_pending(state, [Pending(change(after="Guzmán"))])

    header, line = state.pending.read_text(encoding="utf-8").splitlines()

    assert json.loads(header) == {"v": 1, "plan": plan_id([Pending(change(after="Guzmán"))])}
    assert '"after":"Guzmán"' in line


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "not JSON from column 2 on"),
        (b"<<<<<<< HEAD", "not JSON from column 1 on"),
        (b"[]", "not a JSON object"),
        (b"{}", "`id` is missing"),
        (b'{"v": 2}', "version 2 is not known to this enrich"),
        (b'{"v": "x"}', "version x is not known to this enrich"),
        (b'{"id": 3}', "`id` is no text"),
        (b'{"id": "\xff"}', "'utf-8' codec can't decode byte 0xff in position 8: invalid start byte"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_cure(
    state: StateFolder, line: bytes, what: str
) -> None:
    state.prepare()
    state.pending.write_bytes(b'{"v":1}\n\n' + line + b"\n")

    with pytest.raises(StateError) as caught:
        read_pending(state)

    assert str(caught.value) == f"{state.pending}:3: {what}; delete the file, `enrich run` fills it again"


def test_a_line_that_is_nested_without_end_is_no_crash(state: StateFolder) -> None:
    state.prepare()
    state.pending.write_text("[" * 100_000)

    with pytest.raises(StateError, match=r"pending\.jsonl:1: "):
        read_pending(state)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("field", "title"),
        ("field", [None]),
        ("safety", "sure"),
        ("confidence", "high"),
        ("anchor", [1]),
        ("evidence", "x"),
        ("before", {"x": 1}),
    ],
)
def test_a_change_with_something_else_in_it_is_refused(state: StateFolder, key: str, value: object) -> None:
    write_pending(state, [Pending(change())])
    header, line = state.pending.read_text().splitlines()
    state.pending.write_text(f"{header}\n{json.dumps(json.loads(line) | {key: value})}\n")

    with pytest.raises(StateError, match=r"pending\.jsonl:2: "):
        read_pending(state)


def test_keys_of_another_enrich_are_passed_over(state: StateFolder) -> None:
    write_pending(state, [Pending(change())])
    lines = state.pending.read_text().splitlines()
    state.pending.write_text("".join(json.dumps(json.loads(line) | {"since": 2031}) + "\n" for line in lines))

    assert read_pending(state) == (Pending(change()),)


def test_a_folder_where_a_file_should_be_is_an_error(state: StateFolder) -> None:
    state.pending.mkdir(parents=True)

    with pytest.raises(StateError, match=r"pending\.jsonl: Is a directory"):
        read_pending(state)
    with pytest.raises(StateError, match=r"pending\.jsonl: Is a directory"):
        write_pending(state, [])
    assert not [file.name for file in state.path.iterdir() if file.suffix == ".tmp"]


# -- decisions -------------------------------------------------------------------------------


def _decided(state: StateFolder, *lines: dict[str, object]) -> None:
    state.prepare()
    common = {
        "id": "f2e756fe",
        "path": "a.md",
        "field": "title",
        "rule": "MET310",
        "before": "old",
        "why": "",
    }
    state.decisions.write_text("".join(json.dumps(common | line) + "\n" for line in lines))


def test_a_rejected_change_is_known_by_its_key(state: StateFolder) -> None:
    _decided(
        state,
        {"verdict": "rejected", "after": "new"},
        {"verdict": "accepted", "after": "newer"},
        {"verdict": "rejected", "field": "links[1].url", "after": "https://a.org/"},
    )

    rejected = read_rejected(state)

    assert rejection_key(change(after="new")) in rejected
    assert rejection_key(change(after="newer")) not in rejected
    assert rejection_key(change(field="links[4].url", after="https://a.org/")) in rejected


def test_a_change_of_which_only_the_name_is_known_is_rejected_by_it(state: StateFolder) -> None:
    add_decisions(state, [Decision("f2e756fe", Verdict.REJECTED), Decision("b7d4015e", Verdict.MERGED)])

    assert read_rejected(state) == {"f2e756fe", "b7d4015e"}
    assert read_accepted(state) == frozenset()


def test_a_yes_holds_for_what_stands_there_and_for_nothing_else(state: StateFolder) -> None:
    add_decisions(state, [decision_about(change(before="old"), Verdict.ACCEPTED)])

    assert read_accepted(state) == {acceptance_key(change(before="old"))}
    assert acceptance_key(change(before="older")) not in read_accepted(state)
    assert read_rejected(state) == frozenset()


def test_a_decision_is_one_line_with_all_that_a_person_needs_to_understand_it(state: StateFolder) -> None:
    add_decisions(state, [decision_about(change(after="Guzmán"), Verdict.REJECTED, "419 of 419 authors")])

    assert state.decisions.read_text(encoding="utf-8") == (
        f'{{"id":"{change(after="Guzmán").id}","verdict":"rejected","path":"a.md","field":"title",'
        '"rule":"MET310","before":"old","after":"Guzmán","why":"419 of 419 authors"}\n'
    )


def test_a_long_value_is_written_as_its_hash_and_known_again(state: StateFolder) -> None:
    long = change(before=("a" * 201,), after="b" * 201)
    add_decisions(
        state,
        [decision_about(long, Verdict.ACCEPTED), decision_about(change(after="b" * 201), Verdict.REJECTED)],
    )

    assert "aaa" not in state.decisions.read_text()
    assert acceptance_key(long) in read_accepted(state)
    assert rejection_key(long) in read_rejected(state)


DECISIONS = st.builds(
    decision_about, CHANGES.filter(lambda change: bool(change.path)), st.sampled_from(Verdict), TEXTS
)


@SAME_FOLDER
@given(st.lists(DECISIONS, max_size=3))
def test_decisions_are_read_as_they_were_written(state: StateFolder, decisions: list[Decision]) -> None:
    state.decisions.unlink(missing_ok=True)

    add_decisions(state, decisions)

    said = {replace(decision, rule="", why="") for decision in decisions}
    assert {replace(decision, rule="", why="") for decision in read_decisions(state)} == said
    assert len(read_decisions(state)) == len(said)


def test_lines_of_other_people_stay_to_the_byte(state: StateFolder) -> None:
    mine = decision_about(change(), Verdict.ACCEPTED)
    theirs = b'{ "id": "x", "verdict": "rejected", "since": 2031 }\r\n\n{"pull_request":7,"verdict":"closed"}'
    state.prepare()
    state.decisions.write_bytes(theirs)

    add_decisions(state, [mine])
    drop_decisions(state, lambda decision: decision == mine)

    assert state.decisions.read_bytes() == theirs + b"\n"


def test_what_is_decided_already_is_not_said_twice(state: StateFolder) -> None:
    add_decisions(state, [decision_about(change(), Verdict.REJECTED)] * 2)
    add_decisions(state, [decision_about(change(), Verdict.REJECTED, "again")])
    drop_decisions(state, lambda decision: decision.verdict is Verdict.ACCEPTED)

    assert len(state.decisions.read_text().splitlines()) == 1


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", '{"id":"x","verdict":"perhaps"}'])
def test_nothing_is_written_over_decisions_that_cannot_be_read(state: StateFolder, line: str) -> None:
    state.prepare()
    state.decisions.write_text(line)

    with pytest.raises(StateError, match=r"decisions\.jsonl:1: .*; mend the line"):
        add_decisions(state, [decision_about(change(), Verdict.REJECTED)])

    assert state.decisions.read_text() == line


def test_both_sides_of_a_merge_are_kept(state: StateFolder) -> None:
    def git(*args: str) -> None:
        subprocess.run(["git", *args], cwd=state.root, check=True, capture_output=True)

    git("init", "-q", "-b", "main", ".")
    git("config", "user.name", "Curator")
    git("config", "user.email", "curator@example.org")
    add_decisions(state, [decision_about(change("a.md"), Verdict.REJECTED)])
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    add_decisions(state, [decision_about(change("b.md"), Verdict.REJECTED)])
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    add_decisions(state, [decision_about(change("c.md"), Verdict.REJECTED)])
    git("commit", "-qam", "three")
    git("merge", "-q", "other", "-m", "both")

    assert {decision.path for decision in read_decisions(state)} == {"a.md", "b.md", "c.md"}


def test_of_two_decisions_about_one_change_the_rejection_counts(state: StateFolder) -> None:
    _decided(state, {"verdict": "rejected", "after": "new"}, {"verdict": "accepted", "after": "new"})

    assert read_rejected(state) == {rejection_key(change(after="new"))}


def test_without_decisions_nothing_is_rejected(state: StateFolder) -> None:
    assert read_rejected(state) == frozenset()


def test_a_decision_that_cannot_be_read_stops_the_run(state: StateFolder) -> None:
    _decided(state, {"verdict": "rejected"})

    with pytest.raises(StateError, match=r"decisions\.jsonl:1: `after` is missing; mend the line"):
        read_rejected(state)


# -- written ---------------------------------------------------------------------------------

Held: TypeAlias = "dict[str, tuple[str, dict[str, Memory]]]"
MEMORIES = st.builds(
    Memory, original=TEXTS, before=TEXTS, written=TEXTS, stood=st.booleans(), owner=st.just(Owner.OURS)
) | st.builds(
    Memory,
    original=TEXTS,
    before=TEXTS,
    written=TEXTS,
    stood=st.booleans(),
    owner=st.sampled_from([Owner.HUMAN, Owner.REJECTED]),
    canonical=TEXTS,
)
ENTRIES = st.dictionaries(TEXTS, st.tuples(TEXTS, st.dictionaries(TEXTS, MEMORIES, max_size=3)), max_size=3)


def _entry(path: str, record: str, fields: dict[str, Memory]) -> EntryMemory:
    return EntryMemory(path, record, tuple(sorted(fields.items(), key=lambda item: item[0])))


@SAME_FOLDER
@given(ENTRIES)
def test_the_memory_is_read_as_it_was_written(state: StateFolder, held: Held) -> None:
    entries = {path: _entry(path, record, fields) for path, (record, fields) in held.items()}

    write_written(state, entries)

    known = {path: entry for path, entry in entries.items() if entry.record or entry.fields}
    assert read_written(state) == known


def test_the_memory_is_sorted_so_that_git_can_merge_it(state: StateFolder) -> None:
    memory = Memory("aaaaaaaaaaaa", "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    entries = {path: EntryMemory(path, "arxiv:1", (("title", memory),)) for path in ("b.md", "a.md")}

    write_written(state, entries)

    assert state.written.read_text().splitlines() == [
        '{"path":"a.md","record":"arxiv:1","fields":{"title":{"original":"aaaaaaaaaaaa","written":"bbbbbbbbbbbb"}}}',
        '{"path":"b.md","record":"arxiv:1","fields":{"title":{"original":"aaaaaaaaaaaa","written":"bbbbbbbbbbbb"}}}',
    ]


def test_of_two_merged_lines_a_persons_word_counts(state: StateFolder) -> None:
    ours = Memory("0", "0", "1")
    later = Memory("0", "0", "2")
    human = Memory("0", "0", "1", owner=Owner.HUMAN, canonical="2")
    write_written(state, {"a.md": _entry("a.md", "arxiv:1", {"title": human, "year": ours})})
    first = state.written.read_text()
    write_written(state, {"a.md": _entry("a.md", "", {"title": later, "year": later, "doi": ours})})
    state.written.write_text(first + state.written.read_text())

    merged = read_written(state)["a.md"]

    assert merged == _entry("a.md", "arxiv:1", {"title": human, "year": later, "doi": ours})


def test_a_field_is_remembered_and_forgotten() -> None:
    memory = Memory("0", "0", "1")
    entry = EntryMemory("a.md").with_field("title", memory).with_field("doi", memory)

    assert entry.of("title") == memory
    assert entry.with_field("title", None).of("title") is None
    assert [field for field, _ in entry.fields] == ["doi", "title"]


@pytest.mark.parametrize(
    "line",
    [
        '{"path":"a","fields":[]}',
        '{"path":"a","fields":{"t":1}}',
        '{"path":"a","fields":{"t":{"original":"0","written":"1","owner":"dog"}}}',
    ],
)
def test_a_memory_that_cannot_be_read_stops_the_run(state: StateFolder, line: str) -> None:
    state.prepare()
    state.written.write_text(line)

    with pytest.raises(StateError, match=r"written\.jsonl:1: .*; take the file from the last commit"):
        read_written(state)
