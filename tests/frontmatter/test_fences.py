"""Where front matter begins and ends, and what only looks like it."""

from __future__ import annotations

import pytest

from enrich.frontmatter import FrontMatter, Missing, Unreadable, Unsupported, parse
from tests.documents import document

NO_KEYS = "no `key: value` line stands between the first two `---`"


def _parsed(text: str) -> FrontMatter | Missing | Unreadable:
    return parse(document(text.encode("utf-8", "surrogateescape")))


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        ("---\ntitle: x\n---\nbody", "title: x\n", "body"),
        ("---\ntitle: x\n---", "title: x\n", ""),
        ("---\r\ntitle: x\r\n---\r\nbody", "title: x\r\n", "body"),
        ("---\rtitle: x\r---\rbody", "title: x\r", "body"),
        ("---  \t\ntitle: x\n--- \nbody", "title: x\n", "body"),
        ("---\ntitle: x\n...\nbody", "title: x\n", "body"),
        ("\ufeff---\ntitle: x\n---\nbody", "title: x\n", "body"),
        ("---\ntitle: x\n---\nbody\n---\nmore", "title: x\n", "body\n---\nmore"),
        ("---\ntitle: '---'\ntext: |\n  ---\n---\n", "title: '---'\ntext: |\n  ---\n", ""),
        ("---\n---\nbody", "", "body"),
    ],
)
def test_the_header_stands_between_two_fences(text: str, header: str, body: str) -> None:
    parsed = _parsed(text)

    assert isinstance(parsed, FrontMatter)
    assert parsed.header.of(text) == header
    assert text[parsed.body_start :] == body


@pytest.mark.parametrize(
    ("text", "detail", "shown"),
    [
        ("", "the file is empty", None),
        ("  \n", "the file is empty", None),
        ("# A note\n", "the first line is not `---`", None),
        ("\n---\ntitle: x\n---\n", "a blank line stands before the opening `---`", "---"),
        (" ---\ntitle: x\n---\n", "white space stands before the opening `---`", "---"),
        ("\u200b---\ntitle: x\n---\n", "an invisible character stands beside the opening `---`", "\u200b---"),
        ("--- title\nyear: 2020\n---\n", "more than `---` stands on the first line", "--- title"),
        ("----\ntitle: x\n---\n", "more than `---` stands on the first line", "----"),
        ("title: x\n---\nbody", "the opening `---` is missing", "title: x"),
        ("---\ntitle: x\nbody", "the opening `---` is never closed", "---"),
        ("---", "the opening `---` is never closed", "---"),
        ("+++\ntitle = 1\n", "the opening `+++` is never closed", "+++"),
        ("---\ntitle: x\n ---\nbody", "white space stands before the closing `---`", "---"),
        ("---\ntitle: x\n----\nbody", "the closing fence is `----` where `---` is needed", "----"),
        ("---\ntitle: x\n—-\nbody", "the closing fence is `—-` where `---` is needed", "—-"),
        ("---\ntitle: x\n+++\nbody", "the closing fence is `+++` where `---` is needed", "+++"),
        ("---\ntext\n\nA heading\n-----\n", "the opening `---` is never closed", "---"),
        ("---\n\n# A text\n\nbetween two rules\n\n---\n", NO_KEYS, "---"),
        ("---\n\n- one: 'two\n\n---\n", NO_KEYS, "---"),
        ("{{< gallery >}}\n", "the first line is not `---`", None),
        ("{not json}\n", "the first line is not `---`", None),
        ("[" * 100_000, "the first line is not `---`", None),
        ('{"a":' + "[" * 100_000, "the first line is not `---`", None),
    ],
)  # fmt: skip
def test_what_is_no_front_matter_says_why(text: str, detail: str, shown: str | None) -> None:
    parsed = _parsed(text)

    assert isinstance(parsed, Missing)
    assert parsed.detail == f"no front matter: {detail}"
    assert (parsed.span and parsed.span.of(text)) == shown


def test_json_is_named() -> None:
    parsed = _parsed('{"title": "x"}\n\nbody')

    assert isinstance(parsed, Unsupported)
    assert parsed.format == "json"
    assert parsed.detail == "JSON front matter is not read"
