"""`summary`: the table of a run and what came of it; no finding is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import closing
from enrich.reports.parts.page import put
from enrich.reports.parts.style import Style
from enrich.reports.parts.table import by_rule
from enrich.reports.parts.tally import Tally

if TYPE_CHECKING:
    from typing import TextIO

    from enrich.models import Outcome, Run, Totals
    from enrich.reports.parts.page import Page


class Summary:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found
        if not self._page.quiet:
            put(self._err, closing.opening(run, found))

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)

    def end(self, totals: Totals) -> None:
        table = by_rule(self._run, self._tally, self._page, Style(self._page.colour))
        put(self._out, *table, *[""] * bool(table))
        put(self._out, *closing.Closing(self._run, totals, self._tally, self._page, lists=False).lines())
        self._out.flush()
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))
