"""
JSON from outside, taken apart with patience: what is not of its kind is told with its place.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unreadable(ValueError):  # noqa: N818 - what is so, as a person is told it
    """Its text says which part of a document is not what it should be."""


def read_json(text: str) -> Part:
    """Raises Unreadable where *text* is no JSON; `NaN` is none, whatever Python thinks."""

    def no_number(name: str) -> None:
        raise Unreadable(f"`{name}` is no JSON")

    try:
        return Part(json.loads(text, parse_constant=no_number))
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON from line {error.lineno}, column {error.colno} on") from error
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("nested too deep") from error
    except ValueError as error:
        raise Unreadable("not JSON: a number has too many digits") from error


class Part:
    """A part of a document, with the way that leads to it: `findings[3].line`."""

    def __init__(self, value: Any, way: str = "") -> None:
        self.value, self.way = value, way

    def __getitem__(self, key: str) -> Part:
        if not isinstance(self.value, dict):
            raise self.not_("an object")
        if key not in self.value:
            raise Unreadable(f"`{self._below(key)}` is missing")
        return Part(self.value[key], self._below(key))

    def get(self, key: str) -> Part:
        """As `[key]`, but null where there is none: a key that older ones lack."""
        return (
            self[key] if isinstance(self.value, dict) and key in self.value else Part(None, self._below(key))
        )

    def items(self) -> Iterator[Part]:
        if not isinstance(self.value, list):
            raise self.not_("a list")
        return (Part(item, f"{self.way}[{number}]") for number, item in enumerate(self.value))

    def pairs(self) -> Iterator[tuple[str, Part]]:
        if not isinstance(self.value, dict):
            raise self.not_("an object")
        return ((key, Part(item, self._below(key))) for key, item in self.value.items())

    @property
    def is_null(self) -> bool:
        return self.value is None

    def text(self, pattern: str = r"(?s).*") -> str:
        if not isinstance(self.value, str) or not re.fullmatch(pattern, self.value):
            raise self.not_("a text of that kind" if isinstance(self.value, str) else "a text")
        return self.value

    def text_or_none(self) -> str | None:
        return None if self.is_null else self.text()

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def count(self, least: int = 0) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < least:
            raise self.not_(f"a whole number from {least} on")
        return self.value

    def number(self) -> float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.not_("a number")
        return float(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.not_("true or false")
        return self.value

    def instant(self) -> dt.datetime:
        text = self.text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            raise self.not_("a time") from None

    def day_or_none(self) -> dt.date | None:
        if self.is_null:
            return None
        try:
            return dt.date.fromisoformat(self.text())
        except ValueError:
            raise self.not_("a day") from None

    def not_(self, what: str) -> Unreadable:
        return Unreadable(f"`{self.way or 'the whole'}` is not {what}")

    def _below(self, key: str) -> str:
        return f"{self.way}.{key}" if self.way else key
