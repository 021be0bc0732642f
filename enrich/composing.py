"""
How any choice among the changes of one document is put together from edits.

Pure. A page without Python in it makes of whatever changes are accepted the very
bytes that `applying` makes. Nearly always the edits that each change needs when
it is made alone will do, spliced together. Where changes meet, as when two items
go from one list, that is tried out here, and what each choice needs is written down.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from enrich import frontmatter
from enrich.applying import edit_all, in_writing_order, stands
from enrich.frontmatter import NO_HABITS
from enrich.models import overlap
from enrich.operations import operations
from enrich.text import Edit, splice
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enrich.frontmatter import FrontMatter, Habits
    from enrich.models import Change, Document

MOST_TRIED = 6
"""Changes that meet of which every choice is tried: 63 choices of half a millisecond each."""


@dataclass(frozen=True, slots=True)
class Part:
    """An edit that a change needs."""

    change: int
    """Its position in `Composition.changes`."""
    edit: Edit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Changes that need other edits with other changes beside them."""

    members: tuple[int, ...]
    choices: tuple[tuple[tuple[int, ...], tuple[Part, ...]], ...]
    """What makes each choice among them in which there are no rivals."""


@dataclass(frozen=True, slots=True)
class Composition:
    changes: tuple[Change, ...]
    """Those that can be made, in the order in which `applying` makes them."""
    alone: tuple[tuple[Edit, ...], ...]
    """What each of them needs when nothing else is changed."""
    meetings: tuple[Meeting, ...]
    rivals: tuple[tuple[int, int], ...]
    """Pairs of which one is made at a time."""
    stale: tuple[Change, ...]
    """Their fields hold something else now, or can't be edited."""


def compose(document: Document, changes: Sequence[Change], habits: Habits = NO_HABITS) -> Composition:
    """What is needed to make any choice among *changes* of *document* in which there are no rivals."""
    parsed = frontmatter.parse(document)
    if not isinstance(parsed, frontmatter.FrontMatter):
        return Composition((), (), (), (), tuple(changes))
    standing = [change for change in in_writing_order(changes) if stands(change, parsed)]
    made = {
        change: parts
        for change in standing
        for parts in [_parts(parsed, [change], habits)]
        if parts is not None
    }
    composer = _Composer(parsed, habits, tuple(made), tuple(_edits(parts) for parts in made.values()))
    return composer.composition(tuple(change for change in changes if change not in made))


def edits_of(composition: Composition, accepted: Iterable[int]) -> list[Edit]:
    """What makes the changes at the positions *accepted*, without rivals among them, in order."""
    left = set(accepted)
    parts: list[Part] = []
    for meeting in composition.meetings:
        here = tuple(member for member in meeting.members if member in left)
        parts += dict(meeting.choices)[here] if here else ()
        left.difference_update(here)
    parts += (Part(position, edit) for position in left for edit in composition.alone[position])
    return [part.edit for part in sorted(parts, key=lambda part: (part.edit.span, part.change))]


def _parts(parsed: FrontMatter, changes: Sequence[Change], habits: Habits) -> tuple[Part, ...] | None:
    """What makes all of *changes*, which are in writing order; None where they can't all be made."""
    edited, refused = edit_all(parsed, changes, habits)
    if edited is None or refused:
        return None
    owners = (position for position, change in enumerate(changes) for _ in operations(change.fix, parsed))
    return tuple(
        Part(owner, edit) for owner, (_, edits) in zip(owners, edited.edits, strict=True) for edit in edits
    )


def _edits(parts: Iterable[Part]) -> tuple[Edit, ...]:
    return tuple(part.edit for part in parts)


@dataclass(frozen=True, slots=True)
class _Composer:
    parsed: FrontMatter
    habits: Habits
    changes: tuple[Change, ...]
    alone: tuple[tuple[Edit, ...], ...]

    def composition(self, stale: tuple[Change, ...]) -> Composition:
        # Two values for one field, or one for a field and one for what stands in it.
        rivals = {
            (one, other)
            for one, other in self._pairs()
            if overlap(self.changes[one].fix.path, self.changes[other].fix.path)
        }
        meetings = []
        for members in self._neighbourhoods(rivals):
            choices = self._choices(members, rivals)
            if choices is None:
                rivals |= set(combinations(members, 2))
            elif any(parts != self._side_by_side(chosen) for chosen, parts in choices):
                meetings.append(Meeting(members, choices))
        made = Composition(self.changes, self.alone, tuple(meetings), tuple(sorted(rivals)), stale)
        apart = Composition(self.changes, self.alone, (), tuple(self._pairs()), stale)
        return made if self._holds(made) else apart

    def _pairs(self) -> Iterator[tuple[int, int]]:
        return combinations(range(len(self.changes)), 2)

    def _neighbourhoods(self, rivals: set[tuple[int, int]]) -> list[tuple[int, ...]]:
        """Changes that meet, directly or through others."""
        homes = {position: {position} for position in range(len(self.changes))}
        for one, other in self._pairs():
            if (one, other) in rivals or self._meet(one, other):
                homes[one] |= homes[other]
                homes |= dict.fromkeys(homes[one], homes[one])
        found = {tuple(sorted(home)) for home in homes.values() if len(home) > 1}
        return sorted(found)

    def _meet(self, one: int, other: int) -> bool:
        """May each of them need other edits where both are made?"""
        if self._are_new_lines(one) and self._are_new_lines(other):
            return self._goes_behind(one, other) or self._goes_behind(other, one)
        fixes = self.changes[one].fix, self.changes[other].fix
        in_one_list = fixes[0].path[:-1] == fixes[1].path[:-1]
        return (in_one_list and all(None in (fix.before, fix.after) for fix in fixes)) or any(
            edit.span.start <= near.span.end and near.span.start <= edit.span.end
            for edit in self.alone[one]
            for near in self.alone[other]
        )

    def _are_new_lines(self, position: int) -> bool:
        return self.changes[position].fix.before is None and all(
            edit.span.start == edit.span.end and edit.replacement.endswith(("\n", "\r"))
            for edit in self.alone[position]
        )

    def _goes_behind(self, one: int, other: int) -> bool:
        return self.changes[other].fix.path[-1] in self.changes[one].fix.anchor

    def _choices(
        self, members: tuple[int, ...], rivals: set[tuple[int, int]]
    ) -> tuple[tuple[tuple[int, ...], tuple[Part, ...]], ...] | None:
        """What makes each choice among *members*; None where that can't be said."""
        if len(members) > MOST_TRIED:
            return None
        choices = []
        for count in range(1, len(members) + 1):
            for chosen in combinations(members, count):
                if rivals.isdisjoint(combinations(chosen, 2)):
                    parts = _parts(self.parsed, [self.changes[member] for member in chosen], self.habits)
                    if parts is None:
                        return None
                    own = tuple(Part(chosen[part.change], part.edit) for part in parts)
                    choices.append((chosen, own))
        return tuple(choices)

    def _side_by_side(self, chosen: tuple[int, ...]) -> tuple[Part, ...]:
        return tuple(Part(member, edit) for member in chosen for edit in self.alone[member])

    def _holds(self, made: Composition) -> bool:
        """Is all of it, but for the later one of two rivals, what `applying` makes?"""
        losers = {later for _, later in made.rivals}
        kept = [position for position in range(len(self.changes)) if position not in losers]
        edited, refused = edit_all(self.parsed, [self.changes[position] for position in kept], self.habits)
        text = self.parsed.document.text
        return not refused and (edited.text if edited else text) == splice(text, edits_of(made, kept))
