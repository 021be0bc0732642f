"""
Changes that were proposed earlier, made on a document as it is now.

Pure. A change is found again by field and old value, never by its place; where
the field holds something else by now it is stale, and the others are still made.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich import frontmatter
from enrich.catalogues.shape import WRITING_ORDER
from enrich.frontmatter import NO_HABITS, Kind
from enrich.naming import value_hash
from enrich.operations import operations
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enrich.frontmatter import FrontMatter, Habits
    from enrich.models import Change, Document, Path, Value


@dataclass(frozen=True, slots=True)
class Applied:
    text: str
    made: tuple[Change, ...]
    stale: tuple[Change, ...]
    """Their fields hold something else now, or can't be edited."""


def apply_changes(document: Document, changes: Sequence[Change], *, habits: Habits = NO_HABITS) -> Applied:
    """*document* with as many of *changes* made as still fit, verified; *habits* are the catalogue's."""
    parsed = frontmatter.parse(document)
    if not isinstance(parsed, frontmatter.FrontMatter):
        return Applied(document.text, (), tuple(changes))
    stale = [change for change in changes if not stands(change, parsed)]
    edited, refused = edit_all(parsed, [change for change in changes if change not in stale], habits)
    stale += refused
    made = tuple(change for change in changes if change not in stale)
    return Applied(edited.text if edited else document.text, made, tuple(stale))


def edit_all(
    front_matter: FrontMatter, changes: Sequence[Change], habits: Habits = NO_HABITS
) -> tuple[frontmatter.Edited | None, tuple[Change, ...]]:
    """
    The document with *changes* made and verified, and those that can't be made.

    A change that front matter refuses (an alias, a duplicate key) is left out, the
    others are made; None where nothing is left.
    """
    in_order = in_writing_order(changes)
    needed = {change: operations(change.fix, front_matter) for change in in_order}
    refused = [change for change in in_order if not needed[change]]
    while standing := [change for change in in_order if change not in refused]:
        wanted = [(change, operation) for change in standing for operation in needed[change]]
        edited = frontmatter.edit(front_matter, [operation for _, operation in wanted], habits=habits)
        if isinstance(edited, frontmatter.Edited):
            return edited, tuple(refused)
        culprits = [change for change, operation in wanted if operation == edited.operation]
        refused += culprits or standing
    return None, tuple(refused)


def whole(changes: Iterable[Change]) -> tuple[Change, ...]:
    """*changes* without those that are made all together or not at all, and are not all there."""
    kept = tuple(changes)
    numbers = Counter((change.path, change.rule) for change in kept if change.fix.together)
    return tuple(change for change in kept if change.fix.together in (0, numbers[change.path, change.rule]))


def in_writing_order(changes: Iterable[Change]) -> list[Change]:
    """New keys as a shape lists them, so that any order of changes makes the same bytes."""
    return sorted(changes, key=_place)


def _place(change: Change) -> tuple[int, str]:
    return WRITING_ORDER.get(change.fix.field, len(WRITING_ORDER)), change.fix.field


def stands(change: Change, front_matter: FrontMatter) -> bool:
    """Whether the field still holds what the change was proposed for."""
    before = change.fix.before
    current = current_value(front_matter, change.fix.path)
    if isinstance(before, float) and isinstance(current, str):
        return _reads_as(current, before)
    return value_hash(current) == value_hash(before)


def _reads_as(written: str, number: float) -> bool:
    try:
        return float(written) == number
    except ValueError:
        return False


def current_value(front_matter: FrontMatter, path: Path) -> Value:
    """What stands at *path*, as text; None where nothing does."""
    node = front_matter.get(path)
    if node is None or node.is_null:
        return None
    if (item := node.scalars()) is not None:
        return item
    return tuple(item.text for item in node.items) if node.kind is Kind.SEQUENCE else node.text
