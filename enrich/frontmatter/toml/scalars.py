"""
What stands without quotes in TOML: numbers, dates, truth values.

Source: https://toml.io/en/v1.0.0#integer and what follows there.
"""

from __future__ import annotations

import datetime as dt

from enrich.frontmatter.nodes import BOOL, FLOAT, INT, TIMESTAMP
from enrich.patterns import pattern

_DIGITS = r"(?:0|[1-9](?:_?[0-9])*+)"
_MORE = r"[0-9](?:_?[0-9])*+"
_HEX = r"[0-9A-Fa-f]"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FORMS = (
    (BOOL, pattern("true|false")),
    (INT, pattern(rf"[+-]?{_DIGITS}|0x{_HEX}(?:_?{_HEX})*+|0o[0-7](?:_?[0-7])*+|0b[01](?:_?[01])*+")),
    (FLOAT, pattern(rf"[+-]?(?:{_DIGITS}(?:\.{_MORE})?(?:[eE][+-]?{_MORE})?|inf|nan)")),
    (TIMESTAMP, pattern(rf"{_DATE}(?:[Tt ]{_TIME}(?:[Zz]|[+-][0-9]{{2}}:[0-9]{{2}})?)?|{_TIME}")),
)  # fmt: skip
_LEADING_ZERO = pattern(r"[+-]?0[0-9][0-9_.]*")

MOST_DIGITS = 4300
"""Of a number. Beyond it Python refuses, for reading takes the square of their number."""


def tag_of(written: str) -> str | None:
    """What *written* is, None where it is nothing that TOML knows."""
    return next((tag for tag, form in _FORMS if form.fullmatch(written)), None)


def has_leading_zero(written: str) -> bool:
    """A number as people write it, but not TOML: `0704.0001`."""
    return _LEADING_ZERO.fullmatch(written) is not None


def number(tag: str, written: str) -> int | float:
    """The number that *written* is."""
    digits = written.replace("_", "")
    return float(digits) if tag == FLOAT else int(digits, 0)


def written(value: int | float | dt.date) -> str:
    """How TOML writes what is no string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else repr(value)
