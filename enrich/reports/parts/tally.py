"""Counting a run while its outcomes go by; nothing of an outcome is kept but numbers and addresses."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING

from enrich.models import Applicability, LinkStatus, Severity, State
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.models import Change, LinkUse, Outcome, Reason, Result

SUSPECT = "RUN603"
UNCHECKED = "RUN605"
UNAVAILABLE = "RUN604"


def is_about_the_run(rule: str) -> bool:
    """An address or a source that could not be asked: no change to an entry would help."""
    return rule.startswith("RUN")


@dataclass(slots=True)
class RuleTally:
    found: int = 0
    """Findings that stand, of any severity."""
    written: int = 0
    safe: int = 0
    """Proposed, not written."""
    to_review: int = 0


@dataclass(slots=True)
class Tally:
    rules: dict[str, RuleTally] = field(default_factory=dict)
    open: Counter[Severity] = field(default_factory=Counter)
    fixed: Counter[Severity] = field(default_factory=Counter)
    """Findings whose change was written, or would be in a dry run."""
    baselined: int = 0
    suppressed: int = 0
    for_a_person: Counter[str] = field(default_factory=Counter)
    """Findings about entries that stand and have no change, by rule."""
    mildest: Severity = Severity.ERROR
    """The lowest severity among those."""
    taken_back: int = 0
    """Changes of earlier runs that a person did not want."""
    new_links: int = 0
    """That entries did not have at the base of a comparison."""
    unchecked: list[str] = field(default_factory=list)
    """Why nothing was checked, where that is so."""
    suspects: set[str] = field(default_factory=set)
    unavailable: set[str] = field(default_factory=set)
    """What the findings about metadata sources say."""
    files: list[str] = field(default_factory=list)
    """Files with a written change."""
    lines_changed: int = 0
    lines_added: int = 0
    links: set[str] = field(default_factory=set)
    unverified: dict[str, tuple[Reason, bool]] = field(default_factory=dict)
    """By address; the flag tells whether the answer came from the cache."""
    bugs: list[tuple[str, str]] = field(default_factory=list)
    """Path and error of entries that were skipped."""

    @property
    def written(self) -> int:
        return sum(rule.written for rule in self.rules.values())

    @property
    def safe(self) -> int:
        return sum(rule.safe for rule in self.rules.values())

    @property
    def to_review(self) -> int:
        return sum(rule.to_review for rule in self.rules.values())

    def add(self, outcome: Outcome) -> None:
        for result in outcome.results:
            self._add_result(result)
        for placed in outcome.links:
            self._add_link(placed.use)
        self.links.update(url for url, _ in outcome.counted)
        self._add_changes(outcome.written, outcome.pending)
        if outcome.written:
            self.files.append(outcome.path)
        self.lines_changed += outcome.lines_changed
        self.lines_added += outcome.lines_added
        self.taken_back += outcome.taken_back
        self.new_links += outcome.new_links
        if outcome.bug:
            self.bugs.append((outcome.path, outcome.bug))

    def _rule(self, code: str) -> RuleTally:
        return self.rules.setdefault(code, RuleTally())

    def _add_result(self, result: Result) -> None:
        finding = result.finding
        if result.state is State.BASELINED:
            self.baselined += 1
        elif result.state is State.SUPPRESSED:
            self.suppressed += 1
        elif result.state is State.FIXED:
            self.fixed[finding.severity] += 1
        else:
            self._add_open(result)

    def _add_open(self, result: Result) -> None:
        finding = result.finding
        rule = self._rule(finding.rule)
        rule.found += 1
        self.open[finding.severity] += 1
        if result.is_left:
            self.for_a_person[finding.rule] += 1
            self.mildest = min(self.mildest, finding.severity)
        if finding.rule == UNCHECKED:
            self.unchecked.append(finding.message)
        if finding.rule == SUSPECT:
            self.suspects.add(finding.url or finding.message)
        if finding.rule == UNAVAILABLE:
            self.unavailable.add(finding.message)

    def _add_link(self, use: LinkUse) -> None:
        self.links.add(use.url)
        if use.check.status is LinkStatus.UNVERIFIED and use.check.reason:
            self.unverified[use.url] = (use.check.reason, bool(use.answer and use.answer.cached))

    def _add_changes(self, written: Iterable[Change], pending: Iterable[Change]) -> None:
        for change in written:
            self._rule(change.rule).written += 1
        for change in pending:
            if change.fix.applicability is Applicability.SAFE:
                self._rule(change.rule).safe += 1
            else:
                self._rule(change.rule).to_review += 1
