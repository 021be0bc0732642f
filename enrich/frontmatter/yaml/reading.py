"""A fenced YAML header to `FrontMatter`, or why it can't be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.fences import has_keys
from enrich.frontmatter.nodes import MAP, FrontMatter, Kind, Missing, Node, Style, Unreadable
from enrich.frontmatter.undecoded import undecoded
from enrich.frontmatter.yaml.compose import NotReadable, compose, duplicate_keys
from enrich.frontmatter.yaml.diagnosis import diagnose
from enrich.text import Span

if TYPE_CHECKING:
    from enrich.frontmatter.fences import Fenced
    from enrich.models import Document

CODE = "FMT401"


def read(document: Document, fenced: Fenced) -> FrontMatter | Missing | Unreadable:
    text, header = document.text, fenced.header
    if trouble := undecoded(text, header, CODE):
        return trouble
    try:
        root = compose(text, fenced.opening, header.end)
    except NotReadable as error:
        return Unreadable(CODE, f"front matter {error.problem}", error.span)
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
