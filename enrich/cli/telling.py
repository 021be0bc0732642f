"""What came of each entry: written where it is to be, weighed against what was known, told and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.cache import Told
from enrich.cli.known import Baseline
from enrich.cli.set_aside import SetAside
from enrich.cli.verdicts import Verdict
from enrich.duplicates import Duplicates, may_be_anothers, stated
from enrich.errors import StateError
from enrich.models import Applicability, Plan
from enrich.outcomes import outcome_of
from enrich.progress import Counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.cli.given import Given
    from enrich.models import Outcome
    from enrich.reports import Report
    from enrich.rule import Context
    from enrich.writing import Scribe


class Telling:
    """One run, told to *report*; `say` takes sentences about the run that no report has a place for."""

    def __init__(self, given: Given, report: Report, say: Callable[[str], None]) -> None:
        self._given = given
        self._report = report
        self._say = say
        self._baseline = Baseline(given.baseline)
        self._aside = SetAside(given.context)
        self._duplicates = Duplicates()
        self._doubtful: list[Plan] = []
        """Entries whose record may be another's; some in a hundred, and nothing is written to them."""
        self.verdict = Verdict(given.setting.config, given.args)
        self.counts = Counts(total=len(given.catalogue.paths))
        self.files_written = 0
        self.finished = 0
        """Files that were looked at to the end, entries or not."""

    def finish(self, done: Plan | Told | Outcome) -> None:
        """Tell what came of a file, or keep it until all have spoken."""
        self.finished += 1
        if isinstance(done, Plan):
            self._duplicates.add(stated(done))
            if may_be_anothers(done):
                self._doubtful.append(done)
            else:
                self.tell(self._outcome(done))
        elif isinstance(done, Told):
            self._duplicates.add(done.stated)
            if self._given.scribe:
                self._given.scribe.unchanged(done.outcome)
            self.tell(done.outcome)
        else:
            self.tell(done)

    def tell_doubtful(self) -> None:
        """Tell what was kept: whose a record is shows only when all have spoken."""
        for plan in self._doubtful:
            self.tell(self._outcome(self._duplicates.settled(plan)))

    def tell_duplicates(self) -> None:
        for outcome in self._duplicates.outcomes(self._given.context.severity("IDN230")):
            self.tell(_only_selected(outcome, self._given.context))

    def tell_of_ignores(self, *, whole: bool) -> None:
        """What a check over all entries has to say of `[[ignore]]`; *whole*: it came to its end."""
        args = self._given.args
        if args.command != "check" or self._given.base or args.paths:
            return
        for outcome in self._aside.outcome(self._given.setting, whole=whole):
            self.tell(outcome)

    def unneeded(self) -> int:
        """Lines of the baseline of which none was met; worth knowing where everything was looked at."""
        return len(self._baseline.unneeded(self._given.context.selected))

    def tell(self, outcome: Outcome) -> None:
        outcome = self._baseline.applied(outcome)
        if self._given.base and outcome.path:
            outcome = self._given.base.weighed(outcome)
        self._aside.add(outcome)
        if self._given.scribe:
            self._given.scribe.reported(outcome)
        self.verdict.add(outcome)
        self.counts = _counted(self.counts, outcome, self.verdict)
        self._report.entry(outcome)

    def _outcome(self, plan: Plan) -> Outcome:
        scribe = self._given.scribe
        wrote = scribe is not None and bool(plan.written) and self._write(plan, scribe)
        if scribe:
            scribe.finish(plan, wrote=wrote and not self._given.is_dry)
        return outcome_of(plan, wrote=wrote, records=self._given.args.records)

    def _write(self, plan: Plan, scribe: Scribe) -> bool:
        """Whether the plan's text stands in the file now, or would in a dry run."""
        fault = None if self._given.is_dry else _written(scribe, plan)
        if fault:
            self.verdict.refused = True
            self._say(f"not written: {plan.document.path}: {fault}")
            return False
        self.files_written += 1
        return True


def _written(scribe: Scribe, plan: Plan) -> str | None:
    """Why it was not; None where it was."""
    try:
        return scribe.write(plan)
    except StateError as error:
        return str(error)


def _only_selected(outcome: Outcome, context: Context) -> Outcome:
    return outcome if "IDN230" in context.selected else replace(outcome, results=())


def _counted(counts: Counts, outcome: Outcome, verdict: Verdict) -> Counts:
    """What `check` and a dry run only propose is fixable as well."""
    safe = sum(change.fix.applicability is Applicability.SAFE for change in outcome.pending)
    return replace(
        counts,
        entries=verdict.entries,
        links=verdict.links,
        broken=verdict.broken,
        fixable=counts.fixable + len(outcome.written) + safe,
        to_review=counts.to_review + len(outcome.pending) - safe,
        not_verified=verdict.not_verified,
    )
