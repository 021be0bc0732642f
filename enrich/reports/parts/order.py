"""Which findings a text lists, and in which order everything stands, so that equal runs give equal files."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.models import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.models import Result, Severity

Key: TypeAlias = "tuple[str, int, int, str, str, str]"


def order(result: Result) -> Key:
    """By path, line, column, rule; what has no place in its file comes first."""
    line, column = (result.place.line, result.place.column) if result.place else (0, 0)
    finding = result.finding
    return (result.path, line, column, finding.rule, finding.field, finding.message)


def listed(results: Iterable[Result], show: Severity) -> Iterator[Result]:
    """What a text names one by one: findings that stand or were just repaired, from *show* upwards."""
    for result in results:
        if result.state in {State.OPEN, State.FIXED} and result.finding.severity >= show:
            yield result
