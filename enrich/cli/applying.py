"""`enrich apply`: what a person accepted is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.catalogue import below, open_catalogue
from enrich.cli.guarding import guarded_journal
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.ledger import (
    finish_interrupted,
    read_accepted,
    read_decisions,
    read_pending,
    read_rejected,
    undecided,
)
from enrich.ledger.decisions import Verdict
from enrich.models import Applicability
from enrich.naming import acceptance_key
from enrich.reports.applied import applied_lines, left_lines, nothing_lines
from enrich.reports.parts.page import put
from enrich.writing import carry_out, would_carry_out

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.reports import Page
    from enrich.setting import Setting

REFUSED = 4


def apply(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """
    The exit code: 4 where something that was accepted could not be written, which is named.

    Raises WriteRefused before anything is written, StateError where the ledger
    can't be read or written.
    """
    setting = setting_of(args, args.paths)
    page = page_of(args, setting, out)
    if not args.dry_run:
        finish_interrupted(setting.state)
    waiting = _waiting(setting, args)
    accepted = read_accepted(setting.state)
    wanted = [item for item in waiting if _is_wanted(item, accepted, safe=args.safe)]
    if not wanted:
        put(out, *_nothing(setting, waiting, page))
        return 0
    habits = open_catalogue(setting, ()).customs.habits
    if args.dry_run:
        carried = would_carry_out(setting.state, wanted, habits=habits)
    else:
        paths = {item.change.path for item in wanted}
        journal = guarded_journal(args, setting, paths, "apply")
        carried = carry_out(setting.state, journal, wanted, habits=habits)
    put(out, *applied_lines(carried, page, dry_run=args.dry_run))
    put(err, *left_lines(carried))
    return REFUSED if carried.left else 0


def _waiting(setting: Setting, args: argparse.Namespace) -> list[Pending]:
    is_below = below(setting.root, args.paths)
    queue = undecided(read_pending(setting.state), read_rejected(setting.state))
    return [item for item in queue if is_below(item.change.path)]


def _is_wanted(item: Pending, accepted: frozenset[str], *, safe: bool) -> bool:
    is_safe = item.change.fix.applicability is Applicability.SAFE
    return acceptance_key(item.change) in accepted or (safe and is_safe)


def _nothing(setting: Setting, waiting: list[Pending], page: Page) -> list[str]:
    elsewhere = sum(decision.verdict is Verdict.ACCEPTED for decision in read_decisions(setting.state))
    safe = sum(item.change.fix.applicability is Applicability.SAFE for item in waiting)
    return list(nothing_lines(waiting=len(waiting), safe=safe, elsewhere=elsewhere, root=page.root))
