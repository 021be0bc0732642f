"""
Values of front matter as JSON, and back without loss.

JSON has no dates, no tuples and no ordered mappings; what it lacks is an
object with one key that says which: `{"date": "2024-10-25"}`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, assert_never

from enrich.models import Map

if TYPE_CHECKING:
    from enrich.models import Value


def to_json(value: Value) -> object:
    """*value* as `json.dumps` takes it."""
    match value:
        case float() if not math.isfinite(value):
            return {"float": str(value)}
        case None | str() | int() | float():
            return value
        case dt.date():
            return {"date": value.isoformat()}
        case tuple():
            return [to_json(item) for item in value]
        case Map(pairs):
            return {"map": [[key, to_json(item)] for key, item in pairs]}
        case _:
            assert_never(value)


def from_json(data: object) -> Value:
    """The value that `to_json` made *data* of; raises ValueError where it made nothing like it."""
    match data:
        case None | str() | bool() | int() | float():
            return data
        case list():
            return tuple(from_json(item) for item in data)
        case {"date": str(text), **rest} if not rest:
            return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
        case {"map": list(pairs), **rest} if not rest:
            return Map(tuple(_pair(pair) for pair in pairs))
        case {"float": "nan" | "inf" | "-inf" as text, **rest} if not rest:
            return float(text)
        case _:
            raise ValueError(f"not a value of front matter: {json.dumps(data)[:80]}")


def _pair(data: object) -> tuple[str, Value]:
    match data:
        case [str(key), item]:
            return key, from_json(item)
        case _:
            raise ValueError(f"not a key and its value: {json.dumps(data)[:80]}")


def canonical_json(data: object) -> str:
    """One ASCII text for each *data* that JSON holds, the same on every machine."""
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
