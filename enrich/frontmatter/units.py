"""From a value's characters back to where they are written."""

from __future__ import annotations

from dataclasses import field

from enrich.text import Span
from enrich.words import dataclass


@dataclass(slots=True)
class Units:
    """A value and, for each of its characters, where it stands in the text that it was decoded from."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        return "".join(self._parts)

    def verbatim(self, text: str, start: int) -> None:
        self._parts.append(text)
        self.starts += range(start, start + len(text))
        self.ends += range(start + 1, start + len(text) + 1)

    def coded(self, value: str, start: int, end: int) -> None:
        """*value* that is written differently, or not at all."""
        self._parts.append(value)
        self.starts += [start] * len(value)
        self.ends += [end] * len(value)

    def span(self, start: int, end: int) -> Span | None:
        """Where the characters *start* up to *end* of the value stand; None where it is empty."""
        if not self.starts:
            return None
        begin = self.starts[start] if start < len(self.starts) else self.ends[-1]
        return Span(begin, self.ends[end - 1] if start < end else begin)
