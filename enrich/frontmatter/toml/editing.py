"""
Operations on TOML front matter: planned against the text, spliced once, read again once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import FrontMatter
from enrich.frontmatter.operations import Edited, Refused
from enrich.frontmatter.splicing import Unverified, spliced
from enrich.frontmatter.toml.planning import Planner
from enrich.frontmatter.toml.reading import read
from enrich.frontmatter.toml.values import Sketch, intended, sketch
from enrich.frontmatter.wishes import Impossible, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enrich.frontmatter.operations import Operation
    from enrich.text import Edit


def edit(front_matter: FrontMatter, operations: Sequence[Operation]) -> Edited | Refused:
    try:
        return _edited(front_matter, operations)
    except Impossible as trouble:
        return Refused(operations[trouble.number], trouble.reason)
    except Unverified as trouble:
        return Refused(_culprit(front_matter, operations), str(trouble))


def _edited(front_matter: FrontMatter, operations: Sequence[Operation]) -> Edited:
    planner = Planner(front_matter)
    wish = wishes(front_matter.root, operations)
    planner.plan(wish)
    text = verified(front_matter, (each for _, each in planner.edits), intended(wish))
    made: list[list[Edit]] = [[] for _ in operations]
    for number, each in planner.edits:
        made[number].append(each)
    return Edited(text, tuple((operation, tuple(made[at])) for at, operation in enumerate(operations)))


def _culprit(front_matter: FrontMatter, operations: Sequence[Operation]) -> Operation:
    """The one with which those before it can't be made."""
    for count in range(1, len(operations)):
        try:
            _edited(front_matter, operations[:count])
        except (Impossible, Unverified):
            return operations[count - 1]
    return operations[-1]


def verified(front_matter: FrontMatter, edits: Iterable[Edit], wanted: Sketch) -> str:
    """
    The document's text with *edits* made, saying what is *wanted*, the fences where they stood.

    Raises Unverified.
    """
    text, fenced = spliced(front_matter, edits)
    made = read(replace(front_matter.document, text=text), fenced)
    if not isinstance(made, FrontMatter):
        raise Unverified("the result would not be valid TOML")
    if sketch(made.root) != wanted:
        raise Unverified("the result would read differently")
    return text
