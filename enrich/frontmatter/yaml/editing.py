"""
Operations on YAML front matter: planned against the text, spliced once, read again once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.operations import Edited, Refused
from enrich.frontmatter.splicing import Unverified
from enrich.frontmatter.wishes import Impossible, wishes
from enrich.frontmatter.yaml.manner import Manner
from enrich.frontmatter.yaml.planning import ROOT, Planner
from enrich.frontmatter.yaml.verifying import verified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.frontmatter.habits import Habits
    from enrich.frontmatter.nodes import FrontMatter
    from enrich.frontmatter.operations import Operation
    from enrich.text import Edit


def edit(front_matter: FrontMatter, operations: Sequence[Operation], habits: Habits) -> Edited | Refused:
    try:
        return _edited(front_matter, operations, habits)
    except Impossible as trouble:
        return Refused(operations[trouble.number], trouble.reason)
    except Unverified as trouble:
        return Refused(_culprit(front_matter, operations, habits), str(trouble))


def _edited(front_matter: FrontMatter, operations: Sequence[Operation], habits: Habits) -> Edited:
    planner = Planner(Manner(front_matter, habits))
    wanted = planner.plan(wishes(front_matter.root, operations), ROOT)
    text = verified(front_matter, (each for _, each in planner.edits), wanted)
    made: list[list[Edit]] = [[] for _ in operations]
    for number, each in planner.edits:
        made[number].append(each)
    return Edited(text, tuple((operation, tuple(made[at])) for at, operation in enumerate(operations)))


def _culprit(front_matter: FrontMatter, operations: Sequence[Operation], habits: Habits) -> Operation:
    """The one with which those before it can't be made."""
    for count in range(1, len(operations)):
        try:
            _edited(front_matter, operations[:count], habits)
        except (Impossible, Unverified):
            return operations[count - 1]
    return operations[-1]
