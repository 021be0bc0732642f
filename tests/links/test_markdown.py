from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import find_urls
from tests.shared_data import shared


def urls(text: str) -> list[str]:
    return [url for _, _, url in find_urls(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bare https://x.org/a here", ["https://x.org/a"]),
        ("HTTP://x.org/A", ["HTTP://x.org/A"]),
        ("<https://x.org/a>", ["https://x.org/a"]),
        ("[it](https://x.org/a)", ["https://x.org/a"]),
        ('[it](https://x.org/a "title") b', ["https://x.org/a"]),
        ("![it](https://x.org/a.png)", ["https://x.org/a.png"]),
        ("[it](<https://x.org/a>)", ["https://x.org/a"]),
        ("[it]( https://x.org/a )", ["https://x.org/a"]),
        ("[it](https://x.org/a_(b)_c)", ["https://x.org/a_(b)_c"]),
        (r"[it](https://x.org/a\(b\_c)", ["https://x.org/a(b_c"]),
        ("[it](https://x.org/a\n", ["https://x.org/a"]),
        ("[id]: https://x.org/a", ["https://x.org/a"]),
        ("[id]: <https://x.org/a>", ["https://x.org/a"]),
        ("text\n[id]:\n  https://x.org/a.\n", ["https://x.org/a."]),
        ('<a href="https://x.org/a b">', ["https://x.org/a b"]),
        ("<a href='https://x.org/it's'>", ["https://x.org/it"]),
        ('<img src = "https://x.org/a.png">', ["https://x.org/a.png"]),
        ("[https://x.org/a](https://x.org/b)", ["https://x.org/b"]),
        ("[https://x.org/a][id]", []),
        (
            "https://web.archive.org/web/2020/https://x.org/",
            ["https://web.archive.org/web/2020/https://x.org/"],
        ),
        ("xhttps://x.org/a", []),
        ("https://", []),
        ("https:// x", []),
        ("mailto:a@x.org and ftp://x.org", []),
        ("https://x.org/{{ page.id }}", []),
        (r"https://x.org/a\_b", ["https://x.org/a_b"]),
        ("https://x.org/?a=1&amp;b=2", ["https://x.org/?a=1&b=2"]),
    ],
)
def test_an_address_is_found_in_every_place_that_markdown_has_for_it(text: str, found: list[str]) -> None:
    assert urls(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://x.org/a.", "https://x.org/a"),
        ("https://x.org/a, b", "https://x.org/a"),
        ("https://x.org/a?!", "https://x.org/a"),
        ("**https://x.org/a**", "https://x.org/a"),
        ("_https://x.org/a_", "https://x.org/a"),
        ("(https://x.org/a)", "https://x.org/a"),
        ("(https://x.org/a).", "https://x.org/a"),
        ("(https://x.org/a_(b))", "https://x.org/a_(b)"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("https://x.org/a))", "https://x.org/a"),
        ("[https://x.org/a]", "https://x.org/a"),
        ("https://x.org/a[1]", "https://x.org/a[1]"),
        (r"\url{https://x.org/a}", "https://x.org/a"),
        (r"\href{https://x.org/a}{here}", "https://x.org/a"),
        ("“https://x.org/a”", "https://x.org/a"),
        ("'https://x.org/a'", "https://x.org/a"),
        ('"https://x.org/a"', "https://x.org/a"),
        ("|https://x.org/a|", "https://x.org/a"),
        ("见https://x.org/a。然后", None),
        ("见 https://x.org/a。然后", "https://x.org/a"),
        ("https://x.org/a&copy;", "https://x.org/a"),
        ("https://x.org/a&lt;", "https://x.org/a"),
        ("https://x.org/a<br>", "https://x.org/a"),
        (r"https://x.org/a\\", "https://x.org/a"),
        ("https://x.org/ä", "https://x.org/ä"),
    ],
)
def test_a_bare_address_ends_where_the_sentence_goes_on(text: str, found: str | None) -> None:
    assert urls(text) == ([] if found is None else [found])


@pytest.mark.parametrize(
    "text",
    [
        "`https://x.org/a`",
        "``a ` https://x.org/a``",
        "```\nhttps://x.org/a\n```\n",
        "~~~~ sh\nhttps://x.org/a\n~~~\nhttps://x.org/b\n~~~~",
        "> ```\n> https://x.org/a\n> ```",
        "- ```\n  https://x.org/a\n  ```",
        "```\nhttps://x.org/a",
        "```",
        "<!-- https://x.org/a -->",
        "<pre>https://x.org/a</pre>",
        "<CODE>https://x.org/a</CODE>",
        "<script src='https://x.org/a'></script>",
        "{% highlight sh %}\nhttps://x.org/a\n{% endhighlight %}",
    ],
)
def test_code_and_comments_hold_no_links(text: str) -> None:
    assert urls(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a `tick https://x.org/a",
        "a `tick\n\nhttps://x.org/a and `another",
        r"a \`tick https://x.org/a `",
        "`code` https://x.org/a `code`",
        "`` https://x.org/a `",
        "```inline``` https://x.org/a",
        "<!-- https://x.org/a",
        "é <code>x</code> https://x.org/a",
    ],
)
def test_what_only_looks_like_code_hides_nothing(text: str) -> None:
    assert urls(text) == ["https://x.org/a"]


PIECES = st.lists(
    st.sampled_from([*"[]()<>`\\\"'\n .xä\ud800", "https://x.org/a", "http://", "](", "]: ", "href="])
    | st.sampled_from(["```", "~~~", "\n\n", "<!--", "-->", "<pre>", "{{", "&amp;", "- "]),
    max_size=60,
).map("".join)


@given(PIECES)
def test_spans_lie_in_order_and_begin_with_a_scheme(text: str) -> None:
    end_before = 0
    for start, end, url in find_urls(text):
        assert end_before <= start < end <= len(text)
        assert re.match(r"https?://[^\s]", text[start:end], re.IGNORECASE)
        assert url.lower().startswith("http")
        end_before = end


HOSTILE = [
    "](https://x.org/(",
    "](https://x.org",
    "https://",
    "https://x.org/",
    "`",
    "``` ",
    "` `` ",
    "```\n",
    "<!--",
    "<pre",
    "[" * 50 + "]:",
    "https://x.org/" + "(" * 20,
    "https://x.org/" + ")" * 20,
    "https://x.org/" + "." * 20,
    "\n>",
    "\\",
    ")",
    "(",
    ".",
    "&amp;",
    "]",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_is_linear_in_the_length_of_the_text(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.perf_counter()

    find_urls(text)
    find_urls(f"https://x.org/{text}x [a](https://x.org/{text} https://x.org/")

    assert time.perf_counter() - begin < 2


def test_real_entries_hold_addresses_without_debris() -> None:
    text = shared("corpus", "entries", "allm", "_publications", "lv2019adapting.markdown").read_text("utf-8")

    assert "https://github.com/" in urls(text)
    assert not [url for url in urls(text) if url.endswith((".", ",", ")"))]
