"""
Entries that are as they were when they were last looked at, and so is all that was known then.

Their outcomes come from the cache: nothing is parsed, planned or looked up. What rests on
something that could not be found out, or may be another entry's, is looked at each time.
"""

from __future__ import annotations

import contextlib
from dataclasses import field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from enrich.cache import MIRROR, Entry, Situation, State, Told, read_told, write_told
from enrich.cli.catalogue import SAMPLED, LateCustoms
from enrich.cli.circumstances import digest_of_all, program
from enrich.duplicates import may_be_anothers, stated
from enrich.errors import StateError
from enrich.files import Signatures
from enrich.models import FileQuery
from enrich.outcomes import outcome_of
from enrich.reports import LISTING
from enrich.vcs import blob_id
from enrich.words import dataclass

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from enrich.cache import Cache, Kept, Snapshot
    from enrich.cli.given import Given
    from enrich.ledger import EntryMemory
    from enrich.models import Answer, Document, Memory, Plan
    from enrich.network import Known
    from enrich.rule import Context
    from enrich.setting import Setting

    Fields: TypeAlias = Callable[[EntryMemory, Callable[[], str]], Mapping[str, Memory]]

PORTION = 500
"""Entries that are read from the cache, and written to it, at once."""


def open_unchanged(given: Given, known: Known) -> Unchanged | None:
    """None where every entry is to be looked at."""
    args, setting, catalogue, context = given.args, given.setting, given.catalogue, given.context
    formats = _formats(args, setting)
    if "html" in formats:
        return None  # the review page shows the texts
    if not catalogue.key and len(catalogue.paths) < SAMPLED:
        return None  # to learn the catalogue's customs would cost more than to look at so few
    mirror = known.mirror.digest if known.mirror else ""
    try:
        circumstances = digest_of_all(
            program(), lasting(context), args.offline, args.records, known.snapshot.digest, mirror
        )
    except TypeError:
        return None  # a part of them is of a kind that has no digest
    is_inside = setting.cache_folder.is_relative_to(setting.root)
    where = Situation(
        "" if is_inside else digest_of_all(str(setting.root)),
        circumstances,
        context.today,
    )
    is_whole = not (args.paths or args.changed_from)
    return Unchanged(
        known.cache,
        known.snapshot,
        where,
        catalogue.paths,
        Signatures(setting.root, known.cache.path.with_name(".gitignore")),
        is_whole=is_whole,
        is_run=args.command == "run",
        is_refreshed=args.refresh,
        keeps_records=args.records,
        lists_links=not formats.isdisjoint(LISTING),
    )


def _formats(args: argparse.Namespace, setting: Setting) -> frozenset[str]:
    """In which the run is told, wherever; those that a platform adds count links only."""
    wanted = (*getattr(args, "report", ()), *setting.config.report.reports)
    return frozenset((getattr(args, "output_format", ""), *(text.partition("=")[0] for text in wanted)))


