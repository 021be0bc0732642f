"""Items come and go, and look like their siblings."""

from __future__ import annotations

import pytest

from enrich.frontmatter import Append, Remove, Set
from enrich.models import Map, Path, Value
from tests.frontmatter.writing import after, refusal

LINK = Map((("name", "C"), ("url", "https://x.org/v")))
A = ("a",)
NOTED = "a:\n- b: 1\n  # c\n  d: 2\n"
BECOMES_TEXT = "the comment behind it would become text"


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("a: [x, y]  # two\n", "z", "a: [x, y, z]  # two\n"),
        ("a: [x, y,]\n", "z", "a: [x, y, z,]\n"),
        ("a: ['x','y']\n", "z", "a: ['x','y','z']\n"),
        ("a: [ x ]\n", "z", "a: [ x, z ]\n"),
        ("a: []\n", "z", "a: [z]\n"),
        ("a: [ ]\n", "z", "a: [z ]\n"),
        ("a: [\n  x,\n  y\n]\n", "z", "a: [\n  x,\n  y,\n  z\n]\n"),
        ("a: [\n  x, # one\n  y # two\n]\n", "z", "a: [\n  x, # one\n  y, z # two\n]\n"),
        ("a: [x, '2 3: 4']\n", "z", "a: [x, '2 3: 4', z]\n"),
        ("a: [x, '2 3: 4']\n", "z, w", "a: [x, '2 3: 4', 'z, w']\n"),
        ("a:\n- x\n- y  # two\n# after\nb: 1\n", "z", "a:\n- x\n- y  # two\n- z\n# after\nb: 1\n"),
        ("a:\n   -  x\r\n", "z", "a:\n   -  x\r\n   -  z\r\n"),
        ("a:\n- x\n\n- y\n", "z", "a:\n- x\n\n- y\n\n- z\n"),
        ("a:\n- x\n# why\n- y\n", "z", "a:\n- x\n# why\n- y\n- z\n"),
        ("a:\n- \"x\"\n- 'y'\n", "z", "a:\n- \"x\"\n- 'y'\n- \"z\"\n"),
        ("a:\n- 1\n", 2, "a:\n- 1\n- 2\n"),
        ("a:\n- - x\n  - y\n", ("z",), "a:\n- - x\n  - y\n- [z]\n"),
        ("a: [{name: \"P\", url: 'z'}]\n", LINK, "a: [{name: \"P\", url: 'z'}, {name: \"C\", url: 'https://x.org/v'}]\n"),
        ("a: [{ url : z , name : P }]\n", LINK,
         "a: [{ url : z , name : P }, { url : https://x.org/v , name : C }]\n"),
        ("a:\n   - {name: 'P', url: \"z\"}\n", LINK,
         "a:\n   - {name: 'P', url: \"z\"}\n   - {name: 'C', url: \"https://x.org/v\"}\n"),
        ("a:\n- name: P\n  url: 'z'\n", LINK, "a:\n- name: P\n  url: 'z'\n- name: C\n  url: 'https://x.org/v'\n"),
        ("a:\n-\n  url: z\n  name: P\n", LINK,
         "a:\n-\n  url: z\n  name: P\n- url: https://x.org/v\n  name: C\n"),
        ("a:\n- name: P\n  year: 1\n  url: z\n", Map((("name", "C"), ("kind", "K"), ("url", "w"))),
         "a:\n- name: P\n  year: 1\n  url: z\n- name: C\n  kind: K\n  url: w\n"),
    ],
)  # fmt: skip
def test_a_new_item_looks_like_its_siblings(header: str, value: Value, expected: str) -> None:
    assert after(header, Append(A, value)) == expected


LONG = "https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d"


