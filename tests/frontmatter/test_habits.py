"""What a catalogue's files have in common."""

from __future__ import annotations

from enrich.frontmatter import NO_HABITS, Habits, learn
from tests.frontmatter.writing import opened

FOLDED = "abstract: " + "word " * 15 + "\n  word\n"


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([]) == NO_HABITS
    assert learn([opened("a: b\n")]) == Habits()


def test_what_most_files_do_is_a_habit() -> None:
    files = [opened(f"title: 'A {n}'\nurl: \"x: {n}\"\ntags: ['b']\nname: c\n{FOLDED}") for n in range(9)]

    habits = learn([*files, opened('title: "A"\nurl: \'x: y\'\ntags: [b]\nname: "c"\n')])

    assert habits == Habits(
        quote='"',
        quotes=(("name", '"'), ("tags", "'"), ("title", "'"), ("url", '"')),
        quoted_keys=("tags", "title"),
        width=80,
        is_past=True,
    )


def test_what_files_do_differently_is_none() -> None:
    one, other = (
        opened(f"title: 'A'\nx: \"\\xE9\"\n{FOLDED}"),
        opened('title: "A"\nx: é\ny: ' + "word " * 30 + "\n"),
    )

    assert learn([one, other]) == Habits(quoted_keys=("title",))


def test_a_catalogue_may_escape_all_that_is_not_ascii() -> None:
    habits = learn([opened('title: "\\xE9"\n'), opened('title: "\\u0105"\n'), opened("title: a\n")])

    assert habits.is_ascii


def test_lines_that_end_before_the_width_are_told_from_those_that_end_past_it() -> None:
    before = "a: " + "word " * 14 + "word\n  " + "word " * 14 + "word\n  " + "words\n"

    assert learn([opened(before)]) == Habits(width=80, is_past=False)


def test_a_scalar_folded_without_rule_tells_its_longest_line() -> None:
    ragged = "a: " + "word " * 12 + "\n  word\n  " + "word " * 10 + "\n  word word\n"

    assert learn([opened(ragged)]) == Habits(width=62, is_past=False)


def test_where_lists_stand_is_a_habit_too() -> None:
    header = "title: A\ntags:\n- b\nnames:\n- c\n"

    assert learn([opened(header)]).list_offset == 0
    assert learn([opened(header), opened("tags: [b]\nnames: [c]\n")]).list_offset is None
    assert learn([opened("tags: []\n"), opened(header)]).list_offset == 0
