"""A new key: behind its neighbour, in the neighbours' manner."""

from __future__ import annotations

import datetime as dt

import pytest

from enrich.frontmatter import Habits, Insert, Remove, Set
from enrich.models import Map, Value
from tests.frontmatter.writing import after, front_matter, refusal

NEW = ("new",)


@pytest.mark.parametrize(
    ("header", "anchor", "expected"),
    [
        ("a: 1\nb: 2\n", ("a",), "a: 1\nnew: x\nb: 2\n"),
        ("a: 1\nb: 2\n", (), "a: 1\nb: 2\nnew: x\n"),
        ("a: 1\nb: 2\n", ("z", "b", "a"), "a: 1\nb: 2\nnew: x\n"),
        ("a: 1  # one\n\n# about b\nb: 2\n", ("a",), "a: 1  # one\nnew: x\n\n# about b\nb: 2\n"),
        ("a: 1\n\n# the end\n", (), "a: 1\nnew: x\n\n# the end\n"),
        ("a:\n- 1\n# about b\nb: 2\n", ("a",), "a:\n- 1\nnew: x\n# about b\nb: 2\n"),
        ("a:\n  - 1\n  # - 2\nb: 2\n", ("a",), "a:\n  - 1\n  # - 2\nnew: x\nb: 2\n"),
        ("a: [1,\n  2]\nb: 2\n", ("a",), "a: [1,\n  2]\nnew: x\nb: 2\n"),
        ("a: one\n  two\nb: 2\n", ("a",), "a: one\n  two\nnew: x\nb: 2\n"),
        ("a: |\n  one\n\n\nb: 2\n", ("a",), "a: |\n  one\nnew: x\n\n\nb: 2\n"),
        ("a: |+\n  one\n\n\nb: 2\n", ("a",), "a: |+\n  one\n\n\nnew: x\nb: 2\n"),
        ("a:\nb: 2\n", ("a",), "a:\nnew: x\nb: 2\n"),
        ("a: *x\n", None, None),
        ("a: 1\r\nb: 2\n", ("a",), "a: 1\r\nnew: x\r\nb: 2\n"),
        ("a: 1\r\nb: 2\n", (), "a: 1\r\nb: 2\nnew: x\n"),
        ("  a: 1\n  b: 2\n", ("a",), "  a: 1\n  new: x\n  b: 2\n"),
        ("a : 1\nb : 2\n", ("a",), "a : 1\nnew : x\nb : 2\n"),
        ("'a': 1\n'b': 2\n", ("a",), "'a': 1\n'new': x\n'b': 2\n"),
        ("? a\n: 1\nb: 2\n", ("a",), "? a\n: 1\nnew: x\nb: 2\n"),
        ("{a: 1, b: 2}\n", ("a",), "{a: 1, new: x, b: 2}\n"),
        ("{ a: 1 }\n", (), "{ a: 1, new: x }\n"),
        ("{a: , b: 2}\n", ("a",), "{a: , new: x, b: 2}\n"),
        ("{a:\n}\n", (), "{a: , new: x\n}\n"),
        ("{a: 1,\n b: 2}\n", (), "{a: 1,\n b: 2,\n new: x}\n"),
        ("{}\n", (), "{new: x}\n"),
        ("", (), "new: x\n"),
        ("# nothing yet\n", (), "# nothing yet\nnew: x\n"),
    ],
)  # fmt: skip
def test_a_key_goes_behind_its_anchor_or_to_the_end(
    header: str, anchor: tuple[str, ...] | None, expected: str | None
) -> None:
    if anchor is not None:
        assert after(header, Insert(NEW, "x", anchor)) == expected


def test_a_key_goes_into_the_mapping_that_its_path_names() -> None:
    header = "a:\n  b:\n    c: 1\n  d:\n  - e: 2\n    f: 3\ng: {h: 4}\n"

    edited = after(
        header,
        Insert(("a", "b", "new"), "x"),
        Insert(("a", "d", 0, "new"), "v", ("e",)),
        Insert(("g", "new"), "z"),
    )

    assert edited == (
        "a:\n  b:\n    c: 1\n    new: x\n  d:\n  - e: 2\n    new: v\n    f: 3\ng: {h: 4, new: z}\n"
    )


