"""
Plain values and closed choices.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, TypeVar

from enrich.config.kinds import Kind, Schema, did_you_mean, listed
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


class Flag(Kind[bool]):
    takes: ClassVar[str] = "true or false"

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            self.refuse(value)
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole(Kind[int]):
    low: int
    high: int = 1_000_000

    @property
    def takes(self) -> str:
        return f"a whole number from {self.low:,} to {self.high:,}"

    def read(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            self.refuse(value)
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Date(Kind[dt.date]):
    takes: ClassVar[str] = "a date such as 2027-03-01, without quotes"

    def read(self, value: object) -> dt.date:
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self.refuse(value)
        return value

    def schema(self) -> Schema:
        # TOML has dates, JSON Schema knows of them only as text.
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Word(Kind[str]):
    words: tuple[str, ...]

    @property
    def takes(self) -> str:
        return listed(f'"{word}"' for word in self.words)

    def read(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.words:
            self.refuse(value, did_you_mean(value, self.words))
        return value

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Named(Kind[T]):
    """A closed choice of values that have names."""

    names: Mapping[str, T]

    @property
    def takes(self) -> str:
        return Word(tuple(self.names)).takes

    def read(self, value: object) -> T:
        return self.names[Word(tuple(self.names)).read(value)]

    def spell(self, value: T) -> str:
        return next(name for name, named in self.names.items() if named == value)

    def schema(self) -> Schema:
        return {"enum": list(self.names)}
