"""
What the entries of a catalogue have in common, for where the entry at hand doesn't tell.

Pure: the caller reads the sample, spread over all files. The same sample gives the
same customs, in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from enrich import frontmatter
from enrich.catalogues.shape import path_of
from enrich.frontmatter import NO_HABITS, Habits, Kind
from enrich.identifiers import read_doi
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.catalogues.shape import Shape
    from enrich.frontmatter import FrontMatter

LEAST_DOIS = 3
"""Fewer show no custom."""
SHARE = 0.8
"""Of the fields that hold a DOI, so many must be bare."""


class AnyCustoms(Protocol):
    """Customs that are known, or learned when one of them is first looked at; the same either way."""

    @property
    def habits(self) -> Habits: ...
    @property
    def bare_dois(self) -> bool: ...
    @property
    def venue(self) -> str: ...
    @property
    def year(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Customs:
    habits: Habits = NO_HABITS
    """How values are written."""
    bare_dois: bool = False
    """A field for a DOI holds it bare: `10.1145/3292500`, not its address."""
    venue: str = ""
    """The place at which most entries have a venue, filled or not; empty where most have none."""
    year: str = ""
    """The same for the year."""


NO_CUSTOMS = Customs()


def learn(sample: Sequence[FrontMatter], shape: Shape, *, style: bool = True) -> Customs:
    """The customs of the catalogue that *sample* is from; without *style*, its habits are left out."""
    kinds = [kind for one in sample for kind in _doi_kinds(one, shape)]
    return Customs(
        frontmatter.learn(sample) if style else NO_HABITS,
        bare_dois=len(kinds) >= LEAST_DOIS and kinds.count("doi") >= SHARE * len(kinds),
        venue=_usual(sample, shape.venue),
        year=_usual(sample, shape.year),
    )


def _usual(sample: Sequence[FrontMatter], places: tuple[str, ...]) -> str:
    counts = {place: sum(one.get(path_of(place)) is not None for one in sample) for place in places}
    usual = max(places, key=counts.__getitem__, default="")
    return usual if 2 * counts.get(usual, 0) > len(sample) else ""


def _doi_kinds(front_matter: FrontMatter, shape: Shape) -> Iterator[str]:
    for place in shape.doi:
        node = front_matter.get(path_of(place))
        reading = read_doi(node.text) if node is not None and node.kind is Kind.SCALAR else None
        if reading:
            yield reading.kind