def test_a_wrapped_flow_list_goes_on_wrapped() -> None:
    header = f"a: [{{name: Code, url: '{LONG}'}},\n  {{name: Paper, url: 'https://x.org'}}]\n"

    assert after(header, Append(A, LINK)) == (
        f"a: [{{name: Code, url: '{LONG}'}},\n  {{name: Paper, url: 'https://x.org'}}, "
        "{name: C, url: 'https://x.org/v'}]\n"
    )
    assert after(header, Append(A, Map((("name", "Code"), ("url", LONG)))), Append(A, LINK)) == (
        f"a: [{{name: Code, url: '{LONG}'}},\n  {{name: Paper, url: 'https://x.org'}}, "
        f"{{name: Code, url: '{LONG}'}},\n  {{name: C, url: 'https://x.org/v'}}]\n"
    )


def test_a_short_flow_list_is_wrapped_where_the_file_folds() -> None:
    folded = "t: " + "word " * 16 + "\n  word\n"
    header = f"{folded}a: [{{name: Paper, url: 'https://arxiv.org/abs/1706.00286', kind: Preprint}}]\n"

    assert after(header, Append(A, LINK)) == (
        f"{folded}a: [{{name: Paper, url: 'https://arxiv.org/abs/1706.00286', kind: Preprint}}, {{name: C,\n"
        "    url: 'https://x.org/v'}]\n"
    )


def test_a_long_list_on_one_line_stays_on_one_line() -> None:
    folded = "t: " + "word " * 16 + "\n  word\n"
    header = f"{folded}a: [{', '.join(f'item{n}' for n in range(20))}]\n"

    assert after(header, Append(A, "z")) == header.replace("]", ", z]")


@pytest.mark.parametrize(
    ("header", "path", "expected"),
    [
        ("a: [x, y, z]\n", ("a", 0), "a: [y, z]\n"),
        ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
        ("a: [x, y, z]\n", ("a", 2), "a: [x, y]\n"),
        ("a: [ x ]\n", ("a", 0), "a: []\n"),
        ("a: [{b: c},\n  {d: e}]\n", ("a", 0), "a: [{d: e}]\n"),
        ("a: [{b: c},\n  {d: e}]\n", ("a", 1), "a: [{b: c}]\n"),
        ("a: [\n  x,\n  y,\n]\n", ("a", 1), "a: [\n  x,\n]\n"),
        ("a: {b: 1, c: 2}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a: {b: , c: 2}\n", ("a", "c"), "a: {b: }\n"),
        ("a:\n- x\n- y # two\n- z\n", ("a", 1), "a:\n- x\n- z\n"),
        ("a:\n- x\n\n- y\n\n- z\n", ("a", 0), "a:\n- y\n\n- z\n"),
        ("a:\n- x\n\n- y\n\n- z\nb: 1\n", ("a", 2), "a:\n- x\n\n- y\nb: 1\n"),
        ("a:\n- x\n# about y\n- y\n", ("a", 0), "a:\n# about y\n- y\n"),
        ("a:\n- x\n# about y\n- y\n", ("a", 1), "a:\n- x\n# about y\n"),
        ("a:\n  - x\nb: 1\n", ("a", 0), "a: []\nb: 1\n"),
        ("a: # why\n  - x\nb: 1\n", ("a", 0), "a: [] # why\nb: 1\n"),
        ("a: &x\n  # why\n  - x\nb: 1\n", ("a", 0), "a: &x []\n  # why\nb: 1\n"),
        ("a:\n  b: c\nd: 1\n", ("a", "b"), "a: {}\nd: 1\n"),
        ("a:\n- b: c\n- d\n", ("a", 0, "b"), "a:\n- {}\n- d\n"),
        ("a:\n- b: c\n  d: e\n", ("a", 0, "b"), "a:\n- d: e\n"),
        ("a:\n- b: c\n  d: e\n", ("a", 0, "d"), "a:\n- b: c\n"),
        ("a: 1\n", ("a",), ""),
        ("a: 1\nb: |+\n  x\n\nc: 2\n", ("c",), "a: 1\nb: |+\n  x\n\n"),
        ("a: 1\nb: |+\n  x\n\nc: 2\n", ("b",), "a: 1\nc: 2\n"),
        ("x: &x 1\na: *x\n", ("a",), "x: &x 1\n"),
        ("a: 1\n\n# about b\nb: 2\n# about c\nc: 3\n", ("b",), "a: 1\n\n# about b\n# about c\nc: 3\n"),
        ("a: 1\r\nb: 2\r\n", ("a",), "b: 2\r\n"),
    ],
)
def test_an_entry_goes_with_its_line_and_no_other(header: str, path: Path, expected: str) -> None:
    assert after(header, Remove(path)) == expected


