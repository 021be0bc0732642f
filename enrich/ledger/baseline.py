"""
Findings that a catalogue has lived with, in a file that is committed: `check` counts them apart.

One sorted line a finding, so that git merges by keeping both sides, and a line that
is no longer needed hurts nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.ledger.lines import read_lines, text_of, write_lines
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enrich.ledger.folder import StateFolder

_CURE = "mend the line, or delete it, which reports its finding again"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding that is not new."""

    path: str
    rule: str
    target: str
    """The address, where it is about one; else empty."""
    fingerprint: str
    """See `naming.fingerprint`: moved lines and reordered links change nothing."""


def read_baseline(state: StateFolder) -> frozenset[Known]:
    """Nothing where there is none. Raises StateError where it can't be read."""
    return frozenset(read_lines(state.baseline, _known, _CURE))


def write_baseline(state: StateFolder, known: Iterable[Known]) -> None:
    """Make *known* the baseline. Raises StateError where it can't be written."""
    state.prepare()
    write_lines(state.baseline, map(_line, sorted(set(known))))


def _known(data: Mapping[str, object]) -> Known:
    return Known(
        path=text_of(data, "path"),
        rule=text_of(data, "rule"),
        target=text_of(data, "target"),
        fingerprint=text_of(data, "fingerprint"),
    )


def _line(known: Known) -> dict[str, object]:
    return {
        "fingerprint": known.fingerprint,
        "rule": known.rule,
        "path": known.path,
        "target": known.target,
    }
