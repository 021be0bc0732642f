"""The conversation with one entry, from its path to its plan; or what came of it before, where that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import vcs
from enrich.cli import bugs
from enrich.cli.unchanged import open_unchanged
from enrich.fetcher import Interrupted
from enrich.files import Unread, read
from enrich.ledger import Moved, Standing
from enrich.models import Finding, Outcome, Plan, Result, State
from enrich.naming import fingerprint
from enrich.planning import identifiers_of, open_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enrich.cache import Told
    from enrich.cli.given import Given
    from enrich.cli.unchanged import Unchanged
    from enrich.ledger import EntryMemory
    from enrich.models import Answer, Document, Memory, Query
    from enrich.network import Known, Network
    from enrich.rule import Context


class Conversations:
    """With the entries of one run, and what is remembered of each."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._standing = Standing(given.setting.root)
        self._moved = Moved(given.setting.root, given.memories)
        self._unchanged: Unchanged | None = None
        """None where every entry is looked into."""

    def recall(self, known: Known) -> bool:
        """Whether *known* may tell what came of entries before, so that `untouched` is worth asking."""
        self._unchanged = open_unchanged(self._given, known)
        return self._unchanged is not None

    def close(self) -> None:
        if self._unchanged:
            self._unchanged.close()

    def untouched(self, path: str) -> Told | None:
        """What came of an entry before, where its file need not be read to know that it still holds."""
        if self._unchanged is None or self._may_have_moved(path):
            return None
        return self._unchanged.untouched(path, self._given.memories.get(path), self._standing.fields)

    def go_on_with(self, paths: Sequence[str]) -> None:
        """From here on `about` is asked for *paths*, and `untouched` no more."""
        if self._unchanged:
            self._unchanged.goes_on_with(paths)

    async def about(self, path: str, network: Network) -> Plan | Told | Outcome | None:
        """A plan, or the outcome of an entry that can't have one; None where the run stopped before."""
        signature = self._unchanged.signatures.lasting(path) if self._unchanged else ""
        document = read(self._given.setting.root, path)
        if isinstance(document, Unread):
            return _unread(document, self._given.context)
        memory = self._given.memories.get(path) or self._moved_here(document)
        fields = self._standing.fields(memory, lambda: vcs.blob_id(document.encode())) if memory else {}
        unchanged = None if self._may_have_moved(path) else self._unchanged
        if unchanged and (told := unchanged.of(document, signature, memory, fields)):
            return told
        try:
            plan, answers = await self._converse(document, network, fields)
            if unchanged:
                unchanged.learn(plan, signature, memory, fields, answers)
            return plan
        except Interrupted:
            return None
        except Exception as error:  # noqa: BLE001 - one entry that breaks does not stop five thousand
            bugs.keep(self._given.setting, path, error)
            return Outcome(path, (), bug=f"{type(error).__name__}: {error}")

    async def _converse(
        self, document: Document, network: Network, fields: Mapping[str, Memory]
    ) -> tuple[Plan, Iterable[Answer]]:
        """The plan, and the answers on which it rests."""
        answers: dict[Query, Answer] = {}

        async def fetch(queries: Iterable[Query]) -> Mapping[Query, Answer]:
            given = await network.answer(queries)
            answers.update(given)
            return given

        plan = await network.converse(document, self._given.context, fetch, fields)
        return plan, answers.values()

    def _may_have_moved(self, path: str) -> bool:
        return bool(self._moved) and path not in self._given.memories

    def _moved_here(self, document: Document) -> EntryMemory | None:
        """What is remembered of an entry that had another path when it was last written."""
        context, scribe = self._given.context, self._given.scribe
        subject = open_entry(document, context) if self._moved else None
        if subject is None or isinstance(subject, Plan):
            return None
        found = self._moved.claim(subject.entry, identifiers_of(subject.entry, context.today))
        if found and scribe:
            scribe.moved(*found)
        return found[1] if found else None


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
