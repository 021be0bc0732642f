"""
`concise`: one line per finding, `path:line:column: E RULE [*] message`, for editors, hooks and `grep`.

`[*]` has a safe fix, `[~]` one to review. What is said about the run goes to the
other stream, so that this one holds findings alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import closing
from enrich.reports.parts.marks import mark
from enrich.reports.parts.order import listed, order
from enrich.reports.parts.page import put
from enrich.reports.parts.style import Style
from enrich.reports.parts.tally import Tally
from enrich.text import printable

if TYPE_CHECKING:
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.reports.parts.order import Key
    from enrich.reports.parts.page import Page


class Concise:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._style = Style(page.colour)
        self._tally = Tally()
        self._lines: list[tuple[Key, str]] = []

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for result in listed(outcome.results, self._page.show):
            self._lines.append((order(result), line(result, self._style)))

    def end(self, totals: Totals) -> None:
        put(self._out, *(text for _, text in sorted(self._lines)))
        self._out.flush()
        put(self._err, *closing.Closing(self._run, totals, self._tally, self._page, lists=True).lines())
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))


def line(result: Result, style: Style) -> str:
    finding = result.finding
    where = printable(result.path or "enrich")
    if result.place:
        where += f":{result.place.line}:{result.place.column}"
    letter = style.severity(finding.severity, finding.severity.name[0])
    words = [f"{style('strong', where)}:", letter, finding.rule, mark(result), printable(finding.message)]
    return " ".join(filter(None, words))
