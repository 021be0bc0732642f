"""
`github`: findings as annotations of a GitHub Actions run.

GitHub shows ten errors and ten warnings of a step and drops the others silently,
so the worst are told, at most ten of a kind, and the tenth says how many are missing.

Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands,
https://github.com/actions/toolkit/issues/734
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Severity
from enrich.reports.parts import closing
from enrich.reports.parts.advice import advice
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import rank, standing
from enrich.reports.parts.tally import Tally
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.ranking import Rank

MOST = 10
"""Annotations of one kind that a step may show."""
_KINDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.NOTICE: "notice",
}


class Github:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._worst: dict[str, list[tuple[Rank, str]]] = {}
        self._found: dict[str, int] = {}

    def begin(self, run: Run, found: int) -> None:
        self._run, self._entries = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for result in standing(outcome.results, self._page.show):
            self._keep(_KINDS[result.finding.severity], result)

    def _keep(self, kind: str, result: Result) -> None:
        worst = self._worst.setdefault(kind, [])
        self._found[kind] = self._found.get(kind, 0) + 1
        worst.append((rank(result), annotation(kind, result, self._page)))
        if len(worst) > MOST:
            worst.sort()
            worst.pop()

    def end(self, totals: Totals) -> None:
        for kind in dict.fromkeys(_KINDS.values()):
            told = [text for _, text in sorted(self._worst.get(kind, []))]
            put(self._out, *_capped(kind, told, self._found.get(kind, 0)))
        self._out.flush()
        put(self._err, *closing.Closing(self._run, totals, self._tally, self._page, lists=True).lines())
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._entries))


def annotation(kind: str, result: Result, page: Page) -> str:
    """A workflow command; everything that a person or the network wrote is escaped in it."""
    finding = result.finding
    properties = {"file": page.in_repository(result.path)} if result.path else {}
    if result.place:
        properties |= {"line": str(result.place.line), "col": str(result.place.column)}
        if result.place.end_column > result.place.column:
            properties["endColumn"] = str(result.place.end_column)
    properties["title"] = f"{finding.rule} {page.name(finding.rule)}"
    told = [finding.message, advice(result), *_more(result)]
    return _command(kind, properties, told)


def _more(result: Result) -> Iterator[str]:
    yield from (f"• {clause}" for clause in result.finding.evidence)
    if result.finding.help:
        yield result.finding.help


def _capped(kind: str, told: list[str], found: int) -> Iterable[str]:
    if found <= MOST:
        return told
    hidden = found - MOST + 1
    noun = {"notice": "note"}.get(kind, kind)
    last = f"{counted(hidden, f'more {noun}')}; the summary and the log of this step have them all"
    return [*told[: MOST - 1], _command(kind, {"title": "enrich"}, [last])]


def _command(kind: str, properties: dict[str, str], lines: Iterable[str]) -> str:
    written = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
    return f"::{kind} {written}::{'%0A'.join(_message(line) for line in lines)}"


def _message(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
