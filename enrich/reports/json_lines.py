"""
`json-lines`: the objects of `json`, one a line, as entries finish.

Schema: `report.schema.json`, `#/$defs/line`.

Nothing is held but counts and the addresses that were seen, and each entry is
flushed, so a run that dies leaves what it knew. The price: lines come in the
order in which entries finish, sorted only inside an entry, and a link that
several entries share comes once with each, `entries` naming that one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import closing, wire
from enrich.reports.parts.order import order
from enrich.reports.parts.page import put
from enrich.reports.parts.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from enrich.models import LinkUse, Outcome, Run, Totals
    from enrich.reports.parts.page import Page


class JsonLines:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()

    def begin(self, run: Run, found: int) -> None:  # noqa: ARG002
        self._run = run
        self._put("tool", wire.tool(run, None, self._page))

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for use, places in _links(outcome):
            self._put("link", wire.link(use, places))
        for result in sorted(outcome.results, key=order):
            self._put("finding", wire.finding(result, self._run, self._page))
        if self._page.records:
            for record in sorted(outcome.records, key=lambda record: (record.scheme, record.id)):
                self._put("record", wire.record(record))
        self._out.flush()

    def end(self, totals: Totals) -> None:
        over = {"complete": totals.complete, "exit_code": totals.exit_code}
        self._put("summary", {**wire.summary(self._run, totals, self._tally), **over})
        self._out.flush()
        put(self._err, *closing.bugs(self._tally))

    def _put(self, kind: str, value: wire.Object) -> None:
        put(self._out, wire.dumps({"type": kind, **value}))


def _links(outcome: Outcome) -> Iterator[tuple[LinkUse, list[wire.Object]]]:
    """The entry's distinct addresses, sorted, with their places in it."""
    uses: dict[str, tuple[LinkUse, list[wire.Object]]] = {}
    for placed in wire.listed(outcome):
        _, places = uses.setdefault(placed.use.url, (placed.use, []))
        places.append(wire.link_place(outcome.path, placed))
    return (use for _, use in sorted(uses.items()))
