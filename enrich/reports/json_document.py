"""`json`: the whole run as one document, one object of a list a line. Schema: `report.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import closing, wire
from enrich.reports.parts.order import order
from enrich.reports.parts.page import put
from enrich.reports.parts.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from enrich.models import LinkUse, Outcome, PlacedLink, Run, Totals
    from enrich.reports.parts.order import Key
    from enrich.reports.parts.page import Page


class JsonDocument:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._findings: list[tuple[Key, str]] = []
        self._links: dict[str, tuple[tuple[bool, bool, str], LinkUse, list[wire.Object]]] = {}
        self._records: dict[tuple[str, str], str] = {}

    def begin(self, run: Run, found: int) -> None:  # noqa: ARG002
        self._run = run

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        # Kept as what will be written: a result drags its answers and the line of its source along.
        for result in outcome.results:
            self._findings.append((order(result), wire.dumps(wire.finding(result, self._run, self._page))))
        for placed in wire.listed(outcome):
            self._add(outcome.path, placed)
        if self._page.records:
            for record in outcome.records:
                self._records[record.scheme, record.id] = wire.dumps(wire.record(record))

    def _add(self, path: str, placed: PlacedLink) -> None:
        """Should two entries have got different answers, the freshest is told, whichever came first."""
        use = placed.use
        rank = (use.answer is None, bool(use.answer and use.answer.cached), path)
        known_rank, known, places = self._links.get(use.url, (rank, use, []))
        places.append(wire.link_place(path, placed))
        self._links[use.url] = (rank, use, places) if rank < known_rank else (known_rank, known, places)

    def end(self, totals: Totals) -> None:
        links = [wire.dumps(wire.link(use, places)) for _, (_, use, places) in sorted(self._links.items())]
        parts = {
            "version": str(wire.VERSION),
            "tool": wire.dumps(wire.tool(self._run, totals, self._page)),
            "summary": wire.dumps(wire.summary(self._run, totals, self._tally)),
            "links": _list(links),
            "findings": _list(text for _, text in sorted(self._findings)),
        }
        if self._page.records:
            parts["records"] = _list(text for _, text in sorted(self._records.items()))
        put(self._out, "{" + ",\n".join(f'"{key}":{text}' for key, text in parts.items()) + "}")
        self._out.flush()
        put(self._err, *closing.bugs(self._tally))


def _list(objects: Iterable[str]) -> str:
    body = ",\n".join(objects)
    return f"[\n{body}]" if body else "[]"
