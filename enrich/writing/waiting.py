"""
What waited for an entry before, where a run could not find out all that it asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import frontmatter
from enrich.applying import stands, whole
from enrich.models import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import Change, Document, Plan


def still_waiting(waiting: Sequence[Change], plan: Plan, now: Document) -> tuple[Change, ...]:
    """
    Those of *waiting* that *plan*, which isn't certain, says nothing against.

    That it doesn't propose them may be for want of an answer. One goes where *plan*
    rests a change to the same field on an answer, so that a field has one change,
    and where its field holds something else in *now*, which is the entry's text.
    """
    parsed = frontmatter.parse(now)
    if not isinstance(parsed, frontmatter.FrontMatter):
        return ()
    proposed = [change.fix.path for change in plan.changes]
    return whole(
        change
        for change in waiting
        if stands(change, parsed) and not any(overlap(change.fix.path, path) for path in proposed)
    )
