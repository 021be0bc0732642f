"""
What a rule is, and what it may look at besides the entry.

A rule's module docstring is its page of the manual, in the order *What · Why ·
Example · Applicability · Source*.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from enrich.catalogues.customs import NO_CUSTOMS
from enrich.models import Applicability
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from enrich.catalogues.customs import AnyCustoms
    from enrich.catalogues.shape import Shape
    from enrich.config import Config, Ignore
    from enrich.evidence import Evidence
    from enrich.models import Entry, Finding, Fix, Severity


@dataclass(frozen=True, slots=True)
class Context:
    """What all entries of a run share; a rule reads no clock and no configuration of its own."""

    config: Config
    shape: Shape
    today: dt.date
    """UTC. No identifier is newer than this."""
    selected: frozenset[str]
    """Codes of the rules that run."""
    severities: tuple[tuple[str, Severity], ...]
    """By code, for every rule."""
    promoted: frozenset[str] = frozenset()
    """Rules whose unsafe fixes are safe here (`rules.safe-fixes`)."""
    demoted: frozenset[str] = frozenset()
    """Rules whose safe fixes wait for a person here (`rules.unsafe-fixes`)."""
    per_entry_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    """Glob over paths, and the rules that are silent there."""
    ignores: tuple[tuple[frozenset[str], Ignore], ...] = ()
    """Rules, and the condition under which a finding of theirs is suppressed."""
    customs: AnyCustoms = NO_CUSTOMS
    """What the catalogue's entries have in common."""
    rejected: frozenset[str] = field(default=frozenset(), repr=False)
    """Keys of changes that a person has refused, see `naming.rejection_key`; of some the name alone."""

    def severity(self, code: str) -> Severity:
        return dict(self.severities)[code]

    def applicability(self, code: str, fix: Fix) -> Applicability:
        if fix.applicability is Applicability.SAFE and code in self.demoted:
            return Applicability.UNSAFE
        if fix.applicability is Applicability.UNSAFE and code in self.promoted:
            return Applicability.SAFE
        return fix.applicability


Check: TypeAlias = "Callable[[Entry, Evidence, Context], Iterable[Finding]]"


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    name: str
    """What is wrong, reading well after "allow": `malformed-arxiv-id`."""
    severity: Severity
    check: Check | None
    """None for what isn't decided by an entry: unreadable files (FMT), a run (IDN230, RUN604, RUN605)."""
    page: str
    """The rule's page of the manual."""
    on_by_default: bool = True
