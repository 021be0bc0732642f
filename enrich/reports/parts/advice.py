"""What can be done about a finding, in one line of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Applicability
from enrich.reports.parts import wire

if TYPE_CHECKING:
    from enrich.models import Fix, Result, Value

LEFT = "left for a person; not fixed"
_LONGEST = 120
"""Code points of a value that are shown: an author list has thousands."""


def advice(result: Result) -> str:
    """`safe fix: remove the `hf` prefix`, `to review: …`, or that there is none."""
    fix = result.finding.fix
    if result.change:
        kind = "safe fix" if result.change.fix.applicability is Applicability.SAFE else "to review"
        return f"{kind}: {result.change.fix.title}"
    if fix and fix.applicability is Applicability.DISPLAY:
        return f"suggestion: {fix.title}{_target(fix)}"
    return LEFT


def _target(fix: Fix) -> str:
    return f" ({fix.after})" if isinstance(fix.after, str) and fix.after not in fix.title else ""


def value(told: Value) -> str:
    """A value of front matter as a cell shows it."""
    if told is None:
        return "(absent)"
    text = told if isinstance(told, str) else wire.dumps(wire.plain(told))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
