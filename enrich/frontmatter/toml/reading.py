"""
A fenced TOML header to `FrontMatter`, or why it can't be read.

`tomllib` tells values and no places, this package both: no header is read of which
the two say different things.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from enrich.frontmatter.nodes import FrontMatter, Unreadable
from enrich.frontmatter.toml.lines import next_line
from enrich.frontmatter.toml.outline import outline
from enrich.frontmatter.toml.trouble import TooMuch, Trouble
from enrich.frontmatter.toml.values import agrees
from enrich.frontmatter.undecoded import undecoded
from enrich.patterns import pattern
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.frontmatter.fences import Fenced
    from enrich.models import Document

    Judge = Callable[[str], dict[str, Any]]

CODE = "FMT406"

_PLACE = pattern(r"(?P<what>.*) \((?:at line (?P<line>\d+), column \d+|at end of document)\)", re.DOTALL)


def read(document: Document, fenced: Fenced, judge: Judge = tomllib.loads) -> FrontMatter | Unreadable:
    """*judge* says what the header holds, and raises ValueError where it is no TOML."""
    text, header = document.text, fenced.header
    if trouble := undecoded(text, header, CODE):
        return trouble
    try:
        root = outline(text, header).root
    except TooMuch as much:
        return Unreadable(CODE, f"front matter {much.problem}", much.span)
    except Trouble as error:
        return _invalid(error.problem, error.span, _words(header.of(text), judge))
    try:
        data = judge(header.of(text))
    except ValueError as error:
        problem, span = _placed(str(error), text, header)
        return _invalid(problem, span, str(error))
    if not agrees(root, data):
        return Unreadable(
            CODE, "front matter is TOML that two readers take differently", _line(text, header, 1)
        )
    return FrontMatter(document, root, header, fenced.body_start, format="toml")


def _invalid(problem: str, span: Span, evidence: str) -> Unreadable:
    return Unreadable(CODE, f"front matter is not valid TOML: {problem}", span, evidence)


def _words(source: str, judge: Judge) -> str:
    """What the judge says of a *source* that is no TOML."""
    try:
        judge(source)
    except ValueError as error:
        return str(error)
    return ""


def _placed(said: str, text: str, header: Span) -> tuple[str, Span]:
    """The judge's message without the place, and the line that it means."""
    found = _PLACE.fullmatch(said)
    what = found["what"] if found else said
    number = int(found["line"] or 1) if found else 1
    return what[:1].lower() + what[1:], _line(text, header, number)


def _line(text: str, header: Span, number: int) -> Span:
    """Line *number* of the header, from 1, or its last; without blanks around it."""
    ends = [found.end() for found in re.finditer("\n", header.of(text))]
    starts = [0, *ends[:-1]]
    start = header.start + starts[min(number, len(starts)) - 1]
    line = text[start : next_line(text, start)]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
