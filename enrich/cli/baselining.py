"""`enrich baseline`: what a catalogue has lived with is counted apart; `check` reports what is new."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from enrich.cli.crawling import crawl
from enrich.cli.known import unverified
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.ledger import Known, read_baseline, write_baseline
from enrich.models import State
from enrich.reports.parts.page import put
from enrich.reports.parts.tally import is_about_the_run
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from enrich.ledger import StateFolder
    from enrich.models import Outcome, Run, Totals

_STANDING = frozenset({State.OPEN, State.BASELINED})


class _Collected:
    """A report that says nothing and keeps what stands."""

    def __init__(self) -> None:
        self.known: set[Known] = set()
        self.looked_at: set[str] = set()
        self.unverified: set[str] = set()
        self.totals: Totals | None = None

    def begin(self, run: Run, found: int) -> None:
        """Nothing to say before there is something."""

    def entry(self, outcome: Outcome) -> None:
        self.looked_at.add(outcome.path)
        self.unverified |= unverified(outcome)
        self.known |= {
            Known(result.path, result.finding.rule, result.finding.url or "", result.fingerprint)
            for result in outcome.results
            if result.state in _STANDING and not is_about_the_run(result.finding.rule)
        }

    def end(self, totals: Totals) -> None:
        self.totals = totals


def baseline(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Raises the errors of `crawl`."""
    if args.action == "show":
        return _show(args, out)
    found = _Collected()
    code = crawl(args, out, err, reports=lambda *_: contextlib.nullcontext(found))
    if found.totals is None or not found.totals.complete or code not in (0, 1):
        put(err, "The baseline stays as it is: not every entry could be looked at.")
        return code
    state = setting_of(args, args.paths).state
    before = read_baseline(state)
    elsewhere = {one for one in before if one.path not in found.looked_at}
    if args.action == "create":
        _create(state, elsewhere, found, out)
    else:
        unseen = {one for one in before if one.target in found.unverified}
        _prune(state, before, elsewhere | unseen | (before & found.known), out)
    return 0


def _create(state: StateFolder, elsewhere: set[Known], found: _Collected, out: TextIO) -> None:
    """Lines of entries that were not looked at stay."""
    write_baseline(state, elsewhere | found.known)
    findings = counted(len(found.known), "finding")
    entries = counted(len({one.path for one in found.known}), "entry")
    wrote = f"Wrote .enrich/baseline.jsonl: {findings} in {entries}."
    put(out, f"{wrote} `enrich check` now reports only what is new.")


def _prune(state: StateFolder, before: frozenset[Known], needed: set[Known], out: TextIO) -> None:
    if gone := len(before) - len(needed):
        write_baseline(state, needed)
        put(out, f"Took {counted(gone, 'line')} out of .enrich/baseline.jsonl; {len(needed):,} left.")
    else:
        put(out, f"Every line of .enrich/baseline.jsonl is needed: {counted(len(needed), 'finding')}.")


def _show(args: argparse.Namespace, out: TextIO) -> int:
    setting = setting_of(args)
    page = page_of(args, setting, out)
    known = sorted(read_baseline(setting.state))
    for one in known:
        about = f"  {one.target}" if one.target else ""
        put(out, printable(f"{one.path}: {one.rule} {page.name(one.rule)}{about}"))
    put(out, f"{counted(len(known), 'finding')} in the baseline.")
    return 0
