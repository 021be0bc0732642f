"""
Operations on YAML front matter: planned against the text, spliced once, read again once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.fences import Fenced, cut
from enrich.frontmatter.operations import Edited, Refused
from enrich.frontmatter.yaml.compose import NotReadable, compose
from enrich.frontmatter.yaml.manner import Manner
from enrich.frontmatter.yaml.planning import ROOT, Planner
from enrich.frontmatter.yaml.reading import empty_mapping
from enrich.frontmatter.yaml.values import same_tree
from enrich.frontmatter.yaml.wishes import Impossible, wishes
from enrich.text import Edit, splice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.frontmatter.habits import Habits
    from enrich.frontmatter.nodes import FrontMatter, Node
    from enrich.frontmatter.operations import Operation


def edit(front_matter: FrontMatter, operations: Sequence[Operation], habits: Habits) -> Edited | Refused:
    planner = Planner(Manner(front_matter, habits))
    try:
        wanted = planner.plan(wishes(front_matter.root, operations), ROOT)
    except Impossible as trouble:
        return Refused(operations[trouble.number], trouble.reason)
    edits = [each for _, each in planner.edits]
    try:
        text = splice(front_matter.document.text, edits)
    except ValueError:
        return _unplaced(front_matter, operations, habits, "two edits would overlap")
    if difference := _difference(front_matter, text, wanted):
        return _unplaced(front_matter, operations, habits, difference)
    made: list[list[Edit]] = [[] for _ in operations]
    for number, each in planner.edits:
        made[number].append(each)
    return Edited(text, tuple((operation, tuple(made[at])) for at, operation in enumerate(operations)))


def _unplaced(
    front_matter: FrontMatter, operations: Sequence[Operation], habits: Habits, reason: str
) -> Refused:
    """Names the operation that fails alone; None where only together they do."""
    if len(operations) == 1:
        return Refused(operations[0], reason)
    for operation in operations:
        alone = edit(front_matter, (operation,), habits)
        if isinstance(alone, Refused):
            return alone
    return Refused(None, reason)


def _difference(front_matter: FrontMatter, text: str, wanted: Node) -> str | None:
    """Why *text* is not the document with its tree become *wanted*; None where it is."""
    before = front_matter.document.text
    grown = len(text) - len(before)
    fenced = cut(text)
    if not isinstance(fenced, Fenced):
        return "the fences would move"
    header = front_matter.header
    if fenced.header.start != header.start or fenced.header.end != header.end + grown:
        return "the fences would move"
    if text[: header.start] != before[: header.start] or text[fenced.header.end :] != before[header.end :]:
        return "something outside of the front matter would change"
    try:
        root = compose(text, fenced.opening, fenced.header.end)
    except (yaml.YAMLError, NotReadable):
        return "the result would not be valid YAML"
    if not same_tree(root or empty_mapping(fenced.header), wanted):
        return "the result would read differently"
    return None
