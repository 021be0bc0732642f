"""A fenced YAML header to `FrontMatter`, or why it can't be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.fences import has_keys
from enrich.frontmatter.nodes import MAP, FrontMatter, Kind, Missing, Node, Style, Unreadable
from enrich.frontmatter.yaml.compose import NotReadable, compose, duplicate_keys
from enrich.frontmatter.yaml.diagnosis import diagnose
from enrich.text import Span

if TYPE_CHECKING:
    from enrich.frontmatter.fences import Fenced
    from enrich.models import Document

CODE = "FMT401"

_UNDECODED = re.compile(r"[\ud800-\udfff]")


def read(document: Document, fenced: Fenced) -> FrontMatter | Missing | Unreadable:
    text, header = document.text, fenced.header
    undecoded = _UNDECODED.search(text, header.start, header.end)
    if undecoded:
        return _not_utf8(undecoded)
    try:
        root = compose(text, fenced.opening, header.end)
    except NotReadable as trouble:
        return Unreadable(CODE, f"front matter {trouble.problem}", trouble.span)
    except yaml.YAMLError as error:
        if _is_thematic_break(header.of(text)):
            return _no_keys(fenced)
        message, span, evidence = diagnose(text, fenced, error)
        return Unreadable(CODE, f"front matter is not valid YAML: {message}", span, evidence)
    if root is None:
        root = empty_mapping(header)
    if root.kind is not Kind.MAPPING:
        if _is_thematic_break(header.of(text)):
            return _no_keys(fenced)
        kind = "a list" if root.kind is Kind.SEQUENCE else "text"
        return Unreadable(
            CODE, f"front matter is {kind}, not `key: value` lines", _first_line(root.span, text)
        )
    return FrontMatter(document, root, header, fenced.body_start, tuple(duplicate_keys(root)))


def empty_mapping(header: Span) -> Node:
    return Node(Kind.MAPPING, Span(header.end, header.end), header.end, Style.BLOCK, MAP)


def _not_utf8(found: re.Match[str]) -> Unreadable:
    code = ord(found.group())
    what = f"byte 0x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"
    return Unreadable(CODE, f"front matter is not valid UTF-8: {what}", Span(*found.span()))


def _is_thematic_break(header: str) -> bool:
    """Two lines of dashes in a Markdown text: a blank line follows the first, and no key comes."""
    return header[:1] in ("\n", "\r") and not has_keys(header)


def _no_keys(fenced: Fenced) -> Missing:
    return Missing(
        "no front matter: no `key: value` line stands between the first two `---`",
        Span(fenced.opening, fenced.opening + 3),
    )


def _first_line(span: Span, text: str) -> Span:
    line = re.match(r"[^\r\n]*", span.of(text))
    return Span(span.start, span.start + (line.end() if line else 0))
