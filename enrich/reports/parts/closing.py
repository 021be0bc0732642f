"""The sentences before and after the findings: what was looked at, what came of it, what is left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.models import Reason, Severity
from enrich.reports.parts import hints
from enrich.reports.parts.words import counted, plural, ranked
from enrich.text import printable
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Run, Totals
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.tally import Tally

_NOUNS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.NOTICE: "notice",
}
_MANY = 50
"""Links of one host that are too many to be asked in one run."""
_INTERRUPTED = {130: "Interrupted", 143: "Terminated"}


def opening(run: Run, found: int) -> str:
    """`4,722 entries, profile jekyll-links (detected)`."""
    origin = f", configuration {printable(run.config)}" if run.config else " (detected)"
    return f"{counted(found, 'entry')}{changed_since(run)}, profile {printable(run.profile)}{origin}"


def changed_since(run: Run) -> str:
    return f" changed since `{printable(run.since)}`" if run.since else ""


def bugs(tally: Tally) -> list[str]:
    return [
        f"bug: {printable(path)}: {printable(error)} (entry skipped, run goes on)"
        for path, error in sorted(tally.bugs)
    ]


def stopped(run: Run, totals: Totals, found: int) -> list[str]:
    """Said last where the run did not get to the end."""
    if totals.complete:
        return []
    kept = "Files written are complete; answers" if run.command == "run" and not run.dry_run else "Answers"
    how = _INTERRUPTED.get(totals.exit_code, "Stopped at its limit")
    return [
        f"{how} after {totals.entries:,} of {counted(found, 'entry')}. {kept} are in the cache.",
        "Run the same command to go on.",
    ]


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said when the run is over."""

    run: Run
    totals: Totals
    tally: Tally
    page: Page
    lists: bool
    """This format has named the findings from `page.show` upwards."""

    def lines(self) -> list[str]:
        if self.run.since and not self.totals.entries and self.totals.complete:
            return [f"No entries changed since `{printable(self.run.since)}`."]
        if not self.totals.entries and not self.tally.rules:
            return ["Nothing was checked: no entry was looked at."]
        if self.run.command == "run":
            return [*self._unchecked(), *self._written(), *self._left(), *self._next()]
        return [*self._checked()]

    def _unchecked(self) -> Iterator[str]:
        if not self.lists:
            for message in self.tally.unchecked:
                yield f"error[RUN605] {self.page.name('RUN605')}: {printable(message)}"

    # -- check

    def _checked(self) -> Iterator[str]:
        yield self._verdict()
        yield from self._suspects()
        unverified = self._unverified()
        if unverified:
            judged = "" if self.totals.exit_code == 3 else ", and do not fail the check"
            yield f"Not verified: {_and_why(unverified)}. They are neither good nor broken{judged}."
            yield from self._spread(unverified)
        yield from self._unavailable()
        yield from self.fixable()
        if unneeded := self.totals.unneeded:
            lines = counted(unneeded, "line")
            are, them = ("is", "it") if unneeded == 1 else ("are", "them")
            yield f"{lines} of the baseline {are} no longer needed: {hints.PRUNE} takes {them} out."
        yield from self._offline()

    def fixable(self) -> Iterator[str]:
        """What a run could change, in numbers."""
        kinds = ((self.tally.safe, "safe"), (self.tally.to_review, "to review"))
        if numbers := ", ".join(f"{number:,} {kind}" for number, kind in kinds if number):
            yield f"Fixable: {numbers}, with {hints.over(hints.WRITE, self.page.paths, self.page.root)}."

    def _verdict(self) -> str:
        tally, show = self.tally, self.page.show
        shown = _by_level(tally, [level for level in Severity if level >= show])
        below = [level for level in Severity if Severity.NOTICE < level < show and tally.open[level]]
        nothing = _none_of(show) if below else "No findings"
        entries, links = counted(self.totals.entries, "entry"), counted(len(tally.links), "link")
        hidden = f"; {_by_level(tally, below)} ({_listing(tally, below)})" if below else ""
        return f"{shown or nothing} in {entries}, {links}{self._apart()}{hidden}."

    def _apart(self) -> str:
        kinds = ((self.tally.baselined, "more in the baseline"), (self.tally.suppressed, "suppressed"))
        apart = ", ".join(f"{number:,} {kind}" for number, kind in kinds if number)
        return f" ({apart})" if apart else ""

    # -- run

    def _written(self) -> Iterator[str]:
        tally = self.tally
        if not tally.written:
            yield "Nothing to write." if tally.rules else self._verdict()
            return
        changes = f"{counted(tally.written, 'change')} in {counted(len(tally.files), 'file')}"
        if self.run.dry_run:
            yield f"Would write {changes} ({_lines(tally)})."
        else:
            read = "re-read" if len(tally.files) == 1 else "each file re-read"
            yield f"Wrote {changes} ({_lines(tally)}; {read}, nothing else differs)."

    def _left(self) -> Iterator[str]:
        if self.tally.safe:
            are = "is" if self.tally.safe == 1 else "are"
            yield f"{counted(self.tally.safe, 'safe change')} {are} not written yet."
        if self.tally.to_review:
            yield f"{self.tally.to_review:,} to review: {hints.review(self.page.root)}."
        if self.tally.for_a_person:
            yield self._for_a_person()
        if number := self.tally.taken_back:
            were, they = ("was", "it") if number == 1 else ("were", "they")
            yield f"{counted(number, 'change')} {were} taken back by hand; {they} will not be made again."
        yield from self._suspects()
        if unverified := self._unverified():
            links = counted(len(unverified), "link")
            yield f"{links} could not be verified now, and will be asked again next time."
            yield from self._spread(unverified)
        yield from self._unavailable()
        yield from self._offline()

    def _for_a_person(self) -> str:
        left, mildest = self.tally.for_a_person, self.tally.mildest
        number = left.total()
        kinds = ranked((self.page.name(rule), count) for rule, count in left.items())
        need, them = ("needs", "it") if number == 1 else ("need", "them")
        if self.lists and mildest >= self.page.show:
            return f"{number:,} {need} a person: {kinds}."
        command = hints.list_findings(mildest.word if mildest < Severity.WARNING else None, self.page.root)
        return f"{number:,} {need} a person: {kinds}. {command} lists {them}."

    def _next(self) -> Iterator[str]:
        if self.tally.written and self.run.dry_run:
            pending = hints.over(hints.SEE_PENDING, self.page.paths, self.page.root)
            yield f"Nothing was written. See them: {pending}"
        elif self.tally.written:
            yield hints.see_written(self.tally.files, self.page.root, self.page.in_git)

    # -- both

    def _suspects(self) -> Iterator[str]:
        if number := len(self.tally.suspects):
            failures = counted(self.page.confirm_after, "failure")
            days = counted(self.page.confirm_days, "day")
            they = "it is" if number == 1 else "they are"
            links = counted(number, "link")
            yield f"{links} that used to work failed; after {failures} over {days} {they} called broken."

    def _unverified(self) -> dict[str, Reason]:
        """Offline, only what the cache says: that the rest was not asked is said once, not per link."""
        offline = self.run.offline
        unverified = self.tally.unverified.items()
        return {url: reason for url, (reason, cached) in unverified if cached or not offline}

    def _spread(self, unverified: dict[str, Reason]) -> Iterator[str]:
        host, number = _most_limited(unverified)
        if number >= _MANY and host not in self.page.portioned:
            yield hints.spread(host, number)

    def _unavailable(self) -> Iterator[str]:
        for message in sorted(self.tally.unavailable):
            yield f"Source unavailable: {printable(message)}."

    def _offline(self) -> Iterator[str]:
        if self.run.offline and self.totals.from_cache:
            answers = counted(self.totals.from_cache, "answer")
            yield f"Offline: nothing was asked; {answers} from the cache."
        elif self.run.offline:
            yield "Offline: no link was checked; only the rules that need no network ran."


