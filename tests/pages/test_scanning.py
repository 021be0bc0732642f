"""What is read of HTML, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.pages.scanning import LONGEST_LINE, LONGEST_TEXT
from enrich.pages.shown import Page, decoded, is_page, scan


def test_a_page_is_read_as_its_readers_see_it() -> None:
    page = scan(
        "<!doctype html><html><head><title>A &amp; B\n | Lab</title>"
        "<meta name='Citation_Title' content='A &amp; B'><meta property=og:title content=Ab>"
        '<link rel="canonical" href="/a">'
        "<style>p { color: red }</style></head><body>"
        "<h1>A <em>and</em> B</h1><h2></h2><p id='first'>One<br>two<!-- not this > --></p>"
        "<a name=second href='#'>3 < 4</a><script src=app.js>if (a<b) {'</p>'}</script>"
        "<noscript>Enable it</noscript><svg><title>icon</title><text>drawn</text></svg>"
        "<iframe src='https://ads.example/x'></iframe></body></html>"
    )

    assert page == Page(
        title="A & B | Lab",
        headings=("A and B",),
        text="A and B One two 3 < 4",
        metas=(("citation_title", "A & B"), ("og:title", "Ab")),
        canonical="/a",
        anchors=frozenset({"first", "second"}),
        sources=("app.js", "https://ads.example/x"),
        has_programs=True,
    )


def test_data_in_a_script_is_no_program() -> None:
    assert not scan("<script type='application/ld+json'>{}</script><p>text").has_programs
    assert scan("<script>run()</script>").has_programs


@pytest.mark.parametrize(
    "markup",
    [
        "<div id='root'></div>",
        "<div id=__next></div>",
        "<app-root></app-root>",
        "<script type='module' src='/main.js'></script>",
    ],
)
def test_a_page_that_programs_fill_is_known_by_its_frame(markup: str) -> None:
    assert scan(f"<body>{markup}</body>").is_app


def test_a_field_for_a_password_is_seen_and_one_for_its_hint_is_not() -> None:
    assert scan("<input name=p TYPE=Password>").asks_password
    assert not scan("<input name=hint placeholder='password'>").asks_password


def test_the_first_title_and_the_first_canonical_address_count() -> None:
    page = scan("<title>a</title><title>b</title><link rel=canonical href=/1><link rel=canonical href=/2>")

    assert (page.title, page.canonical) == ("a", "/1")


def test_what_a_meta_tag_is_called_may_be_its_name_property_or_itemprop() -> None:
    page = scan("<meta itemprop=name content=x><meta charset=utf-8><meta name=DC.title content='y'>")

    assert page.meta("dc.title", "name") == ("y", "x")


def test_a_page_has_only_so_much_text() -> None:
    page = scan(f"<title>{'a.' * 50_000}</title><h1>{'b' * 50_000}</h1>" + "word " * 10_000)

    assert (len(page.title), len(page.headings[0]), len(page.text)) == (
        LONGEST_LINE,
        LONGEST_LINE,
        LONGEST_TEXT,
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<b", "a"),
        ("a <b c='", "a"),
        ("a <!-- b", "a"),
        ("a <script>b", "a"),
        ("a </b", "a"),
        ("a <b c='>d", "a d"),
        ("a <3 b", "a <3 b"),
        ("a <", "a <"),
        ("a <!doctype x> b", "a b"),
        ("a <?php x ?> b", "a b"),
        ("<title>a", ""),
    ],
)
def test_markup_that_is_none_ends_in_no_error(markup: str, text: str) -> None:
    assert scan(markup).text == text


@given(st.text(st.sampled_from("<>/!-='\" abscript titlemeta&;#")))
def test_whatever_it_holds_a_page_is_read(markup: str) -> None:
    page = scan(markup)

    assert len(page.text) <= len(markup)
    assert scan(f"<p>before</p>{markup}").text.startswith("before")


@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_markup_is_the_text(text: str) -> None:
    assert scan(text).text == " ".join(text.split())[:LONGEST_TEXT].strip()


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("é".encode(), "text/html; charset=utf-8", "é"),
        ("é".encode(), "text/html", "é"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        ("é".encode("cp1252"), 'text/html; charset="windows-1252"', "é"),
        ("页面".encode("gbk"), "text/html; charset=gb2312", "页面"),
        (b"<meta charset='gbk'>" + "页面".encode("gbk"), "text/html", "<meta charset='gbk'>页面"),
        (b"\xef\xbb\xbf" + "é".encode(), "text/html; charset=latin1", "é"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "", "é"),
        (b"\xff", "text/html", "\ufffd"),
        ("é".encode(), "text/html; charset=klingon", "é"),
        (b"abc", "text/html; charset=hex", "abc"),
        (b"6162", "text/html; charset=hex_codec", "6162"),
    ],
)
def test_bytes_are_text_in_the_encoding_that_the_answer_or_the_page_names(
    content: bytes, content_type: str, text: str
) -> None:
    assert decoded(content, content_type) == text


@given(st.binary(), st.text(max_size=30))
def test_any_bytes_are_text(content: bytes, name: str) -> None:
    assert isinstance(decoded(content, f"text/html; charset={name}"), str)


@pytest.mark.parametrize(
    ("content_type", "is_html"),
    [
        ("text/html", True),
        ("TEXT/HTML ; charset=x", True),
        ("application/xhtml+xml", True),
        ("text/plain", False),
        ("application/pdf", False),
        ("", False),
    ],
)
def test_only_html_is_a_page(content_type: str, is_html: bool) -> None:
    assert is_page(content_type) is is_html


def test_what_comes_after_much_text_is_looked_at_only_where_the_whole_is_wanted() -> None:
    markup = "<p>word </p>" * 5_000 + "<h2 id='last'>Last</h2>"

    assert "last" not in scan(markup).anchors
    assert "last" in scan(markup, whole=True).anchors
    assert scan(markup).text == scan(markup, whole=True).text
