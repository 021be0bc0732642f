"""`enrich diff --output-format json`: what waits, as a run would report it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Finding, Outcome, Result, State
from enrich.naming import fingerprint
from enrich.reports.json_document import JsonDocument
from enrich.reports.saved import answer_known_by_name
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.models import Place, Run, Severity, Totals
    from enrich.reports.parts.page import Page


@dataclass(frozen=True, slots=True)
class Placed:
    """A change of the queue, and where its field stands now."""

    item: Pending
    place: Place | None
    severity: Severity


def write_queue(
    changes: Iterable[Placed],
    run: Run,
    totals: Totals,
    page: Page,
    out: TextIO,
    err: TextIO,
    *,
    written: bool,
) -> None:
    """*written*: they stand in the files already."""
    report = JsonDocument(page, out, err)
    report.begin(run, totals.entries)
    for placed in changes:
        report.entry(_outcome(placed, written=written))
    report.end(totals)


def _outcome(placed: Placed, *, written: bool) -> Outcome:
    item, change = placed.item, placed.item.change
    finding = Finding(
        change.rule,
        item.message,
        None,
        field=change.fix.field,
        url=item.url,
        because=tuple(
            answer_known_by_name(each.source, each.query, each.retrieved_at, cached=True)
            for each in item.because
        ),
        evidence=item.evidence,
        fix=change.fix,
        severity=placed.severity,
    )
    state = State.FIXED if written else State.OPEN
    name = fingerprint(change.rule, change.path, change.fix.field, item.url)
    result = Result(change.path, finding, placed.place, state, name, change)
    own = (change,)
    return Outcome(change.path, (result,), written=own if written else (), pending=() if written else own)