def test_keys_behind_one_anchor_keep_their_order() -> None:
    keys = [Insert((name,), name, ("a",)) for name in ("x", "y", "z")]

    assert after("a: 1\nb: 2\n", *keys) == 'a: 1\nx: x\n"y": "y"\nz: z\nb: 2\n'
    assert after("{a: 1, b: 2}\n", *keys) == '{a: 1, x: x, "y": "y", z: z, b: 2}\n'


def test_a_key_may_go_behind_one_that_is_new_itself() -> None:
    edited = after("a: 1\nb: 2\n", Insert(("x",), "1st", ("a",)), Insert(("z",), "2nd", ("x", "b")))

    assert edited == "a: 1\nx: 1st\nz: 2nd\nb: 2\n"


def test_an_anchor_may_change_or_go_in_the_same_edit() -> None:
    header = "a: 1\nb: 2\nc: 3\n"

    assert after(header, Set(("b",), 5), Insert(NEW, "x", ("b",))) == "a: 1\nb: 5\nnew: x\nc: 3\n"
    assert after(header, Remove(("b",)), Insert(NEW, "x", ("b",))) == "a: 1\nnew: x\nc: 3\n"
    assert after(header, Remove(("a",)), Insert(NEW, "x", ("a",))) == "new: x\nb: 2\nc: 3\n"
    assert after("{a: 1, b: 2}\n", Remove(("a",)), Insert(NEW, "x", ("a",))) == "{new: x, b: 2}\n"


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("a: x y\n", "10.1/x", "10.1/x"),
        ("a: x y\n", "2410.21276", '"2410.21276"'),
        ("a: 'x: y'\n", "2410.21276", "'2410.21276'"),
        ("a: b c\nl: [{u: 'https://x.org'}]\ntags: [\"x\", \"y\"]\n", "2410.21276", "'2410.21276'"),
        ('a: "x y"\nb: "z"\n', "text", '"text"'),
        ('a: "x: y"\nb: z\n', "text", "text"),
        ('a: "x y"\nb: z\n', "text", "text"),
        ("a: \"\\u0105\"\n", "text", "text"),
        ("a: \"\\u0105\"\n", "é", '"\\xE9"'),
        ("a: é\n", "é", "é"),
        ("a: b\n", dt.date(2024, 10, 25), "2024-10-25"),
        ("a: b\n", 5, "5"),
        ("a: b\n", (), "[]"),
        ("a: b\n", Map(()), "{}"),
        ("a: b\n", ("cs.CL", "x, y"), '[cs.CL, "x, y"]'),
        ('a: ["x"]\n', ("cs.CL", "cs.AI"), '["cs.CL", "cs.AI"]'),
        ("a: [ 'x','y' ]\n", ("cs.CL", "cs.AI"), "[ 'cs.CL','cs.AI' ]"),
        ("a: [\n  x,\n  y\n]\n", ("cs.CL", "cs.AI"), "[cs.CL, cs.AI]"),
        ("a:\n- x\n", ("cs.CL", "2"), '\n- cs.CL\n- "2"'),
        ("a:\n  -   x\n", ("cs.CL", "cs.AI"), "\n  -   cs.CL\n  -   cs.AI"),
        ("a:\n- {n: x}\nb: ['x']\n", ("cs.CL",), "['cs.CL']"),
        ("b: ['x']\na:\n- {n: x}\n", (Map((("n", "w"),)),), "\n- {n: w}"),
        ("a:\n- n: x\n  m: y\n", (Map((("m", "1"), ("n", "z"))),), '\n- n: z\n  m: "1"'),
        ("a: b\n", Map((("m", "w"), ("l", ("z",)))), "\n  m: w\n  l: [z]"),
        ("a: {n: 'x', m: y}\n", Map((("m", "1"), ("n", "z"))), "{n: 'z', m: '1'}"),
        ("a: {on: x}\n", Map((("on", "z"),)), '{"on": z}'),
        ("a:\n    n: 'x'\n", Map((("n", "z"),)), "\n    n: 'z'"),
    ],
)  # fmt: skip
def test_a_new_value_is_written_as_its_neighbours_are(header: str, value: Value, expected: str) -> None:
    space = "" if expected.startswith("\n") else " "

    assert after(header, Insert(NEW, value)) == f"{header}new:{space}{expected}\n"


