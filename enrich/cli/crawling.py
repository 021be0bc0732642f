"""`enrich run` and `enrich check`: every entry of a catalogue, and what comes of it."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import field, replace
from typing import TYPE_CHECKING

from enrich import vcs
from enrich.cache import Told
from enrich.cli import bugs
from enrich.cli.catalogue import open_catalogue
from enrich.cli.comparing import base_of, compared, narrowed
from enrich.cli.interrupting import Interruption
from enrich.cli.known import Baseline
from enrich.cli.recalling import remember
from enrich.cli.reporting import open_reports
from enrich.cli.set_aside import SetAside
from enrich.cli.setting import setting_of
from enrich.cli.streams import patient
from enrich.cli.terminal import can_colour
from enrich.cli.unchanged import PORTION, open_unchanged
from enrich.cli.verdicts import BUG, Verdict, cut_off, nothing_checked, sources_unavailable
from enrich.duplicates import Duplicates, may_be_anothers, stated
from enrich.engines.garbage import rarely_collected
from enrich.engines.local import converse_all
from enrich.errors import StateError
from enrich.fetcher import Interrupted
from enrich.files import Unread, read
from enrich.ledger import (
    Moved,
    Standing,
    finish_interrupted,
    read_baseline,
    read_rejected,
    read_written,
    recovered,
    with_reverted,
)
from enrich.models import Applicability, Finding, Outcome, Plan, Result, Run, State, Totals
from enrich.naming import fingerprint
from enrich.network import open_network
from enrich.outcomes import outcome_of
from enrich.planning import context_for, identifiers_of, open_entry
from enrich.progress import Counts, progress
from enrich.reports.parts.page import put
from enrich.words import dataclass

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from enrich.cli.catalogue import Catalogue
    from enrich.cli.comparing import Base
    from enrich.cli.unchanged import Unchanged
    from enrich.ledger import EntryMemory
    from enrich.models import Answer, Document, Query
    from enrich.network import Known, Network
    from enrich.progress import Progress
    from enrich.reports import Report
    from enrich.rule import Context
    from enrich.setting import Setting
    from enrich.writing import Scribe


TICK_S = 0.2
"""Between two looks at how things stand; a screen shows no more."""


def crawl(
    args: argparse.Namespace,
    out: TextIO,
    err: TextIO,
    *,
    reports: Callable[..., AbstractContextManager[Report]] = open_reports,
) -> int:
    """
    Look at every entry, write what is safe (`run`), report; the exit code.

    Raises UsageError, ConfigError, StateError, and WriteRefused before anything
    is asked or written.
    """
    if args.command == "run":
        out = patient(out, BrokenPipeError)  # what is written doesn't depend on who listens
    setting = setting_of(args, args.paths)
    comparison = compared(setting, args.changed_from) if args.changed_from else None
    is_local = setting.config.engine.name == "local"
    if not is_local:
        from enrich.engines.dask.extra import require_dask

        require_dask()
    few = bool(args.paths or comparison)
    # What is judged elsewhere is told all customs beforehand.
    late = is_local and args.command != "run"
    catalogue = open_catalogue(setting, args.paths, late=late, few=few)
    if comparison:
        catalogue = narrowed(catalogue, comparison)
    if args.command == "run" and not args.dry_run:
        finish_interrupted(setting.state)
    memories = recovered(setting.state, with_reverted(setting.state, read_written(setting.state)))
    context = context_for(
        setting.config,
        catalogue.shape,
        setting.started_at.date(),
        select=_listed(args.select),
        ignore=_listed(args.ignore),
        customs=catalogue.customs,
        rejected=read_rejected(setting.state),
    )
    base = base_of(setting, catalogue, comparison, context) if comparison else None
    scribe = _scribe(args, setting, catalogue, memories) if args.command == "run" else None
    known = Baseline(read_baseline(setting.state) if args.command == "check" else ())
    with reports(args, setting, out, err) as report:
        report.begin(_run(args, setting, catalogue, base), len(catalogue.paths))
        kind = "none" if args.quiet else args.progress
        with progress(kind, err, os.environ, time.monotonic, colour=can_colour(args, err)) as shown:
            standing = Standing(setting.root)
            moved = Moved(setting.root, memories)
            crawler = _Crawl(
                args,
                setting,
                catalogue,
                context,
                memories,
                scribe,
                report,
                shown,
                standing,
                moved,
                base,
                known,
                SetAside(context),
            )
            with rarely_collected():
                totals = asyncio.run(crawler.go())
        report.end(totals)
    if totals.exit_code == BUG:
        put(
            err,
            f"This is a bug in enrich. {bugs.bug_report(setting)} says where, without any page's content.",
        )
    return totals.exit_code


def _run(args: argparse.Namespace, setting: Setting, catalogue: Catalogue, base: Base | None) -> Run:
    return Run(
        command=args.command,
        profile=catalogue.shape.name,
        config=setting.config_name,
        started_at=setting.started_at,
        offline=args.offline,
        dry_run=_is_dry(args),
        detected=catalogue.detected is not None,
        since=base.name if base else None,
    )


def _is_dry(args: argparse.Namespace) -> bool:
    return args.command == "run" and bool(args.dry_run)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()


def _scribe(
    args: argparse.Namespace, setting: Setting, catalogue: Catalogue, memories: Mapping[str, EntryMemory]
) -> Scribe:
    """Raises WriteRefused where writing could lose something."""
    from enrich.cli.guarding import guarded_journal
    from enrich.writing import Scribe

    journal = guarded_journal(args, setting, catalogue.paths, "run")
    return Scribe(setting.state, journal, memories, _unclean(setting, memories))


def _unclean(setting: Setting, paths: Iterable[str]) -> frozenset[str]:
    """Which of *paths* git says are not as committed; none where there is no git."""
    if vcs.no_git(setting.root):
        return frozenset()
    return frozenset(file.path for file in vcs.unclean(setting.root, paths))


@dataclass(slots=True)
class _Crawl:
    """One run, from the first entry to the last line of the report."""

    args: argparse.Namespace
    setting: Setting
    catalogue: Catalogue
    context: Context
    memories: Mapping[str, EntryMemory]
    scribe: Scribe | None
    report: Report
    shown: Progress
    standing: Standing
    moved: Moved
    base: Base | None
    """Where only what changed is looked at: what it was."""
    baseline: Baseline
    aside: SetAside
    unchanged: Unchanged | None = None
    """None where every entry is looked into."""
    counts: Counts = field(default_factory=Counts)
    duplicates: Duplicates = field(default_factory=Duplicates)
    doubtful: list[Plan] = field(default_factory=list)
    """Entries whose record may be another's; some in a hundred, and nothing is written to them."""
    files_written: int = 0
    left: Sequence[str] = ()
    """Paths of entries that are to be looked at."""
    remembered: int = 0
    """Answers under what came of entries before, of which nothing had to be found out anew."""
    finished: int = 0
    """Files that were looked at to the end, entries or not."""
    held_back: int = 0
    """Conversations that only wait for a host, as of the last look."""

    async def go(self) -> Totals:
        began = time.monotonic()
        verdict = Verdict(self.setting.config, self.args)
        self.counts = Counts(total=len(self.catalogue.paths))
        async with (
            Interruption() as interruption,
            open_network(
                self.setting,
                offline=self.args.offline,
                refresh=self.args.refresh,
                context=self.context,
                left=lambda known: self._tell_of_untouched(known, interruption, verdict),
            ) as network,
        ):
            interruption.stops(network)
            network.when_lost(interruption.cut_off)
            network.fetcher.remembers(self.remembered)
            await self._converse(network, interruption, verdict)
            for outcome in self.duplicates.outcomes(self.context.severity("IDN230")):
                self._tell(_only_selected(outcome, self.context), verdict)
            verdict.limited |= interruption.time_is_up and self.finished < len(self.catalogue.paths)
            for outcome in self._of_the_configuration(interruption, verdict):
                self._tell(outcome, verdict)
            lost = interruption.cut_off_because
            if lost is not None:
                self._tell(cut_off(lost, self.finished, self.catalogue), verdict)
            else:
                unchecked = () if interruption.exit_code else self._nothing_checked(verdict, network)
                for outcome in (*sources_unavailable(network), *unchecked):
                    self._tell(outcome, verdict)
            if self.scribe:
                self.scribe.close(self.context.selected)
            code = verdict.exit_code(interruption.exit_code)
            complete = interruption.exit_code is None and lost is None and not verdict.limited
            await network.settle()
            self._say_news(network)
            for warning in network.notes:
                self.shown.say(warning)
            totals = network.totals(
                complete=complete, exit_code=code, entries=verdict.entries, seconds=time.monotonic() - began
            )
            return replace(totals, unneeded=self._unneeded(totals))

    def _unneeded(self, totals: Totals) -> int:
        """Lines of the baseline; none where not everything was looked at."""
        if not totals.complete or self.args.offline:
            return 0
        return len(self.baseline.unneeded(self.context.selected))

    def _of_the_configuration(self, interruption: Interruption, verdict: Verdict) -> Iterable[Outcome]:
        """What a check over all entries has to say of `[[ignore]]`."""
        if self.args.command != "check" or self.base or self.args.paths:
            return ()
        stopped = interruption.exit_code is not None or interruption.cut_off_because is not None
        whole = not (stopped or verdict.limited)
        return self.aside.outcome(self.setting, whole=whole)

    def _nothing_checked(self, verdict: Verdict, network: Network) -> Iterable[Outcome]:
        """A change that touches no entry is checked by looking at none."""
        if self.base and not self.catalogue.paths:
            return ()
        return nothing_checked(verdict, network, self.catalogue, self.setting)

    async def _converse(self, network: Network, interruption: Interruption, verdict: Verdict) -> None:
        limit = getattr(self.args, "limit_entries", None)
        plans = converse_all(
            self.left,
            lambda path: self._work(path, network),
            stopping=interruption.stopping,
            held_back=lambda: self.held_back,
            in_order=limit is not None,
        )
        ticking = asyncio.create_task(self._tick(network))
        try:
            async for done in plans:
                if done is None:
                    continue
                self.finished += 1
                if isinstance(done, Told):
                    network.fetcher.remembers(done.asked)
                    self._tell(self._as_before(done), verdict)
                    continue
                if isinstance(done, Plan):
                    self.duplicates.add(stated(done))
                    if may_be_anothers(done):
                        self.doubtful.append(done)
                        continue
                self._tell(self._outcome(done, verdict) if isinstance(done, Plan) else done, verdict)
                if limit is not None and self.files_written >= limit:
                    verdict.limited = True
                    network.abandon()
                    return
        finally:
            ticking.cancel()
            await plans.aclose()
            # Whose a record is shows only when all have spoken.
            for plan in self.doubtful:
                self._tell(self._outcome(self.duplicates.settled(plan), verdict), verdict)
            if self.unchanged:
                self.unchanged.close()

    async def _tell_of_untouched(self, known: Known, interruption: Interruption, verdict: Verdict) -> int:
        """Tell of entries whose files need not be read; how many others there are."""
        if self.args.max_minutes is not None:
            interruption.stops_after(60 * self.args.max_minutes)
        if self.catalogue.key:
            remember(self.setting, self.catalogue.key, self.catalogue.shape)
        self.left = self.catalogue.paths
        self.unchanged = open_unchanged(
            self.args,
            self.setting,
            self.catalogue,
            self.context,
            known.cache,
            known.snapshot,
            known.mirror.digest if known.mirror else "",
        )
        if self.unchanged:
            self.left = [path async for path in self._touched(self.unchanged, interruption, verdict)]
        return len(self.left)

    async def _touched(
        self, unchanged: Unchanged, interruption: Interruption, verdict: Verdict
    ) -> AsyncIterator[str]:
        """Paths of entries that are to be looked at; of the others it is told what came of them."""
        for number, path in enumerate(self.catalogue.paths):
            if number % PORTION == 0:
                self.shown.update(self.counts)
                await asyncio.sleep(0)
                if interruption.stopping.is_set():
                    return
            told = None
            if not self._may_have_moved(path):
                told = unchanged.untouched(path, self.memories.get(path), self.standing.fields)
            if told is None:
                yield path
            else:
                self.finished += 1
                self.remembered += told.asked
                self._tell(self._as_before(told), verdict)

    def _as_before(self, told: Told) -> Outcome:
        """The outcome of an entry that is as it was, and so is all that it rests on."""
        self.duplicates.add(told.stated)
        if self.scribe:
            self.scribe.unchanged(told.outcome)
        return told.outcome

    async def _tick(self, network: Network) -> None:
        """Show how things stand, also while every entry waits."""
        while True:
            self.shown.update(self.counts, network.lanes())
            self.held_back = network.held_back()
            self._say_news(network)
            await asyncio.sleep(TICK_S)

    def _say_news(self, network: Network) -> None:
        for sentence in network.news():
            if not self.args.quiet:
                self.shown.say(sentence)

    async def _work(self, path: str, network: Network) -> Plan | Told | Outcome | None:
        """A plan, or the outcome of an entry that can't have one; None where the run stopped before."""
        signature = self.unchanged.signatures.lasting(path) if self.unchanged else ""
        document = read(self.setting.root, path)
        if isinstance(document, Unread):
            return _unread(document, self.context)
        memory = self.memories.get(path) or self._moved_here(document)
        fields = self.standing.fields(memory, lambda: vcs.blob_id(document.encode())) if memory else {}
        unchanged = None if self._may_have_moved(path) else self.unchanged
        if unchanged and (told := unchanged.of(document, signature, memory, fields)):
            return told
        answers: dict[Query, Answer] = {}

        async def fetch(queries: Iterable[Query]) -> Mapping[Query, Answer]:
            given = await network.answer(queries)
            answers.update(given)
            return given

        try:
            plan = await network.converse(document, self.context, fetch, fields)
            if unchanged:
                unchanged.learn(plan, signature, memory, fields, answers.values())
            return plan
        except Interrupted:
            return None
        except Exception as error:  # noqa: BLE001 - one entry that breaks does not stop five thousand
            bugs.keep(self.setting, path, error)
            return Outcome(path, (), bug=f"{type(error).__name__}: {error}")

    def _may_have_moved(self, path: str) -> bool:
        return bool(self.moved) and path not in self.memories

    def _moved_here(self, document: Document) -> EntryMemory | None:
        """What is remembered of an entry that had another path when it was last written."""
        subject = open_entry(document, self.context) if self.moved else None
        if subject is None or isinstance(subject, Plan):
            return None
        names = identifiers_of(subject.entry, self.context.today)
        found = self.moved.claim(subject.entry, names)
        if found and self.scribe:
            self.scribe.moved(*found)
        return found[1] if found else None

    def _outcome(self, plan: Plan, verdict: Verdict) -> Outcome:
        wrote = self._write(plan, verdict) if plan.written and self.scribe else False
        if self.scribe:
            self.scribe.finish(plan, wrote=wrote and not _is_dry(self.args))
        return outcome_of(plan, wrote=wrote, records=self.args.records)

    def _write(self, plan: Plan, verdict: Verdict) -> bool:
        """Whether the plan's text stands in the file now, or would in a dry run."""
        if not _is_dry(self.args):
            fault = _written(self.scribe, plan)
            if fault:
                verdict.refused = True
                self.shown.say(f"not written: {plan.document.path}: {fault}")
                return False
        self.files_written += 1
        return True

    def _tell(self, outcome: Outcome, verdict: Verdict) -> None:
        outcome = self.baseline.applied(outcome)
        if self.base and outcome.path:
            outcome = self.base.weighed(outcome)
        self.aside.add(outcome)
        if self.scribe:
            self.scribe.reported(outcome)
        verdict.add(outcome)
        self.counts = _counted(self.counts, outcome, verdict)
        self.report.entry(outcome)


def _written(scribe: Scribe | None, plan: Plan) -> str | None:
    if scribe is None:
        raise ValueError("nothing is written by a check")
    try:
        return scribe.write(plan)
    except StateError as error:
        return str(error)


def _only_selected(outcome: Outcome, context: Context) -> Outcome:
    return outcome if "IDN230" in context.selected else replace(outcome, results=())


def _unread(unread: Unread, context: Context) -> Outcome:
    finding = Finding(
        "FMT401",
        f"the file can't be read: {unread.reason}",
        None,
        severity=context.severity("FMT401"),
        help="the entry was skipped and left untouched",
    )
    name = fingerprint("FMT401", unread.path, "", None)
    return Outcome(unread.path, (Result(unread.path, finding, None, State.OPEN, name),))


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