@pytest.mark.parametrize(
    ("header", "removed", "expected"),
    [
        ("a: [w, x, y, z]\n", (1, 2), "a: [w, z]\n"),
        ("a: [w, x, y, z]\n", (2, 3), "a: [w, x]\n"),
        ("a: [w, x, y, z]\n", (0, 3), "a: [x, y]\n"),
        ("a: [w, x, y, z]\n", (3, 2, 1, 0), "a: []\n"),
        ("a:\n- w\n- x\n- y\n", (1, 2), "a:\n- w\n"),
        ("a:\n- w\n\n- x\n\n- y\n", (1, 2), "a:\n- w\n"),
        ("a:\n- w\n# why\n- x\n", (0, 1), "a: []\n# why\n"),
    ],
)
def test_many_items_go_at_once(header: str, removed: tuple[int, ...], expected: str) -> None:
    assert after(header, *(Remove(("a", position)) for position in removed)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [("a: [x, y, z]\n", "a: [w, z, v]\n"), ("a:\n- x\n- y\n- z\n", "a:\n- w\n- z\n- v\n")],
)
def test_items_come_change_and_go_at_once(header: str, expected: str) -> None:
    operations = (Remove(("a", 0)), Set(("a", 1), "w"), Append(A, "v"))

    assert after(header, *operations) == expected
    assert after(header, *reversed(operations)) == expected


def test_a_flow_list_may_be_filled_anew() -> None:
    assert after("a: [x]\n", Remove(("a", 0)), Append(A, "v"), Append(A, "z")) == "a: [v, z]\n"


@pytest.mark.parametrize(
    ("header", "operations", "reason"),
    [
        ("a: 1\n", [Append(A, 2)], "it is no list"),
        ("a:\n", [Append(A, 2)], "it is no list"),
        ("a: [1]\n", [Remove(("a", 1))], "there is no item 1"),
        ("a: [1]\n", [Remove(("a", -1))], "there is no item -1"),
        ("a: {b: c}\n", [Remove(("a", 0))], "there is no item 0"),
        ("a: [b: c]\n", [Remove(("a", 0, "b"))], "it is a pair without braces in a list"),
        ("a: [x, # one\n  y]\n", [Remove(("a", 0))], "a comment stands beside it"),
        (NOTED, [Remove(("a", 0, "b"))], "a comment stands beside it"),
        (NOTED, [Set(("a", 0), 1)], "a comment stands in it"),
        (NOTED, [Remove(("a", 0, "b")), Remove(("a", 0, "d"))], "a comment stands in it"),
        ("a:\n- - x\n", [Set(("a", 0), ("w", "x"))], "the first entry stands on its parent's line"),
        ("a: [1]#c\nb: 2\n", [Remove(("a",))], "more stands on its line"),
        ("a:\n- [1]#c\nb: 2\n", [Set(("a",), 1)], "more stands on its line"),
        ("a:\n- x\n", [Remove(("a", 0)), Append(A, "y")], "nothing of it would stay beside what is added"),
        ("a: |\n  x\nb: 1\n  # c\nd: 2\n", [Remove(("b",))], BECOMES_TEXT),
        ("a:\n- b: |\n    x\nb: 1\n  # c\nd: 2\n", [Remove(("b",))], BECOMES_TEXT),
    ],
)  # fmt: skip
def test_what_can_not_be_told_apart_is_refused(
    header: str, operations: list[Append | Remove | Set], reason: str
) -> None:
    assert refusal(header, *operations) == reason
