"""Front matter as nodes with spans."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from enrich.frontmatter import FrontMatter, Kind, Node, Style, Unreadable, parse, source_span
from enrich.frontmatter.yaml.compose import compose
from enrich.text import Span
from tests.documents import document
from tests.frontmatter.writing import front_matter, opened

if TYPE_CHECKING:
    from enrich.models import Path


def _source(header: str, *path: str | int) -> str:
    found = opened(header)
    node = found.get(path)
    assert node
    return node.span.of(found.document.text)


@pytest.mark.parametrize(
    ("header", "path", "source"),
    [
        ("title: A title  # short\n", ("title",), "A title"),
        ("title: 'it''s'\n", ("title",), "'it''s'"),
        ('title: "a\n  b"\nyear: 1\n', ("title",), '"a\n  b"'),
        ('title: "a\nb c"\n', ("title",), '"a\nb c"'),
        ("title: &x !!str A\n", ("title",), "A"),
        ("title: !!str &x  # why\n  A\n", ("title",), "A"),
        ("title:\n", ("title",), ""),
        ("title:   # none\n", ("title",), ""),
        ("{title:  , year: 1}\n", ("title",), ""),
        ("text: |\n  a\n  b \n\n\nyear: 1\n", ("text",), "|\n  a\n  b "),
        ("text: |+\n  a\n\nyear: 1\n", ("text",), "|+\n  a\n\n"),
        ("text: >-\n  a\n    \n\nyear: 1\n", ("text",), ">-\n  a\n    "),
        ("text: |\n\nyear: 1\n", ("text",), "|"),
        ("links: [a, {b: c}]  # two\n", ("links",), "[a, {b: c}]"),
        ("links: [a, {b: c}]\n", ("links", 1, "b"), "c"),
        ("links: [a: b, c]\n", ("links", 0), "a: b"),
        ("links:\n  - a\n  - b: c\n    d: e\n\n# the year\nyear: 1\n", ("links",), "- a\n  - b: c\n    d: e"),
        ("links:\n  - a\n  - b: c\n    d: e\n\n# the year\nyear: 1\n", ("links", 1), "b: c\n    d: e"),
        ("links: &x\n# which\n- a\n", ("links",), "- a"),
        ("map: &x\n  a: b\n", ("map",), "a: b"),
        ("title: 𝒳é\nyear: 2020\n", ("year",), "2020"),
        ("a: b\x85c: d\n", ("c",), "d"),
    ],
)  # fmt: skip
def test_a_node_spans_what_is_written(header: str, path: Path, source: str) -> None:
    assert _source(header, *path) == source


def test_a_byte_order_mark_is_counted() -> None:
    text = "\ufeff---\ntitle: A\n---\n"

    found = front_matter(text).get(("title",))

    assert found
    assert found.span == Span(12, 13)


def test_scalars_are_text_and_tell_what_yaml_makes_of_them() -> None:
    found = opened("a: 2410.21270\nb: '1'\nc: yes\nd: ~\ne: 2024-10-25\nf: x\ng: !own x\nh: ''\n").root

    assert [
        (node.text, node.tag.rpartition(":")[2], node.plain, node.is_null) for _, node in found.pairs
    ] == [
        ("2410.21270", "float", True, False),
        ("1", "str", False, False),
        ("yes", "bool", True, False),
        ("~", "null", True, True),
        ("2024-10-25", "timestamp", True, False),
        ("x", "str", True, False),
        ("x", "!own", True, False),
        ("", "str", False, False),
    ]


def test_an_alias_knows_what_it_stands_for_but_has_no_children() -> None:
    found = opened("a: &x text\nb: *x\nc: &y [1]\nd: *y\n")
    b, d = found.get(("b",)), found.get(("d",))

    assert b
    assert (b.is_alias, b.text, b.anchor, b.kind) == (True, "text", "x", Kind.SCALAR)
    assert d
    assert (d.is_alias, d.kind, d.items) == (True, Kind.SEQUENCE, ())
    assert found.get(("d", 0)) is None


def test_an_alias_in_itself_and_one_of_many_aliases_are_read_at_once() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    started = time.perf_counter()

    assert isinstance(opened(f"me: &me [*me]\n{bomb}"), FrontMatter)
    assert time.perf_counter() - started < 1


def test_a_repeated_key_is_told_and_the_last_one_counts() -> None:
    header = "a: 1\nb: {c: 1, c: 2}\nd:\n  - e: 1\n    e: 2\na: 3\n1: x\n'1': y\n? [f]\n: z\n"

    found = opened(header)

    assert [(path, span.of(found.document.text)) for path, span in found.duplicates] == [
        (("b", "c"), "c"),
        (("d", 0, "e"), "e"),
        (("a",), "a"),
    ]
    assert _source(header, "a") == "3"
    assert found.duplicates[2][1].start > found.duplicates[0][1].start


def test_a_path_that_leads_nowhere_is_none() -> None:
    found = opened("a: [1]\nb: {c: d}\n")

    for path in (("x",), ("a", 1), ("a", -1), ("a", "0"), ("b", 0), ("b", "c", "d")):
        assert found.get(path) is None
    assert found.get(()) is found.root


def test_the_innermost_node_at_a_span_is_found() -> None:
    found = opened("a: [one, {b: two}]\n")
    text = found.document.text
    start = text.index("two")

    inner = found.node_at(Span(start, start + 2))

    assert inner
    assert inner.text == "two"
    assert found.node_at(Span(0, 3)) is None


def test_empty_front_matter_is_an_empty_mapping() -> None:
    for header in ("", "# only a comment\n", "\n\n"):
        found = opened(header)

        assert (found.root.kind, found.root.pairs) == (Kind.MAPPING, ())


def test_words_survive_pickling_and_can_be_hashed() -> None:
    found = opened("a: [1, {b: 'c'}]\n")

    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found.root) == hash(pickle.loads(pickle.dumps(found.root)))


def test_the_body_may_hold_any_bytes_and_the_header_may_not() -> None:
    body = parse(document(b"---\na: b\n---\n\xff\xfe"))
    header = parse(document(b"---\ntitle: caf" + b"\xe9\n---\n"))

    assert isinstance(body, FrontMatter)
    assert isinstance(header, Unreadable)
    assert header.message == "front matter is not valid UTF-8: byte 0xE9"
    assert header.span == Span(14, 15)


@pytest.mark.parametrize(
    "header", ["a: " + "[" * 61, "a: " + "[" * 100_000, "a: " + "{b: " * 20_000, "- " * 50_000, "? " * 50_000]
)
def test_deep_nesting_is_refused_at_once(header: str) -> None:
    started = time.perf_counter()

    found = parse(document(f"---\n{header}\n---\n".encode()))

    assert isinstance(found, Unreadable)
    assert "nest" in found.message
    assert time.perf_counter() - started < 1


def test_both_loaders_give_the_same_nodes() -> None:
    text = (
        "---\na: b  # c\n'd': [e, {f: 'g', h: \"i\\\n  \\ j\"}]\nk: |\n  l\n\n\nm: &n\n- o\n-\n"
        "  p: q\nr: *n\ns: !!str 1\nt:\nu: 2410.10\nv: 𝒳\n? w\n: x\n"
    )

    assert _compose(text, yaml.SafeLoader) == _compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _compose(text: str, loader: type) -> Node | None:
    return compose(text, 0, len(text), loader)


@pytest.mark.parametrize(
    ("header", "part", "source"),
    [
        ("u: https://arxiv.org/abs/hf2410.21276\n", "hf2410.21276", "hf2410.21276"),
        ("u: 'it''s hf2410'\n", "s hf", "s hf"),
        ("u: 'it''s hf2410'\n", "'", "''"),
        ('u: "M\\u0105dry, hf2410"\n', "hf2410", "hf2410"),
        ('u: "M\\u0105dry, hf2410"\n', "ą", "\\u0105"),
        ('u: "https://arxiv.org/\\\n  abs/hf24\\\n  10"\n', "hf2410", "hf24\\\n  10"),
        ("u: one\n  two\n\n  three\n", "two\nthree", "two\n\n  three"),
        ("u: one\n  two\n", "e t", "e\n  t"),
        ("u: |\n  one\n  two\n", "two\n", "two"),
        ("u: >\n  one\n  two\n\n  three\n   four\n", "two\nthree", "two\n\n  three"),
        ("u: >1\n  one\n", " one", " one"),
        ("u: one\u2028  two\n", "e\u2028t", "e\u2028  t"),
        ("u: one\x85  two\n", "e t", "e\x85  t"),
        ('u: "a\\U0001D4B3b"\n', "𝒳", "\\U0001D4B3"),
        ('u: "a \\\n\n  b"\n', " \nb", " \\\n\n  b"),
    ],
)
def test_a_part_of_a_value_is_found_in_its_source(header: str, part: str, source: str) -> None:
    found = opened(header)
    node = found.root.pairs[0][1]
    start = node.text.index(part)

    span = source_span(found, node, start, start + len(part))

    assert span
    assert span.of(found.document.text) == source


def test_a_part_that_is_not_there_has_no_source() -> None:
    found = opened("a: text\nb: &x [c]\nd: *x\ne: ''\nf: &y text\ng: *y\n")
    nodes = [node for _, node in found.root.pairs]

    assert source_span(found, nodes[0], 2, 9) is None
    assert source_span(found, nodes[0], 3, 2) is None
    assert source_span(found, nodes[1], 0, 0) is None
    assert source_span(found, nodes[5], 0, 1) is None
    assert source_span(found, nodes[3], 0, 0) == nodes[3].span
    assert source_span(found, nodes[0], 4, 4) == Span(nodes[0].span.end, nodes[0].span.end)
    assert nodes[3].style is Style.SINGLE
