"""
From a plan to what is reported of it, free of the document: memory holds results, not texts.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.models import Finding, Outcome, Place, PlacedLink, Result, State
from enrich.naming import fingerprint
from enrich.text import Lines, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.models import Change, Plan


def outcome_of(plan: Plan, *, wrote: bool, records: bool = False) -> Outcome:
    """What came of *plan*; *wrote* says whether its text stands in the file (or would, in a dry run)."""
    lines = Lines(plan.document.text)
    written = plan.written if wrote else ()
    states = {change.id for change in written}
    changed, added = _line_counts(plan.document.text, plan.text) if wrote else (0, 0)
    return Outcome(
        path=plan.document.path,
        results=tuple(_result(finding, plan, lines, states) for finding in plan.findings),
        links=tuple(PlacedLink(use, place_of(use.link.span, lines)) for use in plan.links),
        written=written,
        pending=tuple(change for change in plan.changes if change.id not in states),
        lines_changed=changed,
        lines_added=added,
        records=plan.records if records else (),
        taken_back=plan.taken_back,
        is_entry=plan.is_entry,
    )


def place_of(span: Span, lines: Lines) -> Place:
    """Where *span* begins; one that goes over several lines ends, for a reader, with its first."""
    line, column = lines.place(span.start)
    source = lines.line(line)
    end = min(column + span.end - span.start, len(source) + 1)
    return Place(line, column, max(end, column), source)


def _result(finding: Finding, plan: Plan, lines: Lines, written: set[str]) -> Result:
    change = _change_of(finding, plan.changes)
    return Result(
        path=plan.document.path,
        finding=finding,
        place=place_of(finding.span, lines) if finding.span else None,
        state=_state(finding, change, written),
        fingerprint=fingerprint(finding.rule, plan.document.path, finding.field, finding.url),
        change=change,
    )


def _state(finding: Finding, change: Change | None, written: set[str]) -> State:
    if finding.suppressed:
        return State.SUPPRESSED
    return State.FIXED if change and change.id in written else State.OPEN


def _change_of(finding: Finding, changes: Iterable[Change]) -> Change | None:
    fix = finding.fix
    if fix is None:
        return None
    return next(
        (change for change in changes if (change.fix.path, change.fix.after) == (fix.path, fix.after)), None
    )


def _line_counts(before: str, after: str) -> tuple[int, int]:
    """Lines of the file that were changed, and lines that were added to it."""
    changed = added = 0
    matcher = SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            kept = min(end - start, new_end - new_start)
            changed += kept
            added += new_end - new_start - kept
    return changed, added
