"""
What a person decided about changes, in a file that is committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.ledger.lines import read_lines, text_of
from enrich.naming import decided_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.ledger.folder import StateFolder


def read_rejected(state: StateFolder) -> frozenset[str]:
    """
    The keys of changes that a person doesn't want: see `naming.rejection_key`.

    Of two lines about one change the rejection counts, for git merges by
    keeping the lines of both sides in any order. Raises StateError where the
    file can't be read.
    """
    cure = "mend the line, or delete it, which revives its change"
    return frozenset(key for key in read_lines(state.decisions, _rejected, cure) if key)


def _rejected(data: Mapping[str, object]) -> str | None:
    """The key of a rejection; None for any other decision."""
    key = decided_key(text_of(data, "path"), text_of(data, "field"), data["after"])
    return key if text_of(data, "verdict") == "rejected" else None
