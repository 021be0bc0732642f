"""Strings are strings to every reader, and long ones are folded as PyYAML folds them."""

from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.emitter import Emitter

from enrich.frontmatter import Style
from enrich.frontmatter.yaml.decoding import decode
from enrich.frontmatter.yaml.folding import Fold, folded
from enrich.frontmatter.yaml.strings import Escapes, may_be_plain, quote
from enrich.text import Span
from tests.frontmatter.headers import LONG, TEXTS, WORDS

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.mark.parametrize(
    "text",
    [
        "2301.10540", "1e5", "1,000", "12:30", "0x1f", "0o17", "0b1", "1_000", "e5", "+_8", "-1", ".5",
        "1.2.3", "017", ".inf", "-.INF", "NaN", "2024-10-25", "2024-1-5 10:00:00", "yes", "No", "ON", "off",
        "y", "N", "true", "False", "null", "~", "=", "<<", ":symbol", "", " a", "a ", "a: b", "a:", "a #b",
        "- a", "-", "? a", "--- a", "...", "[a]", "{a}", "#a", "&a", "*a", "!a", "|", ">", "'a'", '"a"',
        "%a", "@a", "`a`", ",a", "a\tb", "a\nb", "a\x85b", "a\u2028b", "\ufeffa", "a\x07", "a\x7f",
        "a\ufffe",
    ],
)  # fmt: skip
def test_what_some_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert not may_be_plain(text, in_flow=False)
    assert not may_be_plain(text, in_flow=True)


@pytest.mark.parametrize(
    ("text", "in_flow"),
    [
        ("10.1145/3368089.3409742", True), ("2301.10540v2", True), ("cs.CL", True), ("a:b", True),
        ("a#b", True), ("https://arxiv.org/abs/2410.21276#x", True), ("-a", True), ("it's “so”", True),
        ("Mądry 𝒳", True), ("1220-1228", True), ("2024gpt", True), ("yes we can", True), ("a\xa0b", True),
        ("x?", False), ("a, b", False), ("a [b] {c}", False), ("https://x.org/?a=b", False),
    ],
)  # fmt: skip
def test_what_every_reader_takes_for_a_string_needs_no_quotes(text: str, in_flow: bool) -> None:
    assert may_be_plain(text, in_flow=False)
    assert may_be_plain(text, in_flow=True) == in_flow


@given(TEXTS, st.sampled_from("'\""), st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_reader_reads_what_was_written(
    text: str, preferred: str, is_ascii: bool, is_long: bool, is_lower: bool
) -> None:
    quoted = quote(text, preferred, Escapes(is_ascii, is_long, is_lower))

    for loader in LOADERS:
        assert yaml.load(f"a: {quoted}\nb: [{quoted}, {quoted}]\n", loader) == {"a": text, "b": [text, text]}
        if may_be_plain(text, in_flow=True):
            assert yaml.load(f"a: {text}\nb: [{text}, {{c: {text}}}]\n", loader) == {
                "a": text,
                "b": [text, {"c": text}],
            }
    assert not is_ascii or quoted.isascii() or quoted[0] == "'"


@pytest.mark.parametrize(
    ("text", "preferred", "expected"),
    [
        ("a: b", "'", "'a: b'"),
        ("it's", "'", '"it\'s"'),
        ('"a"', '"', "'\"a\"'"),
        ("\\a", '"', "'\\a'"),
        ('it\'s "a"', '"', '"it\'s \\"a\\""'),
        ('it\'s "a"', "'", "'it''s \"a\"'"),
        ("a\tb", "'", '"a\\tb"'),
    ],
)
def test_the_other_quotes_are_taken_where_they_save_escapes(text: str, preferred: str, expected: str) -> None:
    assert quote(text, preferred, Escapes()) == expected


@pytest.mark.parametrize(
    ("source", "style"),
    [
        ("'a'b'", Style.SINGLE),
        ('"\\q"', Style.DOUBLE),
        ('"\\U00110000"', Style.DOUBLE),
        ("|x", Style.LITERAL),
        ("|\n b", Style.LITERAL),
    ],
)
def test_what_no_scalar_of_its_style_can_be_is_not_decoded(source: str, style: Style) -> None:
    assert decode(source, Span(0, len(source)), style, "a") is None


def _pyyaml(text: str, style: Style, column: int, *, is_ascii: bool) -> str:
    """*text* as PyYAML's emitter writes it from *column* on, with an indentation of four."""
    stream = io.StringIO()
    emitter: Any = Emitter(stream, width=80, allow_unicode=not is_ascii)
    emitter.column, emitter.indent, emitter.whitespace = column, 4, True
    write = {
        Style.PLAIN: emitter.write_plain,
        Style.SINGLE: emitter.write_single_quoted,
        Style.DOUBLE: emitter.write_double_quoted,
    }[style]
    write(text)
    return stream.getvalue()


@given(
    st.lists(st.one_of(WORDS, WORDS, st.just(LONG), st.just(""), st.just("x" * 60)), min_size=1, max_size=8),
    st.sampled_from([Style.PLAIN, Style.SINGLE, Style.DOUBLE]),
    st.integers(0, 90),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_folding_is_identical_to_pyyaml(words: list[str], style: Style, column: int, is_ascii: bool) -> None:
    # Characters beyond U+FFFF PyYAML escapes in any case.
    text = " ".join(words).replace("𝒳", "X")
    if style is Style.PLAIN:
        text = text.strip()
    fold = Fold(80, is_past=True, indent="    ", newline="\n", is_escaped=True)

    assert folded(text, style, fold, column, Escapes(is_ascii)) == _pyyaml(
        text, style, column, is_ascii=is_ascii
    )


@given(
    st.lists(WORDS, min_size=1, max_size=30),
    st.sampled_from([Style.SINGLE, Style.DOUBLE]),
    st.integers(20, 60),
)
@settings(max_examples=100, deadline=None)
def test_lines_end_before_the_width_where_they_do_so(words: list[str], style: Style, width: int) -> None:
    fold = Fold(width, is_past=False, indent="  ", newline="\n")

    source = folded(" ".join(words), style, fold, 3, Escapes())

    assert yaml.safe_load(f"a: {source}\n") == {"a": " ".join(words)}
    for line in f"a: {source}".split("\n"):
        assert len(line) <= width + 1 or " " not in line.removeprefix("a: ").strip()
