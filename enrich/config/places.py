"""
Where the keys and values of a TOML text stand.

`tomllib` tells values and not places. This reads only what `tomllib` has taken
before, so it may trust the text and look at nothing but its outline.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from enrich.patterns import pattern
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.config.kinds import Steps


@dataclass(frozen=True, slots=True)
class Place:
    key: Span
    """For an item of a list, the item."""
    value: Span
    """For a table with a header, the key in the header."""


def places(text: str) -> dict[Steps, Place]:
    """Every key and every item of a list in *text*, which is valid TOML, by its path."""
    outline = _Outline(text)
    outline.read()
    return outline.places


def key_lines(text: str, name: str) -> dict[Steps, int]:
    """The line of every key of enrich's own, from 1; *text* is the content of the file *name*."""
    base = ("tool", "enrich") if name.rpartition("/")[2] == "pyproject.toml" else ()
    return {
        path[len(base) :]: text.count("\n", 0, place.key.start) + 1
        for path, place in places(text).items()
        if path[: len(base)] == base
    }


_BLANK = pattern(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = pattern(r"[ \t]*")
_STRING = pattern(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE_KEY = pattern(r"[A-Za-z0-9_-]+")
_SCALAR = pattern(r"[^,\]}#\r\n]*[^,\]}#\r\n \t]")
# A date and its time may be parted by a space, which `_SCALAR` takes as well.


class _Outline:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Steps, Place] = {}
        self._lengths: dict[Steps, int] = {}
        """Tables so far of each `[[list]]`."""

    def read(self) -> None:
        table: Steps = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _header(self) -> Steps:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        *parents, (last, span) = self._key()
        self.at += 2 if is_list else 1
        path: Steps = ()
        for key, key_span in parents:
            path = self._newest((*path, key))
            self.places.setdefault(path, Place(key_span, key_span))
        path = (*path, last)
        self.places.setdefault(path, Place(span, span))
        if is_list:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            self.places[self._newest(path)] = Place(span, span)
        return self._newest(path)

    def _newest(self, path: Steps) -> Steps:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _key(self) -> list[tuple[str, Span]]:
        keys = []
        while True:
            start = self._skip(_SPACE)
            end = self._skip(_STRING if self.text[start] in "\"'" else _BARE_KEY)
            written = self.text[start:end]
            keys.append((_unquoted(written), Span(start, end)))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _pair(self, table: Steps) -> None:
        path = table
        keys = self._key()
        self.at += 1
        for key, span in keys[:-1]:
            path = (*path, key)
            self.places.setdefault(path, Place(span, span))
        key, span = keys[-1]
        self._skip(_SPACE)
        self.places[(*path, key)] = Place(span, self._value((*path, key)))

    def _value(self, path: Steps) -> Span:
        start = self.at
        match self.text[start]:
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_SCALAR)
        return Span(start, self.at)

    def _list(self, path: Steps) -> None:
        self.at += 1
        position = 0
        while self.text[self._skip(_BLANK)] != "]":
            span = self._value((*path, position))
            self.places[(*path, position)] = Place(span, span)
            position += 1
            if self.text[self._skip(_BLANK)] == ",":
                self.at += 1
        self.at += 1

    def _inline_table(self, path: Steps) -> None:
        self.at += 1
        while self.text[self._skip(_BLANK)] != "}":
            self._pair(path)
            if self.text[self._skip(_BLANK)] == ",":
                self.at += 1
        self.at += 1


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    value: str = tomllib.loads(f"key = {key}")["key"]
    return value
