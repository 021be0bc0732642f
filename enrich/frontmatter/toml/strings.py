"""
Strings of TOML: what is written to what it says, character by character, and back.

Source: https://toml.io/en/v1.0.0#string, and for the escapes `\\e` and `\\xHH`, which are
read and never written, https://toml.io/en/v1.1.0#string
"""

from __future__ import annotations

import re

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.units import Units
from enrich.patterns import pattern
from enrich.text import Span

QUOTED = (Style.DOUBLE, Style.SINGLE, Style.DOUBLE_LINES, Style.SINGLE_LINES)
LITERAL = (Style.SINGLE, Style.SINGLE_LINES)
ON_LINES = (Style.DOUBLE_LINES, Style.SINGLE_LINES)

_TOKEN = pattern(
    r"\\(?:(?P<code>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(?P<name>[btnfre\"\\]))"
    r"|(?P<join>\\[ \t]*\r?\n[ \t\r\n]*+)|(?P<break>\r\n)|(?P<raw>[^\\\r]++|\r)"
)
_TOKEN_LITERAL = pattern(r"(?P<break>\r\n)|(?P<raw>[^\r]++|\r)")
_NAMES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_SPELLED = {char: f"\\{name}" for name, char in _NAMES.items() if name != "e"}
_NEVER_RAW = pattern(r"[\x00-\x1f\x7f\"\\]")
_NEVER_RAW_ON_LINES = pattern(r"[\x00-\x08\x0b-\x1f\x7f\\]")
_NOT_LITERAL = pattern(r"[\x00-\x08\x0a-\x1f\x7f']")
_NOT_LITERAL_ON_LINES = pattern(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'\Z")


class NoEscape(ValueError):  # noqa: N818 - leaves this package as a value
    """What stands at *span* begins as an escape and is none."""

    def __init__(self, span: Span) -> None:
        super().__init__(span)
        self.span = span


def inner(text: str, span: Span, style: Style) -> Span:
    """What stands between the quotes, without the line break behind the first ones, which doesn't count."""
    quotes = len(style.value)
    start, end = span.start + quotes, span.end - quotes
    if style in ON_LINES:
        start += 2 if text.startswith("\r\n", start) else 1 if text.startswith("\n", start) else 0
    return Span(start, end)


def decode(text: str, span: Span, style: Style) -> Units:
    """The characters of the string at *span* of *text*, and where each stands. Raises NoEscape."""
    units = Units()
    token = _TOKEN_LITERAL if style in LITERAL else _TOKEN
    within = inner(text, span, style)
    position = within.start
    while position < within.end:
        found = token.match(text, position, within.end)
        if found is None or (found.lastgroup == "join" and style not in ON_LINES):
            raise NoEscape(Span(position, min(position + 2, within.end)))
        _add(units, found)
        position = found.end()
    return units


def _add(units: Units, found: re.Match[str]) -> None:
    source = found.group()
    match found.lastgroup:
        case "raw":
            units.verbatim(source, found.start())
        case "break":
            units.coded("\n", found.start(), found.end())
        case "join":
            pass
        case "name":
            units.coded(_NAMES[source[1]], found.start(), found.end())
        case _:
            code = int(found["code"][1:], 16)
            if code > 0x10FFFF or 0xD800 <= code < 0xE000:
                raise NoEscape(Span(*found.span()))
            units.coded(chr(code), found.start(), found.end())


def fits(value: str, style: Style) -> bool:
    """Can a string of *style* say *value*?"""
    if style is Style.SINGLE:
        return _NOT_LITERAL.search(value) is None
    return style is not Style.SINGLE_LINES or _NOT_LITERAL_ON_LINES.search(value) is None


def spell(value: str, style: Style, newline: str, *, is_ascii: bool = False) -> str:
    """*value*, which fits, as a string of *style*; where *is_ascii* is set, all else is escaped."""
    quotes = style.value
    if style in ON_LINES:
        ahead = newline if value.startswith("\n") else ""
        return f"{quotes}{ahead}{spell_part(value, style, newline, is_ascii=is_ascii)}{quotes}"
    return f"{quotes}{spell_part(value, style, newline, is_ascii=is_ascii)}{quotes}"


def spell_part(value: str, style: Style, newline: str, *, is_ascii: bool = False) -> str:
    """*value* as it stands inside of a string of *style*."""
    if style is Style.SINGLE:
        return value
    if style is Style.SINGLE_LINES:
        return value.replace("\n", newline)
    if style is Style.DOUBLE:
        written = _NEVER_RAW.sub(_escape, value)
    else:
        written = _NEVER_RAW_ON_LINES.sub(_escape, value).replace('"""', '""\\"')
        written = f'{written[:-1]}\\"' if written.endswith('"') and not written.endswith('\\"') else written
        written = written.replace("\n", newline)
    return re.sub(r"[^\x00-\x7f]", _escape, written) if is_ascii else written


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    code = ord(char)
    return _SPELLED.get(char) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
