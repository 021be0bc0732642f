"""
Which versions of enrich a catalogue asks for.

A small part of PEP 440: comparisons of release numbers. A pre-release counts as
its release, so `1.4.0rc1` serves a catalogue that asks for `>=1.4`.

Source: https://packaging.python.org/en/latest/specifications/version-specifiers/
"""

from __future__ import annotations

import re

_NUMBER = r"\d{1,9}(?:\.\d{1,9})*"
_CLAUSE = rf"(?:>=|<=|==|!=|>|<) *{_NUMBER}|~= *\d{{1,9}}(?:\.\d{{1,9}})+"
PATTERN = rf"^(?:(?:{_CLAUSE})(?: *, *(?:{_CLAUSE}))*)?$"


def unmet(asked: str, version: str) -> str | None:
    """
    Why *version* isn't one of the versions *asked* for, or None where it is.

    >>> unmet(">=1.4", "1.2.0")
    'this catalogue asks for enrich 1.4 or later, this is 1.2.0'
    """
    clauses = [
        (operator.strip(), number) for operator, number in re.findall(rf"([><=!~]=|[><]) *({_NUMBER})", asked)
    ]
    running = re.match(_NUMBER, version)
    if running is None or all(_holds(_release(running[0]), operator, number) for operator, number in clauses):
        return None
    wanted = f"{clauses[0][1]} or later" if [operator for operator, _ in clauses] == [">="] else asked
    return f"this catalogue asks for enrich {wanted}, this is {version}"


def _holds(running: tuple[int, ...], operator: str, number: str) -> bool:
    release = _release(number)
    match operator:
        case ">=":
            return running >= release
        case "<=":
            return running <= release
        case "==":
            return running == release
        case "!=":
            return running != release
        case ">":
            return running > release
        case "<":
            return running < release
    # `~=1.4.2`: 1.4.2 or later, but still 1.4.
    kept = number.count(".")
    series = tuple(int(part) for part in number.split("."))[:kept]
    return running >= release and (running + (0,) * kept)[:kept] == series


def _release(number: str) -> tuple[int, ...]:
    """Without final zeros: `1.4.0` is `1.4`."""
    parts = [int(part) for part in number.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
