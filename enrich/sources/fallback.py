"""
Who is asked next, and who answers where nobody is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from enrich.models import CitationsQuery, Failure, PassOn, PublishedQuery, Reason, RecordQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import AnswerOutcome, Query


class _Accepting(Protocol):
    def accepts(self, query: Query) -> bool: ...


class _Source(_Accepting, Protocol):
    @property
    def name(self) -> str: ...

    @property
    def batch(self) -> int: ...

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]: ...


class WithFallback:
    """*source*, with each Failure passed on; where nobody knows more, it stands."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self.name = source.name

    @property
    def batch(self) -> int:
        return self._source.batch

    def accepts(self, query: Query) -> bool:
        return self._source.accepts(query)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | PassOn]:
        outcomes = await self._source.ask(queries)
        return [PassOn(outcome) if isinstance(outcome, Failure) else outcome for outcome in outcomes]


class Nobody:
    """Who answers what none of *others* does: what `[metadata].sources` leaves out is not known."""

    name = "nobody"
    batch = 1

    def __init__(self, others: Sequence[_Accepting]) -> None:
        self._others = others

    def accepts(self, query: Query) -> bool:
        is_about_a_work = isinstance(query, RecordQuery | PublishedQuery | CitationsQuery)
        return is_about_a_work and not any(source.accepts(query) for source in self._others)

    async def ask(self, queries: Sequence[Query]) -> Sequence[Failure]:
        return [Failure(Reason.BLOCKED, "who could know is not among the sources that are asked")] * len(
            queries
        )
