"""A finding with the line of the source that it points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Applicability
from enrich.reports.parts.cells import cells, columns, join
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Finding, Fix, Place, Result
    from enrich.reports.parts.cells import Cell
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.style import Style

_LEAST_ROOM = 20
"""Columns of source that are shown however narrow the terminal is."""


def block(result: Result, page: Page, style: Style) -> list[str]:
    """The lines of *result*: headline, place, source with carets, evidence, fix, help."""
    finding = result.finding
    label = style.severity(finding.severity, f"{finding.severity.word}[{finding.rule}]")
    headline = f"{label} {page.name(finding.rule)}: {style('strong', printable(finding.message))}"
    notes = list(_notes(result))
    if result.place:
        gutter = " " * len(str(result.place.line))
        where = f"{printable(result.path)}:{result.place.line}:{result.place.column}"
        source = _source(result.place, page.width, style)
    elif result.path:
        gutter, where, source = " ", printable(result.path), []
    else:
        return [headline, *(text for _, text in notes)]
    return [
        headline,
        f"{gutter}{style('gutter', '-->')} {where}",
        *source,
        *(f"{gutter} {style('gutter', '=')} {label}: {text}" for label, text in notes),
    ]


def _notes(result: Result) -> Iterator[tuple[str, str]]:
    finding = result.finding
    if finding.evidence:
        yield "evidence", printable(evidence_text(finding))
    if result.change:
        kind = "safe fix" if result.change.fix.applicability is Applicability.SAFE else "unsafe fix"
        yield kind, f"{printable(result.change.fix.title)}  [change {result.change.id}]"
    elif finding.fix and finding.fix.applicability is Applicability.DISPLAY:
        yield "suggestion", printable(_suggestion(finding.fix))
    if finding.help:
        yield "help", printable(finding.help)


def evidence_text(finding: Finding) -> str:
    """What the verdict rests on, in one line: the first clause names it, the others follow a dash."""
    first, *rest = finding.evidence
    return f"{first} — {', '.join(rest)}" if rest else first


def _suggestion(fix: Fix) -> str:
    """A value that is never queued has no other place to be read, so it is shown where the title lacks it."""
    told = not isinstance(fix.after, str) or fix.after in fix.title
    return fix.title if told else f"{fix.title} ({fix.after})"


def _source(place: Place, width: int, style: Style) -> list[str]:
    number = str(place.line)
    gutter, bar = " " * len(number), style("gutter", "|")
    text, before, marked = window(place, width - len(number) - 3)
    return [
        f"{gutter} {bar}",
        f"{style('gutter', number)} {bar} {text}".rstrip(),
        f"{gutter} {bar} {' ' * before}{style('error', '^' * marked)}",
    ]


def window(place: Place, room: int) -> tuple[str, int, int]:
    """
    The part of the line around the caret that fits *room* columns: text, columns before, columns marked.

    Where the line is cut, `…` takes one column.
    """
    room = max(room, _LEAST_ROOM)
    line = place.source
    start = min(place.column - 1, len(line))
    # A code point takes up to six columns and as little as none; nothing further away can matter.
    low, high = max(0, start - room), min(len(line), start + 2 * room)
    row = cells(line[low:high])
    start, end = start - low, min(max(place.end_column - 1 - low, start - low), len(row))
    whole = low == 0 and high == len(line) and columns(row) + (start == len(row)) <= room
    first, last = (0, len(row)) if whole else _bounds(row, start, end, room - 2)
    left = "…" if first > 0 or low > 0 else ""
    right = "…" if last < len(row) or high < len(line) else ""
    before = len(left) + columns(row[first:start])
    return left + join(row[first:last]) + right, before, max(1, columns(row[start : min(end, last)]))


def _bounds(row: list[Cell], start: int, end: int, room: int) -> tuple[int, int]:
    """Grow from the caret: to its end, then left for two thirds of what is left, right, and left again."""
    last = _grow(row, start, end, room)
    room -= max(1, columns(row[start:last]))
    first = _shrink(row, start, room * 2 // 3)
    room -= columns(row[first:start])
    end = _grow(row, last, len(row), room)
    room -= columns(row[last:end])
    first = _shrink(row, first, room)
    while first < start and row[first][1] == 0:  # a combining mark would sit on the `…`
        first += 1
    return first, end


def _grow(row: list[Cell], position: int, end: int, room: int) -> int:
    while position < end and row[position][1] <= room:
        room -= row[position][1]
        position += 1
    return position


def _shrink(row: list[Cell], position: int, room: int) -> int:
    while position > 0 and row[position - 1][1] <= room:
        room -= row[position - 1][1]
        position -= 1
    return position
