"""
Where front matter begins and ends in a document.

A fence is a line of three dashes, the closing one also of three dots; blanks may
follow, nothing may stand before. Source: Jekyll's YAML_FRONT_MATTER_REGEXP,
https://github.com/jekyll/jekyll/blob/master/lib/jekyll/document.rb

TOML stands between two lines of three plus signs. Source: https://gohugo.io/content-management/front-matter/
"""

from __future__ import annotations

import json
import re

from enrich.frontmatter.nodes import Missing, Unsupported
from enrich.patterns import pattern
from enrich.text import Span
from enrich.words import dataclass

_BREAK = r"(?:\r\n|\r|\n)"
_OPENING = pattern(rf"(?:---|\+\+\+)[ \t]*{_BREAK}")
_CLOSING = pattern(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:{_BREAK}|\Z)")
_CLOSING_TOML = pattern(rf"(?<=[\r\n])\+\+\+[ \t]*(?:{_BREAK}|\Z)")
_FIRST_LINE = pattern(r"\s*([^\r\n]*)")
_KEY = pattern(r"[\"']?\w(?:[\w .-]*[\w.-])?[\"']?[ \t]*:(?:[ \t\r\n]|\Z)")
_KEY_LINE = pattern(rf"(?:\A|(?<=[\r\n])){_KEY.pattern}")
_KEY_NEXT = pattern(rf"[ \t]*{_BREAK}{_KEY.pattern}")
_NOT_QUITE_A_FENCE = pattern(
    # After a line of front matter, for dashes under a line of text are a Markdown heading.
    rf"(?:^|(?<=\r))(?:[ \t]+\S|- |{_KEY.pattern})[^\r\n]*{_BREAK}[^\S\r\n]*([-–—]{{2,}}|\+\+\+)[^\S\r\n]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Fenced:
    """A document cut at its fences."""

    opening: int
    """Where the opening fence begins: 1 behind a byte order mark, else 0."""
    header: Span
    body_start: int
    format: str = "yaml"
    """Or `toml`."""


def cut(text: str) -> Fenced | Missing:
    """The header of *text* between two fences, or why there is none."""
    start = 1 if text.startswith("\ufeff") else 0
    opening = _OPENING.match(text, start)
    if opening is None:
        return _unopened(text, start)
    is_toml = text[start] == "+"
    closing = (_CLOSING_TOML if is_toml else _CLOSING).search(text, opening.end())
    if closing is None:
        return _unclosed(text, opening)
    header = Span(opening.end(), closing.start())
    return Fenced(start, header, closing.end(), "toml" if is_toml else "yaml")


def has_keys(text: str) -> bool:
    """Does a line of *text* begin with what looks like a key?"""
    return _KEY_LINE.search(text) is not None


def _missing(why: str, span: Span | None = None) -> Missing:
    return Missing(f"no front matter: {why}", span)


def _unclosed(text: str, opening: re.Match[str]) -> Missing:
    fence = opening.group()[:3]
    near = _NOT_QUITE_A_FENCE.search(text, opening.end())
    if near and (shown := near.group(1)) != fence:
        return _missing(f"the closing fence is `{shown}` where `{fence}` is needed", Span(*near.span(1)))
    if near:
        return _missing(f"white space stands before the closing `{fence}`", Span(*near.span(1)))
    return _missing(f"the opening `{fence}` is never closed", Span(opening.start(), opening.start() + 3))


def _unopened(text: str, start: int) -> Missing:
    first = _FIRST_LINE.match(text, start)
    line = first.group(1).rstrip() if first else ""
    begin = first.start(1) if first else start
    span = Span(begin, begin + len(line))
    if not line:
        return _missing("the file is empty")
    if line.startswith("{") and _is_json_object(text, begin):
        return Unsupported("JSON front matter is not read", span, "json")
    if line in ("---", "+++"):
        return _missing(_misplaced(text[start:begin], line), span)
    bare = line.strip("\u200b\u200c\u200d\u2060\ufeff\xa0")
    if bare in ("---", "+++"):
        return _missing(f"an invisible character stands beside the opening `{bare}`", span)
    if line.startswith("---") and _KEY_NEXT.match(text, span.end):
        return _missing("more than `---` stands on the first line", span)
    if _KEY.match(line) and _CLOSING.search(text, span.end):
        return _missing("the opening `---` is missing", span)
    return _missing("the first line is not `---`")


def _misplaced(before: str, fence: str) -> str:
    if "\n" in before or "\r" in before:
        return f"a blank line stands before the opening `{fence}`"
    if before:
        return f"white space stands before the opening `{fence}`"
    return f"the opening `{fence}` is never closed"


def _is_json_object(text: str, start: int) -> bool:
    """Hugo's shortcodes (`{{< … >}}`) begin with a brace too, so it must decode."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict)
