"""Whatever is written and whatever is done to it: the data become what was meant, every other byte stays."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from enrich.frontmatter import (
    Append,
    Edited,
    FrontMatter,
    Insert,
    Kind,
    Refused,
    Remove,
    Set,
    Style,
    Unreadable,
    edit,
    parse,
    source_span,
)
from tests.documents import document
from tests.frontmatter.edits import operations, outside, paths
from tests.frontmatter.toml.data import made, typed
from tests.frontmatter.toml.headers import KEYS, VALUES, WORDS, documents

if TYPE_CHECKING:
    from enrich.models import Value

unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))
many, some = settings(unhurried, max_examples=80), settings(unhurried, max_examples=40)


def _header(text: str) -> str | None:
    """What stands between the fences, by the simplest of readers."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True) if "\x85" not in text else text.split("\n")
    inside = [number for number, line in enumerate(lines) if line.rstrip(" \r\n") == "+++"]
    return "".join(lines[1 : inside[1]]) if len(inside) > 1 and inside[0] == 0 else None


def _parsed(text: str) -> FrontMatter:
    parsed = parse(document(text.encode("utf-8", "surrogateescape")))
    assume(isinstance(parsed, FrontMatter))
    assert isinstance(parsed, FrontMatter)
    return parsed


def _data(front_matter: FrontMatter) -> dict[str, Any]:
    return tomllib.loads(front_matter.header.of(front_matter.document.text))


@many
@given(documents())
def test_what_tomllib_reads_is_read_and_nothing_else(text: str) -> None:
    parsed = parse(document(text.encode("utf-8", "surrogateescape")))

    if isinstance(parsed, FrontMatter):
        assert _data(parsed) is not None
    elif isinstance(parsed, Unreadable):
        assert parsed.code == "FMT406"
        assert parsed.evidence  # tomllib's own words


@many
@given(documents(), st.data())
def test_an_edit_makes_the_intended_data_and_leaves_every_other_byte(text: str, data: st.DataObject) -> None:
    before = _parsed(text)
    done = data.draw(operations(before, values=VALUES, words=st.sampled_from(WORDS), keys=KEYS, odd="zz "))

    edited = edit(before, done)

    if isinstance(edited, Refused):
        assert edited.operation in done
        return
    assert outside(edited, text) == outside(edited, edited.text, is_after=True)
    written = _parsed(edited.text)
    assert edited.text[: written.header.start] == text[: before.header.start]
    assert edited.text[written.header.end :] == text[before.header.end :]
    assert typed(_data(written)) == typed(made(_data(before), done))


@many
@given(documents(), VALUES, st.lists(KEYS, max_size=2))
def test_a_new_key_of_the_top_is_always_possible_and_its_removal_restores_the_bytes(
    text: str, value: Value, after: list[str]
) -> None:
    before = _parsed(text)
    assume("+++" not in str(value))

    added = edit(before, [Insert(("arxiv_id",), value, tuple(after))])
    assert isinstance(added, Edited), added
    taken = edit(_parsed(added.text), [Remove(("arxiv_id",))])

    assert isinstance(taken, Edited), taken
    assert taken.text == text


@many
@given(documents(), VALUES, st.data())
def test_an_item_appended_and_removed_restores_the_bytes(
    text: str, value: Value, data: st.DataObject
) -> None:
    before = _parsed(text)
    lists = [(path, node) for path, node in paths(before.root) if node.kind is Kind.SEQUENCE and node.items]
    assume(bool(lists))
    path, node = data.draw(st.sampled_from(lists))

    added = edit(before, [Append(path, value)])
    if isinstance(added, Refused):
        assert node.style is Style.BLOCK or "+++" in str(value)
        return
    taken = edit(_parsed(added.text), [Remove((*path, len(node.items)))])

    assert isinstance(taken, Edited), taken
    assert typed(_data(_parsed(taken.text))) == typed(_data(before))
    if node.style is Style.FLOW:
        assert taken.text == text


@many
@given(documents(), VALUES, st.data())
def test_a_value_set_and_set_back_is_what_it_was(text: str, value: Value, data: st.DataObject) -> None:
    before = _parsed(text)
    texts = [(path, node) for path, node in paths(before.root) if node.style.value[:1] in ("'", '"')]
    texts = [each for each in texts if each[1].kind is Kind.SCALAR and each[1].text]
    assume(bool(texts))
    path, node = data.draw(st.sampled_from(texts))

    there = edit(before, [Set(path, value)])
    assert isinstance(there, Edited) or "+++" in str(value)
    assume(isinstance(there, Edited))
    assert isinstance(there, Edited)
    back = edit(_parsed(there.text), [Set(path, node.text)])

    assert isinstance(back, Edited) or "+++" in node.text
    if isinstance(back, Edited):
        assert typed(_data(_parsed(back.text))) == typed(_data(before))


@some
@given(documents())
def test_what_stands_there_already_gives_no_edit(text: str) -> None:
    before = _parsed(text)
    for path, node in paths(before.root):
        if node.kind is Kind.SCALAR and node.style is not Style.PLAIN:
            operation = Set(path, node.text)

            edited = edit(before, [operation])

            assert isinstance(edited, Edited)
            assert (edited.text, edited.edits) == (text, ((operation, ()),))


@some
@given(documents())
def test_every_character_of_a_scalar_is_found_in_its_source(text: str) -> None:
    before = _parsed(text)

    for _, node in paths(before.root):
        if node.kind is Kind.SCALAR:
            spans = [source_span(before, node, at, at + 1) for at in range(len(node.text))]

            assert all(span and node.span.start <= span.start < span.end <= node.span.end for span in spans)
            for char, span in zip(node.text, spans, strict=True):
                source = span.of(text) if span else ""
                assert source == char or source[:1] == "\\" or (char, source) == ("\n", "\r\n")


@many
@given(
    st.one_of(
        documents(),
        st.text("[]{}\"'#=.,\\ \r\nab1\udcff", max_size=40).map("+++\n{}\n+++\n".format),
        st.text(max_size=40).map("+++\na = {}\n+++\n".format),
    )
)
@example('+++\na = """\\\n+++\n')
def test_any_text_is_parsed_or_told_why_not(text: str) -> None:
    parsed = parse(document(text.encode("utf-8", "surrogatepass")))

    if isinstance(parsed, Unreadable):
        assert parsed.code == "FMT406"
        assert 0 <= parsed.span.start <= parsed.span.end <= len(text) + 2
        assert parsed.message.startswith("front matter ")


@some
@given(st.lists(st.sampled_from(["\u0105", "x", "\n", "é"]), max_size=5), st.dates(dt.date(1000, 1, 1)))
def test_values_of_other_types_come_and_go(letters: list[str], date: dt.date) -> None:
    before = _parsed('+++\na = "\\u0105 b"\n+++\n')

    for value in ("".join(letters), date, True, 3, 0.5, ("x",)):
        edited = edit(before, [Set(("a",), value)])

        assert isinstance(edited, Edited)
        assert typed(_data(_parsed(edited.text))) == typed(made(_data(before), [Set(("a",), value)]))
