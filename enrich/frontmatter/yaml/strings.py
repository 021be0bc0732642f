"""
Strings as scalars: which may stand without quotes, and how each style spells them.

A plain scalar must be this very string to every reader: YAML 1.1 and 1.2, Ruby's
Psych (which has symbols, and commas in numbers), js-yaml, Go's.
"""

from __future__ import annotations

import re

from enrich.frontmatter.nodes import Style
from enrich.patterns import pattern
from enrich.words import dataclass

_LOOKS_TYPED = pattern(
    r"""
      [-+]?(?=[_,.]*\d)[\d_,.]+(?:e[-+]?[\d_]*)?        # 2301.10540  1,000  1_000  .5  1e5  +_8
    | [-+]?e[-+]?\d+                                    # e5
    | [-+]?0[xob][\da-f_,]*                             # 0x1f
    | [-+]?\d[\d_]*(?::[\d_.]+)+                        # 12:30
    | [-+]?\.?(?:inf|infinity|nan)
    | [-+]?\d{1,4}-\d{1,2}-\d{1,2}(?:[t\ \t].*)?        # 2024-10-25
    | y|n|yes|no|on|off|true|false|null|~|=|<<
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_RESERVED_FIRST = frozenset("?:,[]{}#&*!|>'\"%@`")
_BREAKS_PLAIN = pattern(r":(?:[ \t]|\Z)|[ \t]#|\A-(?:[ \t]|\Z)|\A(?:---|\.\.\.)")
_BREAKS_FLOW = pattern(r"[,?\[\]{}]")
# What is refused, not what is allowed: the shorter list compiles twenty times faster.
_NEVER_RAW = "\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_NOT_ON_A_LINE = pattern(f"[\0-\x08\n-\x1f{_NEVER_RAW}]")
_NOT_RAW_IN_DOUBLE = pattern(f'[\0-\x1f"\\\\{_NEVER_RAW}]')
_NOT_ASCII_IN_DOUBLE = pattern("[^\x20!\x23-\x5b\\]-\x7e]")
_NAMED = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


def may_be_plain(value: str, *, in_flow: bool) -> bool:
    """May *value* stand without quotes, on one line, in every reader's eyes a string and this one?"""
    return (
        value != ""
        and value == value.strip(" \t")
        and value[0] not in _RESERVED_FIRST
        and not looks_typed(value)
        and not _BREAKS_PLAIN.search(value)
        and not (in_flow and _BREAKS_FLOW.search(value))
        and "\t" not in value
        and fits_a_line(value)
    )


def looks_typed(value: str) -> bool:
    """Would some reader take plain *value* for a number, a date, a truth value, nothing or a symbol?"""
    return _LOOKS_TYPED.fullmatch(value) is not None or value.startswith(":")


def fits_a_line(value: str) -> bool:
    """Nothing in *value* that must be escaped: no control character, no line break of any kind."""
    return _NOT_ON_A_LINE.search(value) is None


@dataclass(frozen=True, slots=True)
class Escapes:
    """How a double-quoted scalar writes what it escapes."""

    is_ascii: bool = False
    """Everything beyond ASCII is escaped."""
    is_long: bool = False
    """`\\u00e9` where `\\xe9` would do."""
    is_lower: bool = False
    """Hexadecimal digits `a` to `f` in lower case."""

    def spell(self, char: str) -> str:
        if char in _NAMED and (char != "\xa0" or not self.is_long):
            return f"\\{_NAMED[char]}"
        code = ord(char)
        if code > 0xFFFF:
            digits, letter = f"{code:08x}", "U"
        elif code > 0xFF or self.is_long:
            digits, letter = f"{code:04x}", "u"
        else:
            digits, letter = f"{code:02x}", "x"
        return f"\\{letter}{digits if self.is_lower else digits.upper()}"


_ESCAPED = pattern(r"\\(?:x(?P<short>..)|u00(?P<long>..)|u(?P<four>....)|U(?P<eight>.{8})|.)", re.DOTALL)


def escapes_in(source: str, otherwise: Escapes) -> Escapes:
    """The habits that show in a double-quoted scalar's *source*, the rest as *otherwise*."""
    found = [(each.lastgroup, each[each.lastgroup]) for each in _ESCAPED.finditer(source) if each.lastgroup]
    forms = {form for form, _ in found}
    letters = "".join(char for _, digits in found for char in digits if char.isalpha())
    has_escaped_text = any(int(digits, 16) > 0x9F for _, digits in found)
    return Escapes(
        is_ascii=source.isascii() and (has_escaped_text or otherwise.is_ascii),
        is_long="long" in forms or (otherwise.is_long and "short" not in forms),
        is_lower=letters.islower() if letters else otherwise.is_lower,
    )


def spell(value: str, style: Style, escapes: Escapes) -> str | None:
    """
    *value* as it stands inside a scalar of *style*, without quotes; None where it can't.

    Whether a plain scalar stays a string is for `may_be_plain` to say.
    """
    if style is Style.DOUBLE:
        pattern = _NOT_ASCII_IN_DOUBLE if escapes.is_ascii else _NOT_RAW_IN_DOUBLE
        return pattern.sub(lambda found: escapes.spell(found.group()), value)
    if not fits_a_line(value):
        return None
    return value.replace("'", "''") if style is Style.SINGLE else value


def quote(value: str, preferred: str, escapes: Escapes) -> str:
    """*value* in quotes on one line: in *preferred* ones, or the other if that saves escapes."""
    style = quoting(value, preferred, escapes)
    return f"{style.value}{spell(value, style, escapes)}{style.value}"


def quoting(value: str, preferred: str, escapes: Escapes) -> Style:
    """The quotes for *value*: *preferred*, or the other if that saves escapes."""
    if not fits_a_line(value) or "\t" in value or (escapes.is_ascii and not value.isascii()):
        return Style.DOUBLE
    if preferred == '"':
        return Style.SINGLE if ('"' in value or "\\" in value) and "'" not in value else Style.DOUBLE
    return Style.DOUBLE if "'" in value and '"' not in value and "\\" not in value else Style.SINGLE
