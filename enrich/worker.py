"""
The conversation with one entry: what it asks is answered, until there is a plan.

Never fetches itself and never decides: `planning.advance` decides, the function it
is given fetches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.models import Answer, Ask, Document, Plan, Query
from enrich.planning import advance, open_entry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from enrich.proposing import Memories
    from enrich.rule import Context

    Fetch: TypeAlias = Callable[[Iterable[Query]], Awaitable[Mapping[Query, Answer]]]

MOST_ROUNDS = 12
"""
One for what is written, one for each tier of repairs, one for older versions, one for
guesses, one for a title, one for addresses that were repaired.
"""


async def converse(
    document: Document, context: Context, fetch: Fetch, memories: Memories | None = None
) -> Plan:
    """
    The plan for *document*.

    Raises RuntimeError where the rules go on asking: a bug, since each of their
    questions has a bounded depth.
    """
    subject = open_entry(document, context, memories)
    if isinstance(subject, Plan):
        return subject
    answers: dict[Query, Answer] = {}
    for _ in range(MOST_ROUNDS):
        step = advance(subject, answers, context)
        match step:
            case Plan():
                return step
            case Ask(queries):
                answers |= await fetch(queries)
    raise RuntimeError(f"no plan after {MOST_ROUNDS} rounds of questions")
