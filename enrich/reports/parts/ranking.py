"""Which findings come first where a platform doesn't take them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.models import State
from enrich.reports.parts.order import order
from enrich.reports.parts.tally import is_about_the_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.models import Result, Severity
    from enrich.reports.parts.order import Key

Rank: TypeAlias = "tuple[int, Key]"


def rank(result: Result) -> Rank:
    """The worst first, equal ones in the order of the files."""
    return -result.finding.severity, order(result)


def standing(results: Iterable[Result], show: Severity) -> Iterator[Result]:
    """Findings about entries that somebody may want to act on, from *show* upwards."""
    for result in results:
        finding = result.finding
        if result.state is State.OPEN and finding.severity >= show and not is_about_the_run(finding.rule):
            yield result
