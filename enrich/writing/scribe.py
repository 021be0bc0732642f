"""
Plans carried out, entry by entry, and in the end what is to be known of them.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.files import NotWritten, Stale, Written, write_atomically
from enrich.ledger import (
    Because,
    EntryMemory,
    Memories,
    Pending,
    Verdict,
    add_decisions,
    after_run,
    decision_about,
    read_pending,
    read_unpatched,
    write_pending,
    written_down,
)
from enrich.models import Owner
from enrich.naming import after_removals, query_name, removals
from enrich.provenance import remember
from enrich.vcs import blob_id
from enrich.writing.waiting import still_waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.ledger import Journal, StateFolder
    from enrich.models import Change, Finding, Memory, Outcome, Plan


TAKEN_BACK = "taken back in a pull request"
"""Why a change is rejected whose name alone was known."""


class Scribe:
    """Writes the entries of one run, and in the end what is to be known of them."""

    def __init__(
        self,
        state: StateFolder,
        journal: Journal | None,
        memories: Memories,
        uncommitted: frozenset[str] = frozenset(),
    ) -> None:
        """
        *journal* is None where there is no way to keep one, which the caller has agreed to.

        What an earlier run wrote to the *uncommitted* entries may still be discarded,
        which is no decision about it; so it does not count as having stood.
        """
        self._state = state
        self._journal = journal
        self._before = memories
        self._remembered = Memories(memories)
        self._uncommitted = uncommitted
        self._proposed: list[Pending] = []
        self._finished: set[str] = set()
        self._queued: dict[str, list[Change]] | None = None
        """By path; read when the first plan comes that isn't certain."""
        self._waiting: set[Change] = set()
        self._refused: list[Change] = []
        self._unpatched: Counter[tuple[str, str]] = Counter()

    def write(self, plan: Plan) -> str | None:
        """
        Make the file what *plan* says; None once it stands there, else why nothing was written.

        Raises StateError where the journal can't be written.
        """
        if self._journal:
            self._journal.note(plan.document, plan.text, pendings(plan, plan.written))
        done = write_atomically(self._state.root, plan.document, plan.text)
        if self._journal and not isinstance(done, Written):
            self._journal.withdraw()
        match done:
            case Written():
                return None
            case Stale():
                return "the file changed while enrich ran; run the same command again"
            case NotWritten(reason):
                return reason

    def moved(self, old: str, memory: EntryMemory) -> None:
        """The entry that was at *old* is at the path of *memory* now."""
        self._remembered.pop(old, None)
        self._remembered[memory.path] = memory

    def finish(self, plan: Plan, *, wrote: bool) -> None:
        """
        This entry is done: its pending changes replace those of earlier runs.

        Where *plan* isn't certain, what waited before and still stands goes on waiting.
        """
        written = set(plan.written) if wrote else set()
        if not plan.is_certain and (queued := self._queued_for(plan.document.path)):
            now = replace(plan.document, text=plan.text) if written else plan.document
            self._waiting.update(still_waiting(queued, plan, now))
        self._proposed += pendings(plan, [change for change in plan.changes if change not in written])
        self._finished.add(plan.document.path)
        self._refused += plan.refused
        self._remember(plan, written)

    def _queued_for(self, path: str) -> list[Change]:
        if self._queued is None:
            by_path: defaultdict[str, list[Change]] = defaultdict(list)
            for item in read_pending(self._state):
                by_path[item.change.path].append(item.change)
            self._queued = by_path
        return self._queued.get(path, [])

    def unchanged(self, outcome: Outcome) -> None:
        """
        This entry is done, and need not be planned: as `finish` of a plan that led to *outcome*.

        To be called where that plan had no changes and `is_settled`.
        """
        self._finished.add(outcome.path)

    def reported(self, outcome: Outcome) -> None:
        """What a person is told of an entry, or of entries that claim one work: what is left is counted."""
        self._unpatched.update((one.path, one.finding.rule) for one in outcome.results if one.is_left)

    def _remember(self, plan: Plan, written: set[Change]) -> None:
        path = plan.document.path
        record = plan.records[0] if plan.records else None
        known = self._remembered.get(path, EntryMemory(path))
        name = f"{record.scheme}:{record.id}" if record else known.record
        blob = blob_id(plan.document.encode(plan.text)) if written else known.blob
        made = plan.written if written else ()
        removed = removals(change.fix for change in made)
        standing = ((after_removals(field, removed), held) for field, held in self._standing(plan, known))
        memory = EntryMemory(path, name, tuple(sorted(standing)), blob, plan.key or known.key)
        for change in made:
            fix = change.fix
            field = after_removals(fix.field, removed)
            memory = memory.with_field(field, remember(known.of(fix.field), fix.before, fix.after))
        if memory.fields:
            self._remembered[path] = memory
        else:
            self._remembered.pop(path, None)

    def _standing(self, plan: Plan, known: EntryMemory) -> Iterator[tuple[str, Memory]]:
        for field, memory in plan.memories:
            old = known.of(field)
            if old and memory.owner is Owner.OURS and plan.document.path in self._uncommitted:
                yield field, replace(memory, stood=old.stood)
            else:
                yield field, memory

    def _replaces(self, name: tuple[str, str], ran: frozenset[str]) -> bool:
        path, rule = name
        return path in self._finished and rule in ran

    def close(self, ran: frozenset[str]) -> None:
        """Write queue and memory; only entries that were finished and rules that *ran* are replaced."""
        with contextlib.ExitStack() as end:
            if self._journal:
                end.callback(self._journal.close)
            end.enter_context(self._state.alone())
            self._remember_all(ran)

    def _remember_all(self, ran: frozenset[str]) -> None:
        queue = read_pending(self._state)
        new = after_run(queue, self._proposed, finished=self._finished, ran=ran, waiting=self._waiting)
        noted = read_unpatched(self._state)
        kept = {name: number for name, number in noted.items() if not self._replaces(name, ran)}
        unpatched = kept | self._unpatched
        if (new, unpatched) != (queue, noted):
            write_pending(self._state, new, unpatched)
        refusals = (decision_about(change, Verdict.REJECTED, TAKEN_BACK) for change in self._refused)
        with written_down(self._state, self._journal, self._before, self._remembered):
            add_decisions(self._state, refusals)


def is_settled(plan: Plan, known: EntryMemory) -> bool:
    """Whether what is remembered of the fields stays as it is, where nothing is written; *known* is that."""
    named = f"{plan.records[0].scheme}:{plan.records[0].id}" if plan.records else known.record
    stays = (named, plan.key or known.key) == (known.record, known.key)
    return stays and tuple(sorted(plan.memories)) == known.fields and bool(known.fields)


def pendings(plan: Plan, changes: Iterable[Change]) -> list[Pending]:
    """*changes* with what the findings say about them."""
    said = {(one.fix.path, one.fix.after): one for one in plan.findings if one.fix}
    return [pending_of(change, said.get((change.fix.path, change.fix.after))) for change in changes]


def pending_of(change: Change, finding: Finding | None) -> Pending:
    """*change* with what *finding* says about it."""
    if finding is None:
        return Pending(change)
    because = (Because(each.source, query_name(each.query), each.retrieved_at) for each in finding.because)
    return Pending(change, finding.message, finding.evidence, finding.url, tuple(because))
