"""Whatever is written and whatever is done to it: the data become what was meant, every other byte stays."""

from __future__ import annotations

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enrich.frontmatter import (
    FrontMatter,
    Kind,
    Missing,
    Refused,
    Set,
    Unreadable,
    edit,
    parse,
    source_span,
)
from tests.documents import document
from tests.frontmatter.edits import operations, outside, paths
from tests.frontmatter.headers import KEYS, WORDS, documents, values
from tests.frontmatter.trees import in_any_order, made, tree

unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))
many, some = settings(unhurried, max_examples=80), settings(unhurried, max_examples=40)


def _parsed(text: str) -> FrontMatter:
    parsed = parse(document(text.encode("utf-8", "surrogateescape")))
    assume(isinstance(parsed, FrontMatter))
    assert isinstance(parsed, FrontMatter)
    return parsed


@many
@given(documents(), st.data())
def test_an_edit_makes_the_intended_data_and_leaves_every_other_byte(text: str, data: st.DataObject) -> None:
    before = _parsed(text)
    done = data.draw(operations(before, values=values(), words=WORDS, keys=KEYS, odd="zz: "))
    header = before.header.of(text)

    edited = edit(before, done)

    if isinstance(edited, Refused):
        assert edited.operation in (*done, None)
        return
    assert outside(edited, text) == outside(edited, edited.text, is_after=True)
    try:
        intended = made(tree(header), done)
    except (yaml.YAMLError, RecursionError):
        return  # an anchor given twice, an alias in itself: PyYAML reads neither
    written = _parsed(edited.text)
    assert edited.text[: written.header.start] == text[: before.header.start]
    assert edited.text[written.header.end :] == text[before.header.end :]
    new_header = written.header.of(edited.text)
    assert in_any_order(tree(new_header)) == in_any_order(intended)
    _assert_that_pure_python_agrees(header, new_header)


def _assert_that_pure_python_agrees(before: str, after: str) -> None:
    try:
        if tree(before, yaml.SafeLoader) != tree(before):
            return
    except yaml.YAMLError:
        return
    assert tree(after, yaml.SafeLoader) == tree(after)


@some
@given(documents())
def test_what_stands_there_already_gives_no_edit(text: str) -> None:
    before = _parsed(text)
    same = [
        Set(path, node.text)
        for path, node in paths(before.root)
        if node.kind is Kind.SCALAR and node.tag.endswith(":str") and not node.plain
    ]

    for operation in same:
        edited = edit(before, [operation])

        assert isinstance(edited, Refused) or (edited.text, edited.edits) == (text, ((operation, ()),))


@some
@given(documents())
def test_every_character_of_a_scalar_is_found_in_its_source(text: str) -> None:
    before = _parsed(text)

    for _, node in paths(before.root):
        if node.kind is Kind.SCALAR and not node.is_alias:
            spans = [source_span(before, node, at, at + 1) for at in range(len(node.text))]

            assert all(span and node.span.start <= span.start <= span.end for span in spans)
            assert spans == sorted(spans, key=lambda span: span or node.span)
            for char, span in zip(node.text, spans, strict=True):
                source = span.of(text) if span else ""
                assert source == char or source[:1] in ("\\", "'", "") or source.strip() == ""


@many
@given(
    st.one_of(
        documents(),
        st.text(max_size=60),
        st.text("-:{}[]\"'#&*!|> \n\rab\udcff", max_size=40).map("---\n{}\n---\n".format),
    )
)
def test_any_text_is_parsed_or_told_why_not(text: str) -> None:
    parsed = parse(document(text.encode("utf-8", "surrogatepass")))

    match parsed:
        case FrontMatter():
            assert parsed.header.end <= parsed.body_start
        case Missing():
            assert parsed.detail
        case Unreadable():
            assert parsed.code == "FMT401"
            assert 0 <= parsed.span.start <= parsed.span.end <= len(parsed.message) + len(text)
