"""Values of front matter for people: on one line, and of two long ones what tells them apart."""

from __future__ import annotations

import datetime as dt
import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.models import Map
from enrich.text import printable

if TYPE_CHECKING:
    from enrich.models import Value

ABSENT = "(absent)"
LONG = 240
"""Characters beyond which only what differs is shown, with a few words around it."""
_WORDS_AROUND = 3


def shown(value: Value) -> str:
    """
    *value* on one line, printable.

    >>> shown(("cs.CL", "cs.AI")), shown(None)
    ('cs.CL; cs.AI', '(absent)')
    """
    match value:
        case None:
            return ABSENT
        case str():
            return printable(value)
        case bool():
            return str(value).lower()
        case dt.date():
            return value.isoformat()
        case tuple():
            return "; ".join(shown(item) for item in value)
        case Map(pairs):
            return printable(json.dumps({key: shown(item) for key, item in pairs}, ensure_ascii=False))
        case _:
            return str(value)


def apart(before: str, after: str) -> tuple[str, str]:
    """
    Both as they are; of long ones with words in common, `…` for all that is far from a difference.

    >>> apart("a " * 200 + "Openai", "a " * 200 + "OpenAI")
    ('… a a a Openai', '… a a a OpenAI')
    """
    if max(len(before), len(after)) <= LONG:
        return before, after
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept_old, kept_new = [False] * len(old), [False] * len(new)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            _keep(kept_old, start, end)
            _keep(kept_new, new_start, new_end)
    return _elided(old, kept_old), _elided(new, kept_new)


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def _keep(kept: list[bool], start: int, end: int) -> None:
    for number in range(max(0, start - _WORDS_AROUND), min(len(kept), end + _WORDS_AROUND)):
        kept[number] = True


def _elided(words: list[str], kept: list[bool]) -> str:
    parts: list[str] = []
    for word, keep in zip(words, kept, strict=True):
        if keep:
            parts.append(word)
        elif not parts or parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)
