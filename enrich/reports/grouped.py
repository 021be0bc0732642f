"""`grouped`: findings below the file that they are in."""

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
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.reports.parts.page import Page


class Grouped:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._style = Style(page.colour)
        self._tally = Tally()
        self._files: dict[str, list[str]] = {}

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        results = sorted(listed(outcome.results, self._page.show), key=order)
        for path in dict.fromkeys(result.path for result in results):
            rows = _rows([result for result in results if result.path == path], self._style)
            self._files.setdefault(path, []).extend(rows)

    def end(self, totals: Totals) -> None:
        for path, rows in sorted(self._files.items()):
            put(self._out, f"{self._style('strong', printable(path or 'enrich'))}:", *rows, "")
        self._out.flush()
        put(self._err, *closing.Closing(self._run, totals, self._tally, self._page, lists=True).lines())
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))


def _rows(results: list[Result], style: Style) -> Iterator[str]:
    places = [_place(result) for result in results]
    width = max(map(len, places), default=0)
    for result, place in zip(results, places, strict=True):
        finding = result.finding
        letter = style.severity(finding.severity, finding.severity.name[0])
        words: Iterable[str] = (letter, finding.rule, mark(result), printable(finding.message))
        yield f"  {style('gutter', f'{place:>{width}}')}  {' '.join(filter(None, words))}"


def _place(result: Result) -> str:
    return f"{result.place.line}:{result.place.column}" if result.place else "–"
