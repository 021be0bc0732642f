"""
All that an entry's outcome depends on besides its own text and the answers, as one digest.

The program and what it is built on, the configuration, the catalogue's customs, what a
person has decided, the day. What is not understood has no digest, and nothing is then
remembered.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import enrich
from enrich.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator


def digest_of_all(*parts: object) -> str:
    """
    Of words, tuples, sets and mappings of them, and of what JSON knows; sets have no order.

    Raises TypeError for anything else.
    """
    return sha256(_text(parts).encode("ascii")).hexdigest()


def _text(value: object) -> str:
    return json.dumps(_plain(value), separators=(",", ":"))


def _plain(value: object) -> object:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Enum):
        return {type(value).__name__: value.name}
    if isinstance(value, dt.date | dt.datetime):
        return {type(value).__name__: value.isoformat()}
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, field.name)) for field in fields(value)]}
    if isinstance(value, Mapping):
        return {"mapping": sorted(_text(item) for item in value.items())}
    if isinstance(value, frozenset | set):
        return {"set": sorted(map(_text, value))}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no digest")


@cache
def program() -> str:
    """
    Which program this is, with everything that is installed beside it.

    By the time and the size of its files, by which Python itself tells whether what it
    has compiled is still what stands there.
    """
    package = Path(enrich.__file__).parent
    return digest_of_all(
        VERSION, sys.version, os.fspath(package), sorted(_files(package)), sorted(_distributions())
    )


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as found:
        for file in found:
            if file.is_dir():
                yield from _files(Path(file.path))
            elif file.name.endswith(".py"):
                status = file.stat()
                yield file.path, status.st_size, status.st_mtime_ns


def _distributions() -> Iterator[str]:
    """The names and versions of what is installed, as its folders are called."""
    for place in sys.path:
        folder = Path(place)
        if folder.is_dir():
            yield from (one.name for one in folder.iterdir() if one.suffix in (".dist-info", ".egg-info"))
