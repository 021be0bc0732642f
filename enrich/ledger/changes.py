"""
A change as JSON, and back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.ledger.lines import text_of, texts_of
from enrich.models import Applicability, Change, Fix
from enrich.naming import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.models import Path


def change_to_json(change: Change) -> dict[str, object]:
    fix = change.fix
    data = {
        "id": change.id,
        "rule": change.rule,
        "path": change.path,
        "field": list(fix.path),
        "before": to_json(fix.before),
        "after": to_json(fix.after),
        "safety": fix.applicability.word,
        "source": fix.source,
        "confidence": fix.confidence,
        "title": fix.title,
        "anchor": list(fix.anchor),
    }
    return data | ({"together": fix.together} if fix.together else {})


def change_from_json(data: Mapping[str, object]) -> Change:
    """Raises KeyError, TypeError or ValueError where *data* isn't a change."""
    return Change(
        id=text_of(data, "id"),
        path=text_of(data, "path"),
        rule=text_of(data, "rule"),
        fix=Fix(
            title=text_of(data, "title"),
            path=_steps(data["field"]),
            before=from_json(data["before"]),
            after=from_json(data["after"]),
            applicability=_applicability(text_of(data, "safety")),
            source=text_of(data, "source"),
            confidence=_number(data["confidence"]),
            anchor=texts_of(data, "anchor"),
            together=_whole(data.get("together", 0)),
        ),
    )


def _steps(data: object) -> Path:
    if not isinstance(data, list) or not all(isinstance(step, str | int) for step in data):
        raise TypeError("`field` is no list of keys and positions")
    return tuple(data)


def _applicability(word: str) -> Applicability:
    for level in Applicability:
        if level.word == word:
            return level
    raise ValueError(f"`safety` is {word}")


def _whole(data: object) -> int:
    if type(data) is not int:
        raise TypeError("`together` is no number")
    return data


def _number(data: object) -> float:
    if not isinstance(data, int | float):
        raise TypeError("`confidence` is no number")
    return float(data)
