"""
What outlives a run, in `.enrich/` at the catalogue's root.

    pending.jsonl     changes that wait for a person
    journal/          what the last runs wrote, and the way back
    decisions.jsonl   what a person decided; committed
    baseline.jsonl    findings that the catalogue has lived with; committed
    written.jsonl     what enrich wrote, so that a person's later edit stays theirs; committed

Each file is written as a whole or not at all, but for the journal, which grows
line by line. Keys that are not known are passed over; a line that can't be read
is an error with its cure.
"""

from __future__ import annotations

from enrich.ledger.baseline import Known, read_baseline, write_baseline
from enrich.ledger.decisions import (
    Decision,
    Verdict,
    add_decisions,
    decision_about,
    drop_decisions,
    read_accepted,
    read_decisions,
    read_rejected,
)
from enrich.ledger.folder import StateFolder
from enrich.ledger.following import Group, decide, decisions_about, groups, is_derived, tidy, undecided
from enrich.ledger.imported import Opinion, PullRequest, read_imported
from enrich.ledger.journal import Journal, Splice, last_run, last_splices, last_written
from enrich.ledger.memories import EntryMemory, Memories
from enrich.ledger.moved import Moved
from enrich.ledger.pending import (
    BY_HAND,
    Because,
    Pending,
    after_run,
    named,
    plan_id,
    read_pending,
    read_unpatched,
    write_pending,
)
from enrich.ledger.pull_requests import Learned, learn
from enrich.ledger.recovery import finish_interrupted, recovered, settle, written_down
from enrich.ledger.reverted import with_reverted
from enrich.ledger.standing import Standing
from enrich.ledger.undo import Undone, undo
from enrich.ledger.written import read_written, update_written, write_written

__all__ = [
    "BY_HAND",
    "Because",
    "Decision",
    "EntryMemory",
    "Group",
    "Journal",
    "Known",
    "Learned",
    "Memories",
    "Moved",
    "Opinion",
    "Pending",
    "PullRequest",
    "Splice",
    "Standing",
    "StateFolder",
    "Undone",
    "Verdict",
    "add_decisions",
    "after_run",
    "decide",
    "decision_about",
    "decisions_about",
    "drop_decisions",
    "finish_interrupted",
    "groups",
    "is_derived",
    "last_run",
    "last_splices",
    "last_written",
    "learn",
    "named",
    "plan_id",
    "read_accepted",
    "read_baseline",
    "read_decisions",
    "read_imported",
    "read_pending",
    "read_rejected",
    "read_unpatched",
    "read_written",
    "recovered",
    "settle",
    "tidy",
    "undecided",
    "undo",
    "update_written",
    "with_reverted",
    "write_baseline",
    "write_pending",
    "write_written",
    "written_down",
]
