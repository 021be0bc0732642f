"""`enrich diff --output-format json`: each change of a file with the place where its field stands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enrich.cli.catalogue import open_catalogue
from enrich.frontmatter import FrontMatter, parse
from enrich.models import Document, Place, Run, Totals
from enrich.outcomes import place_of
from enrich.planning import context_for
from enrich.proposing import where_it_goes
from enrich.reports.queue import Placed, write_queue
from enrich.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from enrich.cli.pending import Changed
    from enrich.ledger import Pending
    from enrich.reports import Page
    from enrich.setting import Setting


def write_json(
    files: Sequence[Changed],
    setting: Setting,
    page: Page,
    out: TextIO,
    err: TextIO,
    *,
    written: bool,
    exit_code: int,
) -> None:
    """*written*: the changes stand in the files; their places are those of what stands there now."""
    catalogue = open_catalogue(setting, ())
    context = context_for(setting.config, catalogue.shape, setting.started_at.date())
    run = Run(
        "diff",
        catalogue.shape.name,
        setting.config_name,
        setting.started_at,
        offline=True,
        detected=catalogue.detected is not None,
    )
    seconds = (dt.datetime.now(dt.UTC) - setting.started_at).total_seconds()
    totals = Totals(complete=True, exit_code=exit_code, entries=len(files), seconds=seconds, requests=())
    placed = (
        Placed(item, place, context.severity(item.change.rule))
        for file in files
        for item, place in _places(file, written=written)
    )
    write_queue(placed, run, totals, page, out, err, written=written)


def _places(file: Changed, *, written: bool) -> Iterator[tuple[Pending, Place | None]]:
    document = Document(file.before.path, file.after, "") if written else file.before
    parsed = parse(document)
    lines = Lines(document.text)
    for item in file.items:
        yield item, _place(item, parsed, lines) if isinstance(parsed, FrontMatter) else None


def _place(item: Pending, parsed: FrontMatter, lines: Lines) -> Place:
    """For an absent field the start of the line before which it goes."""
    node = parsed.get(item.change.fix.path)
    return place_of(node.span if node else where_it_goes(item.change.fix.anchor, parsed), lines)
