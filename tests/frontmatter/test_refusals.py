"""What can't be edited without doing something else too is refused, and nothing is half done."""

from __future__ import annotations

import pickle

import pytest

from enrich.frontmatter import (
    Append,
    Edited,
    Insert,
    Operation,
    Refused,
    Remove,
    Set,
    Unreadable,
    edit,
    parse,
)
from enrich.frontmatter.splicing import Unverified
from enrich.frontmatter.yaml.verifying import verified
from enrich.models import Map
from enrich.text import Edit, Span
from tests.documents import document
from tests.frontmatter.writing import after, front_matter, opened, refusal

ALIAS = "it is an alias of another value"
SHARED = "aliases share it"
TWICE = "another operation already changes it"


@pytest.mark.parametrize(
    ("header", "operation", "reason"),
    [
        ("a: &x 1\nb: *x\n", Set(("b",), 2), ALIAS),
        ("a: &x 1\nb: *x\n", Set(("a",), 2), SHARED),
        ("a: &x 1\nb: *x\n", Remove(("a",)), SHARED),
        ("a: &x [1]\nb: *x\n", Append(("b",), 2), ALIAS),
        ("a: &x [1]\nb: *x\n", Append(("a",), 2), SHARED),
        ("a: &x [1]\nb: *x\n", Set(("a", 0), 2), SHARED),
        ("a: &x {c: 1}\nb: *x\n", Set(("b", "c"), 2), ALIAS),
        ("a: &x {c: 1}\nb: *x\n", Insert(("b", "d"), 2), ALIAS),
        ("a: {c: &x 1}\nb: *x\n", Set(("a",), 2), SHARED),
        ("a: {c: [&x 1]}\nb: *x\n", Remove(("a", "c")), SHARED),
        ("a: &x 1\nb: [*x, 2]\n", Set(("b",), (3, 2)), ALIAS),
        ("a: 1\na: 2\n", Set(("a",), 3), "the key `a` stands twice"),
        ("a: {b: 1, b: 2}\n", Remove(("a", "b")), "the key `b` stands twice"),
        ("a: {b: 1}\na: {b: 2}\n", Set(("a", "b"), 3), "the key `a` stands twice"),
        ("a: {b: 1}\nb: 2\n", Set(("c",), 3), "there is no key `c`"),
        ("a: 1\n", Set((), 3), "it names no place in the front matter"),
        ("a: 1\n", Set(("a",), "\ud800"), "it holds half of a surrogate pair"),
        ("a: !!str 1\n", Set(("a",), 2), "its tag says that it is something else"),
        ("a: !own 1\n", Set(("a",), "x"), "its tag says that it is something else"),
        ("a: !!set {b}\n", Set(("a",), ("b",)), "its tag says that it is something else"),
        ("{a, b: 1}\n", Set(("a",), 2), "there is no room for the value"),
        ("{a, b: 1}\n", Set(("a",), (2,)), "there is no room for the value"),
        ("? a\nb: 1\n", Set(("a",), "x"), "there is no room for the value"),
        ("? a\n? [b]\n: 1\n", Set(("a",), Map((("x", 1),))), "there is no room for the value"),
    ],
)
def test_an_edit_that_would_reach_further_is_refused(header: str, operation: Operation, reason: str) -> None:
    assert refusal(header, operation) == reason


def test_what_is_anchored_but_not_shared_can_be_edited() -> None:
    header = "a: &x 1\nb: &y [2]\nc: &z 3\nd: *z\n"

    assert after(header, Set(("a",), 5), Append(("b",), 6)) == "a: &x 5\nb: &y [2, 6]\nc: &z 3\nd: *z\n"
    assert after(header, Remove(("d",)), Set(("a",), "x")) == "a: &x x\nb: &y [2]\nc: &z 3\n"
    assert after("a: &x\n- b\n", Set(("a",), 1)) == "a: &x 1\n"


def test_other_keys_can_be_edited_beside_a_repeated_one() -> None:
    header = "a: 1\nb: 2\na: 3\n"

    assert after(header, Set(("b",), 5), Insert(("c",), 6, ("a",))) == "a: 1\nb: 5\na: 3\nc: 6\n"


