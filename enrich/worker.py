"""
A conversation: what the mind asks is answered, until it says what it thinks.

Never fetches itself and never decides: a step of the mind decides, the function it
is given fetches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from enrich.models import Answer, Ask, Plan, Query
from enrich.planning import advance, open_entry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from enrich.models import Document
    from enrich.proposing import Memories
    from enrich.rule import Context

    Fetch: TypeAlias = Callable[[Iterable[Query]], Awaitable[Mapping[Query, Answer]]]

Thought = TypeVar("Thought")

MOST_ROUNDS = 12
"""
One for what is written, one for each tier of repairs, one for older versions, one for
guesses, one for a title, one for addresses that were repaired.
"""


async def converse(
    document: Document, context: Context, fetch: Fetch, memories: Memories | None = None
) -> Plan:
    """The plan for *document*; raises as `think` does."""
    subject = open_entry(document, context, memories)
    if isinstance(subject, Plan):
        return subject
    return await think(lambda answers: advance(subject, answers, context), fetch)


async def think(step: Callable[[Mapping[Query, Answer]], Ask | Thought], fetch: Fetch) -> Thought:
    """
    What *step* says once it knows all that it asks for.

    Raises RuntimeError where it goes on asking: a bug, since each question of the mind
    has a bounded depth.
    """
    answers: dict[Query, Answer] = {}
    for _ in range(MOST_ROUNDS):
        said = step(answers)
        if not isinstance(said, Ask):
            return said
        answers |= await fetch(said.queries)
    raise RuntimeError(f"still asking after {MOST_ROUNDS} rounds of questions")
