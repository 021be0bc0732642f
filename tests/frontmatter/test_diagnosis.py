"""YAML that is not valid: a person is pointed to the mistake, not to where the parser gave up."""

from __future__ import annotations

import pytest

from enrich.frontmatter import Unreadable, parse
from tests.documents import document

INVALID = "front matter is not valid YAML: "
QUOTE = "quote opened here is never closed"
CLOSED = "text stands after the closing quote; quote the whole value"
INDENTED = "this line's indentation fits neither a key nor the value above"


@pytest.mark.parametrize(
    ("header", "problem", "shown"),
    [
        ('title: "A title\nyear: 2020\n', QUOTE, '"A title'),
        ('title: "A title\nyear: "2020"\n', QUOTE, '"A title'),
        ('title: "A title  \n', QUOTE, '"A title'),
        ("a: b\ntitle: 'A\n\n# about the url\nurl: 'http://x'\n", QUOTE, "'A"),
        ("authors: 'a\n  b'\ntitle: 'A\nyear: '1'\n", QUOTE, "'A"),
        ('links: [{name: "x, url: y}]\nb: c\n', QUOTE, '"x, url: y}]'),
        ('a: "x\n y\n z\n', QUOTE, '"x'),
        ('a: !!str "x\nb: c\n', QUOTE, '"x'),
        ('title: "x" y "z\nb: c\n', CLOSED, '"x" y "z'),
        ("title: A: B\n", "`: ` inside the unquoted value of `title`; quote the value", "A: B"),
        ("- title: A: B # c\n", "`: ` inside the unquoted value of `title`; quote the value", "A: B # c"),
        ("a: b\n  c: d\n", "a key can't stand here: the line above goes on in this one", "c: d"),
        ("key:value\na: b\n", "no space after the colon", "key:value"),
        ("a: b\nkey:value\nc: d\n", "no space after the colon", "key:value"),
        ("a: b\nsome words\nc: d\n", "this line is no `key: value`", "some words"),
        ("x: @home\n", "a value can't begin with `@`; quote it", "@home"),
        ("x: `code` here\n", "a value can't begin with a backtick; quote it", "`code` here"),
        ("x: %d\n", "a value can't begin with `%`; quote it", "%d"),
        ("x: - y\n", "a value can't begin with `- `; quote it", "- y"),
        ("x: **bold**\n", "a value can't begin with `*` like this; quote it", "**bold**"),
        ("x: & more\n", "a value can't begin with `&` like this; quote it", "& more"),
        ("x: !a!b c\n", "a value can't begin with `!` like this; quote it", "!a!b c"),
        ("x: > 5\n", "a value can't begin with `>` like this; quote it", "> 5"),
        ("x:\n\t- y\n", "a tab stands where only spaces may", "\t"),
        ('x: "Y" (Z)\n', CLOSED, '"Y" (Z)'),
        ("x: 'don't'\n", CLOSED, "'don't'"),
        ("x: [Paper] Y\n", "text stands after the closing `]`; quote the whole value", "[Paper] Y"),
        ("x: {{ y }} z\n", "text stands after the closing `}`; quote the whole value", "{{ y }} z"),
        ("x: [a, b\ny: z\n", "`[` opened here is never closed", "[a, b"),
        ("{a: b\n", "`{` opened here is never closed", "{a: b"),
        ('x: {a: "b" "c"}\n', "`,` or `}` is missing before this", '"c"}'),
        ("x: [{a: b}\n  {c: d}]\n", "`,` or `]` is missing before this", "{c: d}]"),
        ("x: [a, , b]\n", "a value is missing before this", ", b]"),
        ("x: [a]]\n", "`]` closes nothing", "]"),
        ('x: "\\d"\n', "`\\d` is no escape that YAML knows; write `\\\\` for a backslash", "\\d"),
        ("a:\n  b: c\n d: e\n", INDENTED, "d: e"),
        ("a: b\n\x01\n", "control character U+0001", "\x01"),
        ("a: b\ufffe\n", "control character U+FFFE", "\ufffe"),
        ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n", "a merge conflict is left in it", "<<<<<<< HEAD"),
        ("x: [a]b]\n", "the value before this has come to its end", "b]"),
        ("%a: b\n", "found unexpected non-alphabetical character", ": b"),
        ("x: *y\n", "`*y` refers to no anchor; quote the value", "*y"),
        ("a: b\n--- c\n", "a second document begins here", "---"),
    ],
)  # fmt: skip
def test_the_mistake_is_shown_where_it_was_made(header: str, problem: str, shown: str) -> None:
    text = (
        f"---\nlayout: x\n{header}---\n" if not header.startswith(("{", "%", "- ")) else f"---\n{header}---\n"
    )

    found = parse(document(text.encode()))

    assert isinstance(found, Unreadable)
    assert (found.message, found.span.of(text)) == (INVALID + problem, shown)
    assert found.code == "FMT401"


@pytest.mark.parametrize(
    ("header", "message", "shown"),
    [
        ("- a\n- b\n", "front matter is a list, not `key: value` lines", "- a"),
        ("only text\n", "front matter is text, not `key: value` lines", "only text"),
        ("\n- a\nb: c\n", None, None),
    ],
)
def test_front_matter_is_a_mapping(header: str, message: str | None, shown: str | None) -> None:
    text = f"---\n{header}---\n"

    found = parse(document(text.encode()))

    assert isinstance(found, Unreadable)
    if message:
        assert (found.message, found.span.of(text)) == (message, shown)


def test_a_missing_space_makes_the_next_key_seem_wrong() -> None:
    text = "---\nkey:value\na: b\n---\n"

    found = parse(document(text.encode()))

    assert isinstance(found, Unreadable)
    assert (found.message, found.span.of(text)) == (f"{INVALID}no space after the colon", "key:value")


def test_the_parsers_words_come_with_the_line_of_the_file() -> None:
    found = parse(document(b'---\nlayout: x\ntitle: "A title with a colon: and no closing quote\n---\n'))

    assert isinstance(found, Unreadable)
    assert found.evidence == "while scanning a quoted scalar: found unexpected end of stream (line 4)"


def test_a_mistake_in_a_file_with_a_byte_order_mark_is_not_off_by_one() -> None:
    text = "\ufeff---\r\na: b\r\ntitle: A: B\r\n---\r\n"

    found = parse(document(text.encode()))

    assert isinstance(found, Unreadable)
    assert found.span.of(text) == "A: B"
