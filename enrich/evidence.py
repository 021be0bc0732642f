"""
What is known when a rule looks at an entry, and a note of what it wanted to know.

Looking is asking: `Evidence.get` returns an answer, or None after noting that
the question must be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from enrich.models import Answer, Query

T = TypeVar("T")


class Evidence:
    """The answers that there are; one object per call of `planning.advance`."""

    def __init__(self, answers: Mapping[Query, Answer]) -> None:
        self._answers = answers
        self._wanted: dict[Query, None] = {}
        self._worked_out: dict[Hashable, object] = {}

    def get(self, query: Query) -> Answer | None:
        """The answer, or None where it isn't known *yet*; absence and failure are answers."""
        answer = self._answers.get(query)
        if answer is None:
            self._wanted[query] = None
        return answer

    def get_all(self, queries: Iterable[Query]) -> tuple[Answer, ...] | None:
        """Every answer in the order asked, or None while one is missing; all are asked at once."""
        answers = [self.get(query) for query in queries]
        return tuple(answer for answer in answers if answer) if all(answers) else None

    def once(self, what: Hashable, work_out: Callable[[], T]) -> T:
        """What *work_out* makes of these answers, worked out once however many rules look."""
        if what not in self._worked_out:
            self._worked_out[what] = work_out()
        return cast("T", self._worked_out[what])

    @property
    def wanted(self) -> tuple[Query, ...]:
        """Missing answers in the order in which they were first looked for."""
        return tuple(self._wanted)