def _by_level(tally: Tally, levels: list[Severity]) -> str:
    """The worst first."""
    counts = ((tally.open[level], _NOUNS[level]) for level in sorted(levels, reverse=True))
    return ", ".join(counted(number, noun) for number, noun in counts if number)


def _listing(tally: Tally, levels: list[Severity]) -> str:
    them = "it" if sum(tally.open[level] for level in levels) == 1 else "them"
    return f"{hints.show(levels[0].word)} lists {them}"


def _none_of(show: Severity) -> str:
    """
    >>> _none_of(Severity.WARNING)
    'No errors or warnings'
    """
    return "No " + " or ".join(plural(_NOUNS[level]) for level in reversed(Severity) if level >= show)


def _lines(tally: Tally) -> str:
    if not tally.lines_changed:
        return f"{counted(tally.lines_added, 'line')} added"
    added = f", {tally.lines_added:,} added" if tally.lines_added else ""
    return f"{counted(tally.lines_changed, 'line')} changed{added}"


def _and_why(unverified: dict[str, Reason]) -> str:
    """By reason; or by host, where one that limits us has most of them."""
    host, number = _most_limited(unverified)
    if number < 2 or 2 * number <= len(unverified):
        reasons = Counter(reason.value for reason in unverified.values())
        return f"{counted(len(unverified), 'link')} ({ranked(reasons.items())})"
    elsewhere = len(unverified) - number
    rest = f", {elsewhere:,} elsewhere" if elsewhere else ""
    return f"{number:,} links at {printable(host)} (rate-limited){rest}"


def _most_limited(unverified: dict[str, Reason]) -> tuple[str, int]:
    """The host that limits us most, and how many of its links wait; 0 where none does."""
    limited = Counter(_host(url) for url, reason in unverified.items() if reason is Reason.RATE_LIMITED)
    return limited.most_common(1)[0] if limited else ("", 0)


def _host(url: str) -> str:
    return url.split("/", 3)[2] if url.count("/") >= 2 else url
