"""
JSON lines on disk: one object a line, read with patience and written as a whole.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from enrich.errors import StateError
from enrich.files import replace_file
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")

VERSION = 1
"""Of the files that begin with a line of their own, `{"v": 1}`."""


def read_lines(
    file: Path, make: Callable[[Mapping[str, object]], T], cure: str, *, may_be_cut: bool = False
) -> list[T]:
    """As `each_line`, of what *make* makes of the object in each line."""
    return list(each_line(file, lambda line: make(object_of(line)), cure, may_be_cut=may_be_cut))


def each_line(file: Path, make: Callable[[bytes], T], cure: str, *, may_be_cut: bool = False) -> Iterator[T]:
    """
    What *make* makes of every line, without its end; nothing where there is no file.

    A last line without its end is left out where the file *may_be_cut*. Empty
    lines count as none, for merging leaves them. Raises StateError with the
    line's number and *cure* where *make* raises KeyError, TypeError or ValueError.
    """
    for number, line in enumerate(_lines(file), 1):
        if not line.strip() or (may_be_cut and not line.endswith(b"\n")):
            continue
        try:
            made = make(line.removesuffix(b"\n"))
        except KeyError as error:
            raise _broken(file, number, f"`{error.args[0]}` is missing", cure) from error
        except (TypeError, ValueError, RecursionError) as error:
            raise _broken(file, number, str(error), cure) from error
        yield made


def _lines(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            yield from opened
    except FileNotFoundError:
        return
    except OSError as error:
        raise StateError(f"{file}: {error.strerror}") from error


def object_of(line: bytes) -> Mapping[str, object]:
    """Raises ValueError or TypeError where *line* is no JSON object."""
    try:
        data = json.loads(line.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON from column {error.colno} on") from error
    if not isinstance(data, dict):
        raise TypeError("not a JSON object")
    return data


def _broken(file: Path, number: int, what: str, cure: str) -> StateError:
    return StateError(f"{file}:{number}: {printable(what)}; {cure}")


def write_lines(file: Path, lines: Iterable[Mapping[str, object]]) -> None:
    """Make *lines* the content of *file*; raises StateError where that can't be."""
    _replace(file, map(line_of, lines))


def write_raw(file: Path, lines: Iterable[bytes]) -> None:
    """As `write_lines`, of lines that are written already, but for their ends."""
    _replace(file, (line + b"\n" for line in lines))


def _replace(file: Path, lines: Iterable[bytes]) -> None:
    try:
        replace_file(file, lines)
    except OSError as error:
        raise StateError(f"{file}: {error.strerror}") from error


def line_of(data: Mapping[str, object]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # Bytes that aren't UTF-8 are lone surrogates in our texts; as escapes they survive.
        return json.dumps(data, separators=(",", ":")).encode("ascii") + b"\n"


def text_of(data: Mapping[str, object], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise TypeError(f"`{key}` is no text")
    return value


def texts_of(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"`{key}` is no list of texts")
    return tuple(value)


def objects_of(data: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TypeError(f"`{key}` is no list of objects")
    return tuple(value)


def check_version(data: Mapping[str, object]) -> None:
    """Raises ValueError where the file that begins with *data* is of a newer enrich."""
    version = data["v"]
    if not isinstance(version, int) or version > VERSION:
        raise ValueError(f"version {version} is not known to this enrich")
