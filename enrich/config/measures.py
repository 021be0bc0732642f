"""
Numbers with a unit: `"20s"`, `"14d"`, `"1MB"`, `"25%"`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, TypeVar

from enrich.config.kinds import Kind, Schema
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


@dataclass(frozen=True)
class _Measured(Kind[T]):
    """A number and a unit, in one text."""

    units: ClassVar[Mapping[str, float]]
    """From the smallest to the largest; what each is in the unit that the program keeps."""
    example: ClassVar[str]
    least: ClassVar[float]
    most: ClassVar[float]
    low: float
    high: float

    @property
    def takes(self) -> str:
        usual = (self.low, self.high) == (self.least, self.most)
        bounds = "" if usual else f', from "{self._text(self.low)}" to "{self._text(self.high)}"'
        return f"{self.example}{bounds}"

    @property
    def _pattern(self) -> str:
        return rf"^\d+(?:\.\d+)? ?(?:{'|'.join(self.units)})$"

    def measure(self, value: object) -> float:
        if not isinstance(value, str) or not re.fullmatch(self._pattern, value):
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            self.refuse(value, f"a unit is missing: {', '.join(self.units)}" if is_number else "")
        unit = re.sub(r"[\d. ]+", "", value)
        measured = float(value.removesuffix(unit)) * self.units[unit]
        if not self.low <= measured <= self.high:
            self.refuse(value)
        return measured

    def _text(self, measured: float) -> str:
        fitting = [
            unit
            for unit, size in self.units.items()
            if size == 1 or (size > 1 and measured and not measured % size)
        ]
        number = repr(measured / self.units[fitting[-1]])
        # An exponent is no TOML duration; so small a number is a slip, but must read back.
        plain = f"{float(number):.350f}" if "e" in number else number
        return f"{plain.rstrip('0').rstrip('.')}{fitting[-1]}"

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self._pattern}


@dataclass(frozen=True)
class Duration(_Measured[float]):
    """Seconds. Bounded, for beyond a few centuries no calendar can add it to a date."""

    suffix: ClassVar[str] = "_s"
    units: ClassVar[Mapping[str, float]] = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400}
    example: ClassVar[str] = 'a duration such as "20s"'
    least: ClassVar[float] = 0
    most: ClassVar[float] = 36_500 * 86_400
    low: float = least
    high: float = most

    def read(self, value: object) -> float:
        return self.measure(value)

    def spell(self, value: float) -> str:
        return self._text(value)


@dataclass(frozen=True)
class Size(_Measured[int]):
    suffix: ClassVar[str] = "_bytes"
    units: ClassVar[Mapping[str, float]] = {
        "B": 1,
        "kB": 10**3,
        "KiB": 2**10,
        "MB": 10**6,
        "MiB": 2**20,
        "GB": 10**9,
    }
    example: ClassVar[str] = 'a size such as "1MB"'
    least: ClassVar[float] = 1
    most: ClassVar[float] = 10**9
    low: float = least
    high: float = most

    def read(self, value: object) -> int:
        return int(self.measure(value))

    def spell(self, value: int) -> str:
        return self._text(value)


class Share(Kind[float]):
    takes: ClassVar[str] = 'a share such as 0.25 or "25%"'
    pattern: ClassVar[str] = r"^(?:100|\d{1,2}(?:\.\d+)?)%$"

    def read(self, value: object) -> float:
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return float(value[:-1]) / 100
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            self.refuse(value)
        return float(value)

    def schema(self) -> Schema:
        number: Schema = {"type": "number", "minimum": 0, "maximum": 1}
        return {"anyOf": [number, {"type": "string", "pattern": self.pattern}]}