def test_a_name_that_is_anchored_again_means_the_latest_one() -> None:
    header = "a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: 3\n"

    assert after(header, Set(("e",), 4)) == header.replace("e: 3", "e: 4")


@pytest.mark.parametrize(
    ("operations", "reason"),
    [
        ([Set(("a",), 1), Set(("a",), 2)], TWICE),
        ([Set(("b",), 1), Set(("b", 0), 2)], TWICE),
        ([Set(("b", 0), 1), Set(("b",), 2)], TWICE),
        ([Append(("b",), 1), Set(("b",), 2)], TWICE),
        ([Set(("b",), 2), Append(("b",), 1)], TWICE),
        ([Set(("a",), 1), Remove(("a",))], TWICE),
        ([Remove(("a",)), Remove(("a",))], TWICE),
        ([Remove(("a",)), Set(("a",), 1)], "another operation already removes it"),
        ([Remove(("b",)), Append(("b",), 1)], "another operation already removes it"),
        ([Insert(("c",), 1), Insert(("c",), 2)], "another operation already adds it"),
    ],
)
def test_operations_that_contradict_each_other_are_refused(operations: list[Operation], reason: str) -> None:
    found = opened("a: 0\nb: [x]\n")

    refused = edit(found, operations)

    assert refused == Refused(operations[1], reason)
    assert pickle.loads(pickle.dumps(refused)) == refused


@pytest.mark.parametrize(
    ("header", "operation", "reason"),
    [
        ('a: "x\ny z"\n', Set(("a",), "x --- z"), "the result would not be valid YAML"),
        ('a: "x\ny\nz"\n', Set(("a",), "x --- z"), "the fences would move"),
    ],
)
def test_a_result_that_is_not_what_was_meant_is_refused(
    header: str, operation: Operation, reason: str
) -> None:
    other = Insert(("b",), 1)

    assert refusal(header, operation) == reason
    assert edit(opened(header), [other, operation]) == Refused(operation, reason)


def test_of_many_edits_the_one_is_named_with_which_they_fail() -> None:
    operations: list[Operation] = [Set(("b",), 2), Set(("a",), "x --- z"), Insert(("c",), 3)]

    refused = edit(opened('a: "x\ny\nz"\nb: 1\n'), operations)

    assert refused == Refused(operations[1], "the fences would move")


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([Edit(Span(7, 9), ""), Edit(Span(8, 9), "")], "two edits would overlap"),
        ([Edit(Span(9, 12), "")], "the fences would move"),
        ([Edit(Span(9, 9), "---\n")], "the fences would move"),
        ([Edit(Span(13, 14), "x")], "something outside of the front matter would change"),
        ([Edit(Span(7, 8), "[")], "the result would not be valid YAML"),
        ([Edit(Span(7, 8), "[" * 70 + "]" * 70)], "the result would not be valid YAML"),
        ([Edit(Span(7, 8), "2")], "the result would read differently"),
        ([Edit(Span(7, 8), "1\nb: 2")], "the result would read differently"),
        ([Edit(Span(7, 8), "[1]")], "the result would read differently"),
        ([Edit(Span(7, 8), "&x 1")], "the result would read differently"),
        ([Edit(Span(7, 8), "'1'")], "the result would read differently"),
        ([Edit(Span(4, 9), "")], "the result would read differently"),
    ],
)
def test_the_result_is_read_again_before_it_is_given(edits: list[Edit], reason: str) -> None:
    found = front_matter("---\na: 1\n---\nbody")

    with pytest.raises(Unverified, match=reason):
        verified(found, edits, found.root)
    assert verified(found, [Edit(Span(8, 8), "  # one")], found.root) == "---\na: 1  # one\n---\nbody"


def test_no_operation_is_no_edit() -> None:
    found = opened("a: 1\n")

    assert edit(found, []) == Edited(found.document.text, ())


@pytest.mark.parametrize(("fence", "code"), [("---", "FMT401"), ("+++", "FMT406")])
def test_front_matter_without_measure_is_refused_at_once(fence: str, code: str) -> None:
    text = f"{fence}\n# {'x' * 1_000_000}\n{fence}\nText.\n"

    refused = parse(document(text.encode()))

    assert isinstance(refused, Unreadable)
    assert refused.code == code
    assert refused.message == "front matter is larger than 1,000,000 characters"
    assert refused.span.of(text) == fence
