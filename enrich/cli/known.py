"""What a catalogue has lived with, told apart from what is new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.models import LinkStatus, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.ledger import Known
    from enrich.models import Outcome, Result


class Baseline:
    """The findings that are known, and which of them were met again."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = {one.fingerprint: one for one in known}
        self._met: set[str] = set()
        self._looked_at: set[str] = set()
        self._unverified: set[str] = set()

    def applied(self, outcome: Outcome) -> Outcome:
        """*outcome* with what is known told as such."""
        if not self._known:
            return outcome
        self._looked_at.add(outcome.path)
        self._unverified |= unverified(outcome)
        return replace(outcome, results=tuple(map(self._told, outcome.results)))

    def _told(self, result: Result) -> Result:
        if result.state is not State.OPEN or result.fingerprint not in self._known:
            return result
        self._met.add(result.fingerprint)
        return replace(result, state=State.BASELINED)

    def unneeded(self, selected: frozenset[str]) -> tuple[Known, ...]:
        """What was looked for in these entries, by rules that ran, and not met; not what nobody could see."""
        return tuple(
            one
            for name, one in self._known.items()
            if name not in self._met
            and one.path in self._looked_at
            and one.rule in selected
            and one.target not in self._unverified
        )


def unverified(outcome: Outcome) -> set[str]:
    """Addresses of which nothing could be found out, as they are written and as they are asked."""
    return {
        address
        for placed in outcome.links
        if placed.use.check.status is LinkStatus.UNVERIFIED
        for address in (placed.use.url, placed.use.link.url)
    }
