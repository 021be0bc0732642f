"""What a fetcher is given: sources that answer, and a memory of what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import Answer, AnswerOutcome, PassOn, Query


class Source(Protocol):
    """One place that answers questions, such as arXiv's API or the web."""

    @property
    def name(self) -> str: ...

    @property
    def batch(self) -> int:
        """How many questions one request may hold; 1 where there are no batches."""

    def accepts(self, query: Query) -> bool: ...

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | PassOn | None]:
        """
        The outcomes in the order of *queries*. Trouble is a `Failure`, never an exception.

        None where this source can't decide: the next one that accepts the query is asked,
        and there is one. PassOn where the next one may know more, if there is any. What it
        answers instead of a Failure is not remembered.
        """


class Memory(Protocol):
    """Answers of earlier runs; see `cache`."""

    def get(self, query: Query) -> Answer | None: ...

    def put(self, answer: Answer) -> Answer:
        """Keeps *answer* and returns it with its history."""

    def flush(self) -> None:
        """What was put outlives the process from here on. Raises StateError where that can't be."""


class Interrupted(Exception):  # noqa: N818 - a signal to a conversation, not an error
    """The run is stopping: this question won't be asked any more."""
