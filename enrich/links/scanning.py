"""
Web addresses in a text by how they are written: in links, definitions, HTML attributes, and bare.

Pure, and linear in the length of the text. Knows no blocks of Markdown but fences, comments and
HTML that holds code. Addresses that a site generator fills in (`{{ … }}`) are left out. Where a
bare address ends follows GitHub; besides, it ends at quotation marks, at CJK punctuation and at
a closing bracket that nothing opened, for there it is prose and not address.

Source: https://github.github.com/gfm/#autolinks-extension-
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from enrich.patterns import pattern

START = pattern(r"https?://", re.IGNORECASE | re.ASCII)
_BARE = pattern(r"(?:[^\s<>\"`|\\\u200b，。；：、（）「」『』【】《》“”‘’…]|\\[_*#&~.\-$%])*")
_TRAILING = frozenset("?!.,:;*_~'$")
_ENTITY = pattern(r"&\w{1,30};$")
_DESTINATION_MARK = pattern(r"[\s<>]|\\.?|[()]", re.DOTALL)
_DESTINATION_START = pattern(r"\]\([ \t]{0,9}<?$")
_DEFINITION_START = pattern(r"\]:[ \t]{0,9}\n?[ \t]{0,9}<?$")
_DEFINITION_LABEL = pattern(r" {0,3}\[[^\]\n]{1,999}\]")
_ATTRIBUTE_START = pattern(r"=[ \t]{0,9}([\"'])$")
_IN_ANGLES = pattern(r"[^\s<>]*")
_IN_QUOTES = {'"': pattern(r"[^\"<>\n]*"), "'": pattern(r"[^'<>\n]*")}
_UNESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_LONGEST_START = 24
"""Characters before an address that tell what kind of place it stands in."""
_DEEPEST = 32
"""Parentheses inside parentheses in a link's destination. Source: CommonMark allows for a limit."""

Found = tuple[int, int, str]
"""Start, end, and the address without escapes."""


def scan(text: str) -> list[Found]:
    """Where in *text*, none of which is code, addresses stand, in order."""
    found: list[Found] = []
    position = 0
    while start := START.search(text, position):
        end, kept = _extent(text, start.start())
        if kept and end > start.end() and "{{" not in text[start.start() : end]:
            found.append((start.start(), end, plain(text[start.start() : end])))
        position = max(end, start.end())
    return found


def _extent(text: str, start: int) -> tuple[int, bool]:
    """Where the address at *start* ends, and whether it is one that a reader can follow."""
    before = text[max(0, start - _LONGEST_START) : start]
    if before[-1:].isalnum():
        return start, False
    if _DESTINATION_START.search(before):
        return _destination_end(text, start, in_angles=before.endswith("<")), True
    if before.endswith("<") or _is_definition(text, start, before):
        return _end(_IN_ANGLES, text, start), True
    if attribute := _ATTRIBUTE_START.search(before):
        return _end(_IN_QUOTES[attribute[1]], text, start), True
    return _bare_end(text, start)


def _is_definition(text: str, start: int, before: str) -> bool:
    mark = _DEFINITION_START.search(before)
    if mark is None:
        return False
    label_end = start - len(before) + mark.start() + 1
    label_start = text.rfind("\n", max(0, label_end - 1_010), label_end) + 1
    return _DEFINITION_LABEL.fullmatch(text, label_start, label_end) is not None


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _destination_end(text: str, start: int, *, in_angles: bool) -> int:
    if in_angles:
        return _end(_IN_ANGLES, text, start)
    depth = 0
    for mark in _DESTINATION_MARK.finditer(text, start):
        match mark[0]:
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case escaped if escaped[0] == "\\":
                continue
            case _:
                return mark.start()
        if depth < 0 or depth > _DEEPEST:
            return mark.start()
    return len(text)


def _bare_end(text: str, start: int) -> tuple[int, bool]:
    end = _closed_at(text, start, _end(_BARE, text, start))
    if text.startswith(("](", "]["), end):
        return end, False  # the text of a link, whose destination is what readers follow
    unopened = text.count(")", start, end) - text.count("(", start, end)
    while True:
        if entity := _ENTITY.search(text, max(start, end - 32), end):
            end = entity.start()
        elif text[end - 1] in _TRAILING:
            end -= 1
        elif text[end - 1] == ")" and unopened > 0:
            end -= 1
            unopened -= 1
        else:
            return end, True


def _closed_at(text: str, start: int, end: int) -> int:
    """The first `]` or `}` between *start* and *end* that nothing opened, or *end*."""
    opened = {"]": 0, "}": 0}
    for place in range(start, end):
        char = text[place]
        if char in "[{":
            opened["]" if char == "[" else "}"] += 1
        elif char in "]}":
            if opened[char] == 0:
                return place
            opened[char] -= 1
    return end


def plain(written: str) -> str:
    return _UNESCAPED.sub(r"\1", written).replace("&amp;", "&")


# -- code ------------------------------------------------------------------------------------

_NOT_LINE_END = pattern(r"[^\r\n]")
_FENCE = pattern(r"^[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_TICKS = pattern(r"`+")
_BLANK_LINE = pattern(r"\n[ \t>]*\r?\n")
HIDDEN = (
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<code", "</code>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("{% highlight", "{% endhighlight"),
    ("{% comment", "{% endcomment"),
)


def without_code(text: str) -> str:
    """*text* with spaces in place of code and comments; every other character stays where it is."""
    text = blanked(text, _fenced(text))
    lowered = text.lower() if text.isascii() else text  # lower() may change the length of other text
    for opening, closing in HIDDEN:
        spans = between(lowered, opening, closing)
        text, lowered = blanked(text, spans), blanked(lowered, spans)
    return blanked(text, _code_spans(text))


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """*text* with spaces in place of *spans*, which are in order; lines end where they did."""
    if not spans:
        return text
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    parts = (
        _NOT_LINE_END.sub(" ", text[start:end]) if place % 2 else text[start:end]
        for place, (start, end) in enumerate(pairwise(edges))
    )
    return "".join(parts)


def _fenced(text: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    while opening := _FENCE.search(text, position):
        fence = opening[1]
        closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*\r?$", re.MULTILINE)
        line_end = text.find("\n", opening.end())
        closed = closing.search(text, line_end + 1) if line_end >= 0 else None
        position = closed.end() if closed else len(text)
        spans.append((opening.start(), position))
    return spans


def between(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        position = end + len(closing)
        spans.append((start, position))
    return spans


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Runs of backticks pair with the next run of equal length in the same paragraph."""
    blank_lines = [found.start() for found in _BLANK_LINE.finditer(text)]
    runs = [(bisect_right(blank_lines, found.start()), *found.span()) for found in _TICKS.finditer(text)]
    later: dict[tuple[int, int], list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        paragraph, start, end = runs[index]
        later.setdefault((paragraph, end - start), []).append(index)
    spans, index = [], 0
    while index < len(runs):
        paragraph, start, end = runs[index]
        equal = later[paragraph, end - start]
        while equal and equal[-1] <= index:
            equal.pop()
        if equal and text[start - 1 : start] != "\\":
            index = equal[-1]
            spans.append((start, runs[index][2]))
        index += 1
    return spans
