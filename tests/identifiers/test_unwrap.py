from __future__ import annotations

from itertools import pairwise
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from enrich.identifiers.unwrap import unwrap
from enrich.text import Span

_texts = st.text(st.sampled_from("aA0. /%2Fé：／\u200b\u00a0—“e8"), max_size=40)


@given(_texts)
def test_every_character_knows_where_it_came_from(text: str) -> None:
    plain = unwrap(text)

    spans = list(zip(plain.starts, plain.ends, strict=True))

    assert len(spans) == len(plain.text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert not spans or (spans[0][0] >= 0 and spans[-1][1] <= len(text))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="%"), max_size=40))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    plain = unwrap(text)

    assert (plain.text, plain.wrappings) == (text, frozenset())


def test_each_wrapping_is_undone_and_named() -> None:
    assert unwrap("ａrXiv：１").text == "arXiv:1"
    assert unwrap("ａ").wrappings == {"fullwidth"}
    assert unwrap("a%2Fb").text == "a/b"
    assert unwrap("a%2Fb").wrappings == {"percent-encoded"}
    assert unwrap("a\u200bb").text == "ab"
    assert unwrap("a\u200bb").wrappings == {"zero-width"}
    assert unwrap("a: //b/ c d").text == "a://b/c d"
    assert unwrap("a/ b").wrappings == {"whitespace"}


def test_a_no_break_space_is_a_space_and_no_wrapping() -> None:
    assert unwrap("a\u00a0b\tc\u2028d").text == "a b c d"
    assert not unwrap("a\u00a0b\tc\u2028d").wrappings


def test_what_is_encoded_twice_is_seen_and_broken_encoding_is_left_alone() -> None:
    assert unwrap(quote(quote("a/b", safe=""), safe="")).text == "a/b"
    assert unwrap("100%25 %E2%80").text == "100% %E2%80"
    assert unwrap("%E2%80%8Ba").text == "a"


def test_the_origin_of_a_part_covers_all_that_it_was_made_from() -> None:
    plain = unwrap("x 0704%2E\u200b0001\u200b")

    start = plain.text.index("0704")

    assert plain.origin(start, start + 9) == Span(2, 14)
