"""`enrich run` and `enrich check`: every entry of a catalogue, and what comes of it."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.cache import Told
from enrich.cli import bugs
from enrich.cli.conversing import Conversations
from enrich.cli.given import given_to
from enrich.cli.interrupting import Interruption
from enrich.cli.recalling import remember
from enrich.cli.reporting import open_reports
from enrich.cli.streams import patient
from enrich.cli.telling import Telling
from enrich.cli.terminal import can_colour
from enrich.cli.ticking import Ticking
from enrich.cli.unchanged import PORTION
from enrich.cli.verdicts import BUG, cut_off, nothing_checked, sources_unavailable
from enrich.engines.garbage import rarely_collected
from enrich.engines.local import converse_all
from enrich.network import open_network
from enrich.progress import progress
from enrich.reports.parts.page import put

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from enrich.cli.given import Given
    from enrich.models import Outcome, Totals
    from enrich.network import Known, Network
    from enrich.progress import Progress
    from enrich.reports import Report


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
    given = given_to(args)
    with reports(args, given.setting, out, err) as report:
        report.begin(given.run, len(given.catalogue.paths))
        kind = "none" if args.quiet else args.progress
        with progress(kind, err, os.environ, time.monotonic, colour=can_colour(args, err)) as shown:
            crawler = _Crawl(given, report, shown)
            with rarely_collected():
                totals = asyncio.run(crawler.go())
        report.end(totals)
    if totals.exit_code == BUG:
        place = bugs.bug_report(given.setting)
        put(err, f"This is a bug in enrich. {place} says where, without any page's content.")
    return totals.exit_code


class _Crawl:
    """One run, from the first entry to the last line of the report."""

    def __init__(self, given: Given, report: Report, shown: Progress) -> None:
        self._given = given
        self._shown = shown
        self._conversations = Conversations(given)
        self._telling = Telling(given, report, shown.say)
        self._interruption = Interruption()
        self._left: Sequence[str] = ()
        """Paths of entries that are to be looked at."""
        self._remembered = 0
        """Answers under what came of entries before, of which nothing had to be found out anew."""

    async def go(self) -> Totals:
        began = time.monotonic()
        args = self._given.args
        async with (
            self._interruption as interruption,
            open_network(
                self._given.setting,
                offline=args.offline,
                refresh=args.refresh,
                context=self._given.context,
                left=self._tell_of_untouched,
            ) as network,
        ):
            interruption.stops(network)
            network.when_lost(interruption.cut_off)
            network.fetcher.remembers(self._remembered)
            ticking = Ticking(network, self._shown, lambda: self._telling.counts, quiet=args.quiet)
            await self._converse(network, ticking)
            complete = self._tell_of_all(network)
            code = self._telling.verdict.exit_code(interruption.exit_code)
            await network.settle()
            ticking.say_news()
            for warning in network.notes:
                self._shown.say(warning)
            totals = network.totals(
                complete=complete,
                exit_code=code,
                entries=self._telling.verdict.entries,
                seconds=time.monotonic() - began,
            )
            judges_baseline = complete and not args.offline
            return replace(totals, unneeded=self._telling.unneeded() if judges_baseline else 0)

    async def _tell_of_untouched(self, known: Known) -> int:
        """Tell of entries whose files need not be read; how many others there are."""
        args, catalogue = self._given.args, self._given.catalogue
        if args.max_minutes is not None:
            self._interruption.stops_after(60 * args.max_minutes)
        if catalogue.key:
            remember(self._given.setting, catalogue.key, catalogue.shape)
        self._left = catalogue.paths
        if self._conversations.recall(known):
            self._left = [path async for path in self._touched()]
            self._conversations.go_on_with(self._left)
        return len(self._left)

    async def _touched(self) -> AsyncIterator[str]:
        """Paths of entries that are to be looked at; of the others it is told what came of them."""
        for number, path in enumerate(self._given.catalogue.paths):
            if number % PORTION == 0:
                self._shown.update(self._telling.counts)
                await asyncio.sleep(0)
                if self._interruption.stopping.is_set():
                    return
            told = self._conversations.untouched(path)
            if told is None:
                yield path
            else:
                self._remembered += told.asked
                self._telling.finish(told)

    async def _converse(self, network: Network, ticking: Ticking) -> None:
        limit = getattr(self._given.args, "limit_entries", None)
        conversations = converse_all(
            self._left,
            lambda path: self._conversations.about(path, network),
            stopping=self._interruption.stopping,
            held_back=lambda: ticking.held_back,
            in_order=limit is not None,
        )
        shows = asyncio.create_task(ticking.go_on())
        try:
            async for done in conversations:
                if done is None:
                    continue
                if isinstance(done, Told):
                    network.fetcher.remembers(done.asked)
                self._telling.finish(done)
                if limit is not None and self._telling.files_written >= limit:
                    self._telling.verdict.limited = True
                    network.abandon()
                    return
        finally:
            shows.cancel()
            await conversations.aclose()
            self._telling.tell_doubtful()
            self._conversations.close()

    def _tell_of_all(self, network: Network) -> bool:
        """Tell what shows only when all have spoken; whether every entry was looked at."""
        telling, interruption = self._telling, self._interruption
        telling.tell_duplicates()
        is_left = telling.finished < len(self._given.catalogue.paths)
        telling.verdict.limited |= interruption.time_is_up and is_left
        complete = not (interruption.is_early or telling.verdict.limited)
        telling.tell_of_ignores(whole=complete)
        for outcome in tuple(self._of_the_run(network)):
            telling.tell(outcome)
        if self._given.scribe:
            self._given.scribe.close(self._given.context.selected)
        return complete

    def _of_the_run(self, network: Network) -> Iterable[Outcome]:
        """What kept it from finding out what it was to find out."""
        catalogue, interruption = self._given.catalogue, self._interruption
        if interruption.cut_off_because is not None:
            yield cut_off(interruption.cut_off_because, self._telling.finished, catalogue)
            return
        yield from sources_unavailable(network)
        # A change that touches no entry is checked by looking at none.
        if interruption.exit_code is None and (catalogue.paths or not self._given.base):
            yield from nothing_checked(self._telling.verdict, network, catalogue, self._given.setting)
