"""Before a command writes entries: is there a way back, and would anything of a person's be mixed up?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import vcs
from enrich.errors import WriteRefused
from enrich.files import clear_leftovers
from enrich.ledger import Journal, last_written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from enrich.setting import Setting


def guarded_journal(
    args: argparse.Namespace, setting: Setting, paths: Iterable[str], command: str
) -> Journal | None:
    """
    The journal for *command*, which is about to write the entries at *paths*; None where none can be kept.

    Raises WriteRefused where writing could lose something; a dry run loses nothing.
    """
    journal = Journal(setting.state, command, setting.started_at)
    fault = journal.fault()
    if not args.dry_run:
        vcs.guard(
            setting.root,
            paths,
            command=f"enrich {command}",
            last_written=lambda: last_written(setting.state),
            journal_fault=fault,
            allow_dirty=args.allow_dirty,
            allow_no_vcs=args.allow_no_vcs,
        )
        if fault and not args.allow_no_vcs:
            # The next run would take what this one wrote for a person's.
            raise WriteRefused(f"what is written could not be remembered: {fault}; make it writable")
        clear_leftovers(setting.root, {(setting.root / path).parent for path in paths})
    return None if fault else journal
