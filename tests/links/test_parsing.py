"""Addresses as a parser of Markdown finds them, each exactly where it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import find_urls
from enrich.links.markdown import LONGEST_PARSED
from enrich.links.parsing import parsed_urls
from enrich.links.scanning import scan


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a][b] and [b]\n\n[b]: https://x.org/b 'title'\n", ["https://x.org/b"]),
        ("[b]: https://x.org/b\n[B]: https://x.org/c\n", ["https://x.org/b", "https://x.org/c"]),
        ("[b]:\n  <https://x.org/b c>\n", ["https://x.org/b c"]),
        ("> [b]:\n> https://x.org/b\n", ["https://x.org/b"]),
        ("[b]: /here\n[c]: https://x.org/{{page.id}}\n[d]: <https://x.org/d\n", ["https://x.org/d"]),
        ("[![i](https://x.org/i.png)](https://x.org/a)", ["https://x.org/i.png", "https://x.org/a"]),
        ("![an [a](https://x.org/b) b](https://x.org/i.png)", ["https://x.org/i.png"]),
        ("[a](\n  https://x.org/a\n  'title')", ["https://x.org/a"]),
        ("[a](<https://x.org/a b>)", ["https://x.org/a b"]),
        ("[a](/here) [a]() [a](mailto:a@x.org) <mailto:a@x.org> https://x.org/a", ["https://x.org/a"]),
        ("[a](https://x.org/{{ page.id }})", []),
        ("[`https://x.org/a`](https://x.org/b)", ["https://x.org/b"]),
        ("> [a](https://x.org/a)\n> https://x.org/b\n", ["https://x.org/a", "https://x.org/b"]),
        ("1. a\n   - [a](https://x.org/a)\n", ["https://x.org/a"]),
        (
            "| a | b |\n|-|-|\n| https://x.org/a | [c](https://x.org/a) |\n",
            ["https://x.org/a", "https://x.org/a"],
        ),
        ("<a href=https://x.org/a>https://x.org/b</a>", ["https://x.org/a", "https://x.org/b"]),
        ("a <img data-src='https://x.org/a.png' alt='https://x.org/b'>", ["https://x.org/a.png"]),
        (
            "<div>\n<a href='https://x.org/a'>a</a> https://x.org/b\n</div>",
            ["https://x.org/a", "https://x.org/b"],
        ),
        ("<a href='https://x.org/{{ page.id }}'>a</a>", []),
        ("a <code>[a](https://x.org/a)</code> É https://x.org/b", ["https://x.org/b"]),
        ("a <code>[a](https://x.org/a)</code> https://x.org/b", ["https://x.org/b"]),
        ("# [a](https://x.org/a) #\n\nhttps://x.org/b\n===\n", ["https://x.org/a", "https://x.org/b"]),
        ("a\r\n\r\n> `b` https://x.org/a\r\r[a](https://x.org/b)", ["https://x.org/a", "https://x.org/b"]),
        ("a\0b `c` https://x.org/a", ["https://x.org/a"]),
    ],
)
def test_each_address_is_found_where_it_is_written(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_urls(text)] == found
    assert [url for _, _, url in find_urls(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n    https://x.org/a\n",
        "\thttps://x.org/a\n",
        "- a\n\n      https://x.org/a\n",
        ">     https://x.org/a\n",
        "{% comment %}\n\nhttps://x.org/a\n\n{% endcomment %}\n",
        '<svg xmlns="http://www.w3.org/2000/svg">\n</svg>',
        'a <d-cite key="https://doi.org/10.48550/arxiv.1312.5602"></d-cite>',
        "a <code>https://x.org/a</code> b",
        "- ~~~\n  a\n\n  https://x.org/a\n  ~~~\n",
    ],
)
def test_what_no_reader_can_follow_is_no_link(text: str) -> None:
    assert find_urls(text) == ()


def test_an_address_that_is_written_otherwise_than_it_reads_is_found_by_its_place() -> None:
    text = r"[a](https://x.org/a\_b?c=1&amp;d=&ouml;)"

    ((start, end, url),) = find_urls(text)

    assert text[start:end] == r"https://x.org/a\_b?c=1&amp;d=&ouml;"
    assert url == "https://x.org/a_b?c=1&d=ö"


WORDS = st.lists(
    st.sampled_from(["https://x.org/a", "http://y.org/b_c*", "word", "*", "_", "#", "# ", "- ", "1. ", "|"])
    | st.sampled_from(["---", "===", "\n", "\n\n", " ", "  ", "\r\n", "(", ")", "&amp;", "'", '"', "=", "> "])
    | st.sampled_from(["!", "é", "{{"]),
    max_size=40,
).map("".join)


@given(WORDS.filter(lambda text: "    " not in text and text.count(">") < 10))
def test_a_text_that_needs_no_parser_holds_the_same_without_it(text: str) -> None:
    assert tuple(scan(text)) == parsed_urls(text)


LINKS = st.lists(
    st.sampled_from(
        ["[a](https://x.org/a)", "![](http://y.org/b_c*)", "[https://x.org/b](https://x.org/c'd\")"]
    )
    | st.sampled_from(["https://z.org/d", "word", "[", "]", "(", ")", "](", "](https://", "[b]: ", "!", "é"])
    | st.sampled_from(["a](https://x.org/e)", "&", "amp;", "[a](", " 't')", "\n", "\n\n", "\r\n", " ", "{{"])
    | st.sampled_from(["# ", "- ", "1. ", "> ", "*", "---", "===", ".", ":", "a\xa0b", "a\u2028b"]),
    max_size=24,
).map("".join)


@given(LINKS.filter(lambda text: text.count(">") < 10))
def test_a_text_of_plain_links_holds_what_the_parser_finds(text: str) -> None:
    assert find_urls(text) == parsed_urls(text)


PIECES = st.lists(
    st.sampled_from([*"[]()<>`\\!\n\r\t\0ä|", "```\n", "~~~\n", "\n\n", "\r\n", "    ", "\ud800", "![", "{{"])
    | st.sampled_from(["https://x.org/a", "[a](https://x.org/a)", "](https://x.org/", "<https://x.org/>"])
    | st.sampled_from(["<a href='https://x.org/'>", "<!--", "-->", "<pre>", "</pre>", "> ", "- ", "[a]: "])
    | st.sampled_from(["{% comment", "{% endcomment", "<code>", "</code>", "<div>\n", "&amp;", "href="]),
    max_size=40,
).map("".join)


@given(PIECES)
def test_every_place_is_one_address_and_they_stand_in_order(text: str) -> None:
    end_before = 0
    for start, end, url in parsed_urls(text):
        assert end_before <= start < end <= len(text)
        assert text[start:end].lower().startswith("http")
        assert url.lower().startswith("http")
        end_before = end


@pytest.mark.parametrize("text", ["[a](<https://x.org/a b", "[a](https://x.org/a b", "<https://x.org/a b"])
def test_what_was_begun_as_a_link_and_is_none_is_an_address_all_the_same(text: str) -> None:
    assert [url for _, _, url in find_urls(text)] == ["https://x.org/a"]


def test_a_text_that_is_longer_than_any_entry_is_only_scanned() -> None:
    text = f"[a](https://x.org/a) `https://x.org/b` {'[' * LONGEST_PARSED}\n"

    assert [url for _, _, url in find_urls(text)] == ["https://x.org/a"]


@pytest.mark.parametrize("piece", ["a", "[", "](", "`", "<", "> ", "![", "<a ", "\\"])
def test_a_line_of_five_megabytes_ends(piece: str) -> None:
    text = f"https://x.org/a {piece * (5_000_000 // len(piece))}"

    assert [url for _, _, url in find_urls(text)] == ["https://x.org/a"]