@pytest.mark.parametrize("key", ["yes", "a: b", "2024", "#x", "", "- x"])
def test_a_key_is_a_string_to_every_reader(key: str) -> None:
    assert after("a: b\n", Insert((key,), "x")) == f'a: b\n"{key}": x\n'


def test_the_catalogues_habits_help_where_the_file_tells_nothing() -> None:
    habits = Habits(quote="'", quotes=(("doi", '"'),), quoted_keys=("doi", "note"), is_ascii=True)

    edited = after(
        "a: b\n",
        Insert(("doi",), "10.1/x"),
        Insert(("note",), "text"),
        Insert(("id",), "2410.1"),
        Insert(("plain",), "text"),
        Insert(("name",), "é"),
        habits=habits,
    )

    assert edited == "a: b\ndoi: \"10.1/x\"\nnote: 'text'\nid: '2410.1'\nplain: text\nname: \"\\xE9\"\n"


def test_a_long_text_is_folded_as_the_file_folds() -> None:
    header = "a: " + "word " * 16 + "\n  word\nl:\n- b: c\n"
    words = "Measuring the Quality of Things that Nobody Has Ever Measured Before and Will Never Again"

    edited = after(header, Insert(("comment",), words, ("a",)), Insert(("l", 0, "comment"), words))

    assert edited == (
        "a: " + "word " * 16 + "\n  word\n"
        "comment: Measuring the Quality of Things that Nobody Has Ever Measured Before and\n"
        "  Will Never Again\n"
        "l:\n- b: c\n"
        "  comment: Measuring the Quality of Things that Nobody Has Ever Measured Before and\n"
        "    Will Never Again\n"
    )


def test_the_closing_fence_may_be_the_last_thing_in_the_file() -> None:
    found = front_matter("---\na: 1\n---")

    assert found.header.of(found.document.text) == "a: 1\n"
    assert after("a: 1\n", Insert(NEW, "x")) == "a: 1\nnew: x\n"


@pytest.mark.parametrize(
    ("header", "operation", "reason"),
    [
        ("a: 1\n", Insert(("a",), 2), "the key is there already"),
        ("a: 1\n", Insert(("a", "b"), 2), "it is no mapping"),
        ("a: [1]\n", Insert(("a", "b"), 2), "it is no mapping"),
        ("a: {}\n", Insert(("a", 0), 2), "it is no mapping"),
        ("a: 1\n", Insert(("b", "c"), 2), "there is no key `b`"),
        ("x: &x {c: 1}\na:\n  <<: *x\n", Insert(("a", "c"), 2), "the mapping is merged with another"),
        ("a: [b: 1]\n", Insert(("a", 0, "c"), 2), "it is a pair without braces in a list"),
        ("a: 1\n", Insert(("b",), "\ud800"), "it holds half of a surrogate pair"),
        ("a: 1\n", Insert(("b",), Map((("\udc00", ("x",)),))), "it holds half of a surrogate pair"),
        ("a: 1\n", Insert((), 1), "it names no place in the front matter"),
        ("a: [1]#c\nb: 2\n", Insert(("c",), 2, ("a",)), "more stands on the line behind which it would go"),
    ],
)
def test_a_key_that_has_no_place_is_refused(header: str, operation: Insert, reason: str) -> None:
    assert refusal(header, operation) == reason


def test_a_list_in_a_file_without_any_stands_as_the_catalogues_lists_do() -> None:
    insert = Insert(("tags",), ("a", "b"))

    assert after("title: A\n", insert) == "title: A\ntags: [a, b]\n"
    assert after("title: A\n", insert, habits=Habits(list_offset=0)) == "title: A\ntags:\n- a\n- b\n"
    assert after("title: A\n", insert, habits=Habits(list_offset=2)) == "title: A\ntags:\n  - a\n  - b\n"
    assert after("x: [c]\n", insert, habits=Habits(list_offset=2)) == "x: [c]\ntags: [a, b]\n"
