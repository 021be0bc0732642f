"""
A scalar's source to its value, character by character, so that each knows where it stands.

Follows libyaml's scanner, line folding of YAML 1.1 included: NEL, LS and PS
are line breaks there. Source: https://yaml.org/spec/1.1/#id901745 and
https://github.com/yaml/libyaml/blob/master/src/scanner.c
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.units import Units
from enrich.frontmatter.yaml.breaks import BREAK, BREAKS, LINE_BREAK, NOT_BREAK
from enrich.patterns import pattern
from enrich.text import Span

if TYPE_CHECKING:
    import re

_FOLD = rf"[ \t]*{BREAK}(?:[ \t]|{BREAK})*"
_APOSTROPHE, _BACKSLASH = "'", r"\\"


def _verbatim(special: str) -> str:
    """A pattern for text on one line without *special*; blanks at its end are left for `_FOLD` to try."""
    words = rf"[^ \t{BREAKS}{special}]+"
    return rf"{words}(?:[ \t]+{words})*|[ \t]+"


_PLAIN = pattern(rf"(?P<fold>{_FOLD})|{_verbatim('')}")
_SINGLE = pattern(rf"(?P<fold>{_FOLD})|(?P<escape>'')|{_verbatim(_APOSTROPHE)}")
_DOUBLE = pattern(
    rf"(?P<fold>{_FOLD})|\\(?P<joined>{BREAK}(?:[ \t]|{BREAK})*)"
    rf"|(?P<escape>\\(?:x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|[^xuU{BREAKS}]))"
    rf"|{_verbatim(_BACKSLASH)}"
)
_TOKENS = {Style.PLAIN: _PLAIN, Style.SINGLE: _SINGLE, Style.DOUBLE: _DOUBLE}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip
_BLOCK_HEADER = pattern(rf"[|>](?P<indicators>[-+0-9]*)[ \t]*(?:#{NOT_BREAK}*)?(?:{BREAK}|\Z)")
_BLOCK_LINE = pattern(rf"(?P<indent> *)(?P<text>{NOT_BREAK}*)(?P<break>{BREAK}|\Z)")


def decode(text: str, span: Span, style: Style, value: str) -> Units | None:
    """Where each character of *value* stands, if what is at *span* of *text* reads as it; else None."""
    if style in (Style.LITERAL, Style.FOLDED):
        return _block_scalar(text, span, value)
    inner = span if style is Style.PLAIN else Span(span.start + 1, span.end - 1)
    units = _flow_scalar(text, inner, _TOKENS[style])
    return units if units and units.value == value else None


def _flow_scalar(text: str, span: Span, token: re.Pattern[str]) -> Units | None:
    units = Units()
    position = span.start
    while position < span.end:
        found = token.match(text, position, span.end)
        value = found and _value(found)
        if found is None or value is None:
            return None
        if found.lastgroup:
            units.coded(value, found.start(), found.end())
        else:
            units.verbatim(value, found.start())
        position = found.end()
    return units


def _value(found: re.Match[str]) -> str | None:
    source = found.group()
    match found.lastgroup:
        case "fold":
            return _folded(_breaks(source))
        case "joined":
            return "".join(_breaks(source)[1:])
        case "escape":
            return _unescaped(source)
        case _:
            return source


def _breaks(source: str) -> list[str]:
    return [each if each in "\u2028\u2029" else "\n" for each in LINE_BREAK.findall(source)]


def _folded(breaks: list[str]) -> str:
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "


def _unescaped(source: str) -> str | None:
    if source == "''":
        return "'"
    letter, digits = source[1], source[2:]
    if not digits:
        return _ESCAPES.get(letter)
    code = int(digits, 16)
    return chr(code) if code < 0x110000 else None


def _block_scalar(text: str, span: Span, value: str) -> Units | None:
    header = _BLOCK_HEADER.match(text, span.start, span.end)
    if header is None:
        return None
    lines = list(_BLOCK_LINE.finditer(text, header.end(), span.end))
    blank = max((len(line["indent"]) for line in lines), default=0)
    depth = next((len(line["indent"]) for line in lines if line["text"]), blank)
    # An indicator (`|2`) counts from the parent's indentation, so any smaller depth may be meant.
    has_indicator = any(char.isdigit() for char in header["indicators"])
    for indent in range(depth, 0 if has_indicator else depth - 1, -1):
        units = _read_block(lines, indent, header["indicators"], is_folded=text[span.start] == ">")
        if units.value == value:
            return units
    return None


def _read_block(lines: list[re.Match[str]], indent: int, indicators: str, *, is_folded: bool) -> Units:
    units = Units()
    done = lines[0].start() if lines else 0
    line_break, was_indented = "", False
    blank_lines: list[str] = []
    for line in lines:
        content = line["indent"][indent:] + line["text"]
        if not content:
            blank_lines += _breaks(line["break"])
            continue
        is_indented = content[0] in " \t"
        if is_folded and line_break == "\n" and not was_indented and not is_indented:
            line_break = "" if blank_lines else " "
        start = line.start("break") - len(content)
        units.coded(line_break + "".join(blank_lines), done, start)
        units.verbatim(content, start)
        done, line_break, was_indented, blank_lines = line.start("break"), "\n", is_indented, []
        if line["break"]:
            line_break = _breaks(line["break"])[0]
    ending = "" if "-" in indicators else line_break
    if "+" in indicators:
        ending += "".join(blank_lines)
    units.coded(ending, done, lines[-1].end() if lines and "+" in indicators else done)
    return units
