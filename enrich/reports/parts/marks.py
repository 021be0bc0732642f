"""`[*]` has a safe fix, `[~]` one to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Applicability

if TYPE_CHECKING:
    from enrich.models import Result


def mark(result: Result) -> str:
    if result.change is None:
        return ""
    return "[*]" if result.change.fix.applicability is Applicability.SAFE else "[~]"