@dataclass(slots=True)
class Unchanged:
    """What the cache knows of whole entries; to be closed at the end of a run."""

    cache: Cache
    snapshot: Snapshot
    where: Situation
    paths: Sequence[str]
    """Of the run, in the order in which they are looked at."""
    signatures: Signatures
    is_whole: bool
    """These are all entries of the catalogue."""
    is_run: bool
    """Something may be written: what has changes to make or to queue is looked at."""
    is_refreshed: bool
    """Nothing is believed that was known before."""
    keeps_records: bool
    lists_links: bool
    """A report lists every link: it is not enough to count them."""
    _left: Sequence[str] = ()
    """Of `paths` those that are still to be asked for, in order."""
    _read: int = 0
    """How many of them were looked for in the cache."""
    _known: dict[str, Kept | None] = field(default_factory=dict)
    """What was found of them, until it is asked for: each is once."""
    _new: list[Entry] = field(default_factory=list)
    _signed: list[tuple[str, str, str]] = field(default_factory=list)
    _learned: bool = False

    def __post_init__(self) -> None:
        self._left = self.paths

    def goes_on_with(self, paths: Sequence[str]) -> None:
        """Of the entries at *paths*, in about this order, the files are read: they are asked for again."""
        self._left, self._read, self._known = paths, 0, {}

    def untouched(self, path: str, memory: EntryMemory | None, fields: Fields) -> Told | None:
        """
        What came of the entry at *path* before, where its file is known to be as it was without being read.

        *fields* are those of *memory*, given what git would keep the file under.
        """
        kept = self._kept(path)
        if kept is None or not kept.signature or kept.signature != self.signatures.of(path):
            return None
        state = kept.state
        if memory is None:
            is_same = not state.memory
        else:
            is_same = bool(state.blob) and state.memory == _digest(memory, fields(memory, lambda: state.blob))
        return self._told(path, kept) if is_same else None

    def of(
        self, document: Document, signature: str, memory: EntryMemory | None, fields: Mapping[str, Memory]
    ) -> Told | None:
        """
        What came of *document* before, where it would come of it now; *fields* are those of `converse`.

        *signature* is the lasting one that its file had before it was read.
        """
        kept = self._kept(document.path)
        if kept is None or kept.state.digest != document.digest:
            return None
        if kept.state.memory != (_digest(memory, fields) if memory else ""):
            return None
        if signature and signature != kept.signature:
            self._signed.append((document.path, signature, document.digest))
            self._keep_some()
        return self._told(document.path, kept)

    def _told(self, path: str, kept: Kept) -> Told | None:
        if self.lists_links and kept.details is None:
            return None
        told = read_told(kept.value, kept.details)
        if told is None or told.outcome.path != path:
            return None
        return None if self.is_run and (told.outcome.pending or not told.settled) else told

    def _kept(self, path: str) -> Kept | None:
        if self.is_refreshed:
            return None
        while path not in self._known and self._read < len(self._left):
            portion = self._left[self._read : self._read + PORTION]
            self._read += len(portion)
            found: Mapping[str, Kept] = {}
            # Where the disk refuses, these entries are looked at again.
            with contextlib.suppress(StateError):
                found = self.cache.entries(self.where, portion, details=self.lists_links)
            self._known |= {name: found.get(name) for name in portion}
        return self._known.pop(path, None)

    def learn(
        self,
        plan: Plan,
        signature: str,
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
            value, details = write_told(Told(outcome, stated(plan), len(given), _is_settled(plan, memory)))
        except ValueError:
            return  # a value that text can't hold
        aging = tuple(
            answer for answer in given if answer.query not in self.snapshot and answer.source != MIRROR
        )
        document = plan.document
        state = State(
            document.digest,
            blob_id(document.encode()) if memory else "",
            _digest(memory, fields) if memory else "",
        )
        self._new.append(
            Entry(document.path, signature, state, aging, value, details, _may_have_an_end(document))
        )
        self._keep_some()

    def _is_certain(self, plan: Plan, answers: Iterable[Answer]) -> bool:
        """Whether *plan* is what it would be as long as the answers stay, whatever else happens."""
        if not plan.is_certain or may_be_anothers(plan) or plan.taken_back or plan.refused:
            return False
        if self.is_run and plan.written:
            return False
        # What was asked anew may differ from what a snapshot says, which the next run believes.
        return not any(
            isinstance(answer.query, FileQuery)  # files come and go without any answer
            or (self.is_refreshed and answer.query in self.snapshot)
            for answer in answers
        )

    def close(self) -> None:
        self._keep()
        if self._learned:
            with contextlib.suppress(StateError):
                self.cache.tidy_entries(self.where, self.paths if self.is_whole else None)

    def _keep_some(self) -> None:
        if len(self._new) + len(self._signed) >= PORTION:
            self._keep()

    def _keep(self) -> None:
        # Where the disk refuses, the next run looks at these entries again.
        if self._new:
            with contextlib.suppress(StateError):
                self.cache.keep_entries(self.where, self._new)
            self._learned = True
            self._new = []
        if self._signed:
            with contextlib.suppress(StateError):
                self.cache.sign_entries(self.where, self._signed)
            self._signed = []


def lasting(context: Context) -> Context:
    """
    What outcomes depend on: of the day no more than its month, up to which there are identifiers of arXiv.

    Besides, an `[[ignore]]` that has ended is not in the context, and a comment that may end is looked for.
    """
    customs = context.customs
    known = customs.known if isinstance(customs, LateCustoms) else customs
    return replace(context, customs=known, today=context.today.replace(day=1))


def _may_have_an_end(document: Document) -> bool:
    """Whether a comment in it may hold on some days, `# enrich: ignore[…] until=2030-12-31`."""
    return "until=" in document.text


def _is_settled(plan: Plan, memory: EntryMemory | None) -> bool:
    if memory is None:
        return not plan.memories
    from enrich.writing import is_settled  # what a check of entries that were never written does without

    return is_settled(plan, memory)


def _digest(memory: EntryMemory, fields: Mapping[str, Memory]) -> str:
    """Words that hold texts and choices alone, whose `repr` says all of them."""
    told = repr((memory, sorted(fields.items(), key=lambda item: item[0])))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
