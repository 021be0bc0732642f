"""
Entries that are as they were when they were last looked at, and so is all that was known then.

Their outcomes come from the cache: nothing is parsed, planned or looked up. What rests on
something that could not be found out, or may be another entry's, is looked at each time.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from enrich.cache import Entry, Situation, Told, read_told, write_told
from enrich.cli.catalogue import SAMPLED, LateCustoms
from enrich.cli.circumstances import digest_of_all, program
from enrich.duplicates import may_be_anothers, stated
from enrich.errors import StateError
from enrich.models import FileQuery
from enrich.outcomes import outcome_of
from enrich.planning import is_failure

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence

    from enrich.cache import Cache, Snapshot
    from enrich.cli.catalogue import Catalogue
    from enrich.ledger import EntryMemory
    from enrich.models import Answer, Document, Memory, Plan
    from enrich.rule import Context
    from enrich.setting import Setting

PORTION = 500
"""Entries that are read from the cache, and written to it, at once."""


def open_unchanged(
    args: argparse.Namespace,
    setting: Setting,
    catalogue: Catalogue,
    context: Context,
    cache: Cache,
    snapshot: Snapshot,
) -> Unchanged | None:
    """None where every entry is to be looked at."""
    wanted = (*getattr(args, "report", ()), *setting.config.report.reports)
    if any(text.startswith("html=") for text in wanted):
        return None  # the review page shows the texts
    if catalogue.detected is None and len(catalogue.paths) < SAMPLED:
        return None  # to learn the catalogue's customs would cost more than to look at so few
    try:
        circumstances = digest_of_all(program(), _known(context), args.offline, args.records, snapshot.digest)
    except TypeError:
        return None  # a part of them is of a kind that has no digest
    is_inside = setting.cache_folder.is_relative_to(setting.root)
    where = Situation(
        "" if is_inside else digest_of_all(str(setting.root)),
        circumstances,
        context.today.isoformat(),
    )
    is_whole = not (args.paths or args.changed_from)
    return Unchanged(
        cache,
        snapshot,
        where,
        catalogue.paths,
        is_whole=is_whole,
        is_run=args.command == "run",
        is_refreshed=args.refresh,
        keeps_records=args.records,
    )


@dataclass(slots=True)
class Unchanged:
    """What the cache knows of whole entries; to be closed at the end of a run."""

    cache: Cache
    snapshot: Snapshot
    where: Situation
    paths: Sequence[str]
    """Of the run, in the order in which they are looked at."""
    is_whole: bool
    """These are all entries of the catalogue."""
    is_run: bool
    """Something may be written: what has changes to make or to queue is looked at."""
    is_refreshed: bool
    """Nothing is believed that was known before."""
    keeps_records: bool
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _read: int = 0
    """How many of `paths` were looked for in the cache."""
    _position: dict[str, int] = field(default_factory=dict)
    _new: list[Entry] = field(default_factory=list)
    _learned: bool = False

    def __post_init__(self) -> None:
        self._position = {path: number for number, path in enumerate(self.paths)}

    def of(self, document: Document, memory: EntryMemory | None, fields: Mapping[str, Memory]) -> Told | None:
        """What came of *document* before, where it would come of it now; *fields* are those of `converse`."""
        if self.is_refreshed:
            return None
        self._read_up_to(document.path)
        state, value = self._known.pop(document.path, ("", ""))
        if not value or state != _state(document, memory, fields):
            return None
        told = read_told(value)
        if told is None or told.outcome.path != document.path:
            return None
        return None if self.is_run and (told.outcome.pending or not told.settled) else told

    def _read_up_to(self, path: str) -> None:
        while self._read <= self._position.get(path, -1):
            portion = self.paths[self._read : self._read + PORTION]
            self._read += len(portion)
            self._known |= self.cache.entries(self.where, portion)

    def learn(
        self,
        plan: Plan,
        memory: EntryMemory | None,
        fields: Mapping[str, Memory],
        answers: Iterable[Answer],
    ) -> None:
        """Remember what comes of *plan*, which rests on *answers*, where that is certain."""
        given = tuple(answers)
        if not self._is_certain(plan, given):
            return
        outcome = outcome_of(plan, wrote=False, records=self.keeps_records)
        try:
            value = write_told(Told(outcome, stated(plan), len(given), _is_settled(plan, memory)))
        except ValueError:
            return  # a value that text can't hold
        aging = tuple(answer for answer in given if answer.query not in self.snapshot)
        self._new.append(Entry(plan.document.path, _state(plan.document, memory, fields), aging, value))
        if len(self._new) >= PORTION:
            self._keep()

    def _is_certain(self, plan: Plan, answers: Iterable[Answer]) -> bool:
        """Whether *plan* is what it would be as long as the answers stay, whatever else happens."""
        if (self.is_run and plan.written) or may_be_anothers(plan) or plan.taken_back or plan.refused:
            return False
        # What was asked anew may differ from what a snapshot says, which the next run believes.
        return not any(
            is_failure(answer)
            or isinstance(answer.query, FileQuery)  # files come and go without any answer
            or (self.is_refreshed and answer.query in self.snapshot)
            for answer in answers
        )

    def close(self) -> None:
        self._keep()
        if self._learned:
            with contextlib.suppress(StateError):
                self.cache.tidy_entries(self.where, self.paths if self.is_whole else None)

    def _keep(self) -> None:
        # Where the disk refuses, the next run looks at these entries again.
        if self._new:
            with contextlib.suppress(StateError):
                self.cache.keep_entries(self.where, self._new)
            self._learned = True
            self._new = []


def _known(context: Context) -> Context:
    customs = context.customs
    return replace(context, customs=customs.known) if isinstance(customs, LateCustoms) else context


def _is_settled(plan: Plan, memory: EntryMemory | None) -> bool:
    if memory is None:
        return not plan.memories
    from enrich.writing import is_settled  # what a check of entries that were never written does without

    return is_settled(plan, memory)


def _state(document: Document, memory: EntryMemory | None, fields: Mapping[str, Memory]) -> str:
    return digest_of_all(document.digest, memory, fields) if memory else document.digest
