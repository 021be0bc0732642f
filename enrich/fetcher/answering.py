"""
From queries to answers: memory first, equal questions once, batches, the right source.

Knows no rule and no source by name. What it is told goes to the memory the moment
it is known, and to the disk `FLUSH_S` later: only what was told in between is asked
again after a run that was killed. A memory that refuses ends the asking: what nobody
keeps would be asked again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from enrich.errors import StateError
from enrich.fetcher.batches import LINGER_S, Batcher, settle
from enrich.fetcher.reach import Reach
from enrich.fetcher.words import Interrupted
from enrich.links import host_key
from enrich.models import (
    Answer,
    CitationsQuery,
    Failure,
    LinkCheck,
    LinkQuery,
    NotFound,
    PassOn,
    PublishedQuery,
    Reason,
    RecordQuery,
    SearchQuery,
)
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from enrich.fetcher.words import Memory, Source
    from enrich.models import AnswerOutcome, Query

FLUSH_S = 0.02
"""Between an answer and its place on the disk. A transaction of its own costs each as much as
the writing itself."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a source did not answer."""

    questions: int
    why: Failure
    """The first of them."""


class Fetcher:
    """Answers queries; use as an asynchronous context manager, which ends its senders."""

    def __init__(
        self,
        sources: Sequence[Source],
        memory: Memory,
        *,
        now: Callable[[], dt.datetime],
        offline: bool = False,
        refresh: bool = False,
        linger_s: float = LINGER_S,
    ) -> None:
        """*linger_s* is how long a batch that isn't full waits for one more question."""
        self._linger_s = linger_s
        self._sources = sources
        self._memory = memory
        self._now = now
        self._offline = offline
        self._refresh = refresh
        self._under_way: dict[Query, asyncio.Future[Answer]] = {}
        self._batchers: dict[str, Batcher] = {}
        self._passed_on: dict[Query, _Held] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stack = AsyncExitStack()
        self._stopping = False
        self._flushing: asyncio.TimerHandle | None = None
        self._reach = Reach()
        self._refused: StateError | None = None
        """What the memory said when it refused for the first time."""
        self.answered: Counter[str] = Counter()
        """Questions that a source has answered, by its name."""
        self.left_open: dict[str, LeftOpen] = {}
        """Questions about works that a source could not answer, by its name."""
        self.remembered = 0
        """Answers that came from memory."""

    async def __aenter__(self) -> Self:
        group = await self._stack.enter_async_context(asyncio.TaskGroup())
        for source in self._sources:
            if source.batch > 1:
                batcher = Batcher(source, self._keep, self._pass_on, linger_s=self._linger_s)
                self._batchers[source.name] = batcher
                self._tasks.add(group.create_task(batcher.send()))
        self._group = group
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        if isinstance(error, asyncio.CancelledError):
            await self._stack.__aexit__(kind, error, trace)
        else:
            # Not handed to the group, which would wrap whoever's error it is in one of its own.
            await self._stack.__aexit__(None, None, None)
        if self._flushing is not None:
            self._flushing.cancel()
        self._memory.flush()
        if self._refused is not None:
            raise self._refused

    def remembers(self, answers: int) -> None:
        """So many more answers came from memory, by another way."""
        self.remembered += answers

    def stop(self) -> None:
        """Ask nothing more: what waits in a queue raises `Interrupted`; requests under way go on."""
        self._stopping = True
        for batcher in self._batchers.values():
            batcher.drop_waiting()

    def abandon(self) -> None:
        """Wait for nothing any more: requests under way are given up as well."""
        self.stop()
        for future in self._under_way.values():
            if not future.done():
                future.set_exception(Interrupted())

    @property
    def unreachable(self) -> str | None:
        """
        The hosts that were asked, where not one of them could be reached; None where that isn't so.

        One or two that are out of reach say nothing of the network where the answers of
        earlier runs were of use: they are what a second run asks again.
        """
        if self.remembered and not self._reach.is_without_network:
            return None
        return self._reach.unreachable

    def waiting(self, source: str) -> int:
        """Questions that wait for a batch of *source* to be sent, or for its answer."""
        return self._batchers[source].size if source in self._batchers else 0

    async def answer(self, queries: Iterable[Query]) -> Mapping[Query, Answer]:
        """
        The answers to *queries*.

        Raises Interrupted once `stop` was called, or the memory has refused, and not everything is
        known; what the memory said is raised at the end.
        """
        futures = {query: self._future(query) for query in queries}
        return {query: await future for query, future in futures.items()}

    def _future(self, query: Query) -> Awaitable[Answer]:
        under_way = self._under_way.get(query)
        if under_way is not None:
            return under_way
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        remembered = None if self._refresh else self._recalled(query)
        if remembered is not None:
            self.remembered += 1
            future.set_result(remembered)
        elif self._reach.is_without_network:
            detail = f"no network ({self._reach.unreachable})"
            future.set_result(self._answer(query, Failure(Reason.NETWORK, detail), "none"))
        elif self._offline:
            future.set_result(self._answer(query, Failure(Reason.NETWORK, "offline"), "offline"))
        elif self._stopping:
            raise Interrupted
        else:
            self._under_way[query] = future
            future.add_done_callback(lambda _: self._forget(query, future))
            self._dispatch(query, future)
        return future

    def _recalled(self, query: Query) -> Answer | None:
        try:
            return self._memory.get(query)
        except StateError as error:
            raise self._ended_by(error) from error

    def _ended_by(self, error: StateError) -> Interrupted:
        """The memory refused: nothing more is asked, and nothing more is given to it but at the end."""
        self._refused = self._refused or error
        self.stop()
        return Interrupted()

    def _forget(self, query: Query, future: asyncio.Future[Answer]) -> None:
        self._under_way.pop(query, None)
        self._passed_on.pop(query, None)
        if not future.cancelled():
            future.exception()  # whoever waits gets it; nobody waiting is no reason for a warning

    def _dispatch(self, query: Query, future: asyncio.Future[Answer], after: Source | None = None) -> None:
        """To the first source that accepts *query*, of all or of those *after* one."""
        sources = self._sources if after is None else self._sources[self._sources.index(after) + 1 :]
        source = next((source for source in sources if source.accepts(query)), None)
        if source is None:
            self._nobody_left(query, future)
        elif source.batch > 1:
            self._batchers[source.name].put(query, future)
        else:
            task = self._group.create_task(self._ask_alone(source, query, future))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _nobody_left(self, query: Query, future: asyncio.Future[Answer]) -> None:
        """The answer is what was passed on. Raises LookupError where nobody was there to be asked."""
        held = self._passed_on.get(query)
        if held is None:
            raise LookupError(f"no source answers {query}")
        answer = self._keep(query, held.outcome, held.source)
        if not future.done():
            future.set_result(answer)

    def _pass_on(
        self, query: Query, future: asyncio.Future[Answer], after: Source, passed: PassOn | None
    ) -> None:
        """Raises Interrupted where the run is stopping."""
        if self._stopping:
            raise Interrupted
        held = self._passed_on.get(query)
        if passed and (held is None or _goes_over(passed.outcome, held.outcome)):
            self._passed_on[query] = _Held(passed.outcome, after.name)
        self._dispatch(query, future, after)

    async def _ask_alone(self, source: Source, query: Query, future: asyncio.Future[Answer]) -> None:
        await settle(source, [(query, future)], self._keep, self._pass_on)

    def _keep(self, query: Query, outcome: AnswerOutcome, source: str) -> Answer:
        """Raises Interrupted for what could not be found out because the run is stopping, or not be kept."""
        if self._refused or (self._stopping and _reason(outcome)):
            raise Interrupted
        if _reason(outcome) is Reason.NETWORK:
            self._reach.misses(host_key(query.url) if isinstance(query, LinkQuery) else source)
        else:
            self._reach.has_answer()
        if isinstance(outcome, Failure) and isinstance(
            query, RecordQuery | SearchQuery | PublishedQuery | CitationsQuery
        ):
            before = self.left_open.get(source, LeftOpen(0, outcome))
            self.left_open[source] = LeftOpen(before.questions + 1, before.why)
        self.answered[source] += 1
        answer = self._answer(query, outcome, source)
        held = self._passed_on.get(query)
        if held and held.outcome is not outcome and isinstance(held.outcome, Failure):
            # Of one that stood in: whoever knows best is asked again next time.
            return answer
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(FLUSH_S, self._flush)
        try:
            return self._memory.put(answer)
        except StateError as error:
            raise self._ended_by(error) from error

    def _flush(self) -> None:
        self._flushing = None
        try:
            self._memory.flush()
        except StateError as error:
            self._ended_by(error)

    def _answer(self, query: Query, outcome: AnswerOutcome, source: str) -> Answer:
        return Answer(query, outcome, source, retrieved_at=self._now())


def _reason(outcome: AnswerOutcome) -> Reason | None:
    """Why it could not be found out; None where it was."""
    return outcome.reason if isinstance(outcome, Failure | LinkCheck) else None


def _goes_over(outcome: NotFound | Failure, held: NotFound | Failure) -> bool:
    return isinstance(outcome, Failure) and isinstance(held, NotFound)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a source passed on, and its name."""

    outcome: NotFound | Failure
    source: str
