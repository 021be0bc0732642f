"""
Which shape a catalogue has, from a sample of its entries and from what lies beside them.

Pure: the caller reads the sample, spread over the files and not just the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.catalogues.academicpages import ACADEMICPAGES
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.hugoblox import HUGOBLOX
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.catalogues.obsidian import OBSIDIAN
from enrich.catalogues.pmlr import PMLR
from enrich.catalogues.quarto import QUARTO
from enrich.catalogues.shape import path_of
from enrich.frontmatter import Kind
from enrich.globs import matches_any
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enrich.catalogues.shape import Shape, Signs
    from enrich.frontmatter import FrontMatter

KNOWN = (JEKYLL_LINKS, ACADEMICPAGES, HUGOBLOX, QUARTO, OBSIDIAN, PMLR)
"""Shapes that are told by their signs."""
SHAPES = {shape.name: shape for shape in (*KNOWN, GENERIC)}

LEAST_SHARE = 0.6
"""Of the entries of a shape that show its signs."""
LEAD = 2
"""So many times the share of any other shape."""
CLOSE = 0.3
"""A share from which on a shape that was not taken is named."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How far a sample has a shape."""

    shape: Shape
    showing: int
    """Files that show its signs …"""
    looked_at: int
    """… of so many that could be its entries."""

    @property
    def share(self) -> float:
        return self.showing / self.looked_at if self.looked_at else 0.0


@dataclass(frozen=True, slots=True)
class Detected:
    shape: Shape
    within: tuple[str, ...] = ()
    """Patterns of the files that are entries; empty where all are."""
    fits: tuple[Fit, ...] = ()
    """Of every shape that some file shows, the best first."""

    @property
    def close(self) -> tuple[Fit, ...]:
        """Shapes that were not taken, though many files show their signs."""
        return tuple(fit for fit in self.fits if fit.share >= CLOSE and fit.shape is not self.shape)


def detect(sample: Sequence[FrontMatter], markers: Iterable[str] = ()) -> Detected:
    """
    The shape that fits *sample*, `generic` where no other does, or where several do.

    *markers* are the names of what lies at the root.
    """
    beside = frozenset(markers)
    fits = [_fit(shape, sample, beside) for shape in KNOWN]
    found = tuple(sorted((fit for fit in fits if fit.showing), key=lambda fit: -fit.share))
    best = found[0] if found else None
    if best is None or best.share < LEAST_SHARE:
        return Detected(GENERIC, fits=found)
    if len(found) > 1 and best.share < LEAD * found[1].share:
        return Detected(GENERIC, fits=found)
    return Detected(best.shape, narrowing(best.shape, (one.document.path for one in sample)), found)


def narrowing(shape: Shape, paths: Iterable[str]) -> tuple[str, ...]:
    """Patterns of the entries among *paths*; empty where the shape has no place of its own among them."""
    within = shape.signs.within
    return within if within and any(is_entry(within, path) for path in paths) else ()


def is_entry(within: Sequence[str], path: str) -> bool:
    """Whether *path* is the page of an entry: the page about a whole folder (`_index.md`, Hugo) is none."""
    return matches_any(within, path) and path.rpartition("/")[2] not in _PAGES_OF_FOLDERS


_PAGES_OF_FOLDERS = ("_index.md",)


def _fit(shape: Shape, sample: Sequence[FrontMatter], markers: frozenset[str]) -> Fit:
    signs = shape.signs
    if signs.markers and markers.isdisjoint(signs.markers):
        return Fit(shape, 0, 0)
    within = narrowing(shape, (one.document.path for one in sample))
    if signs.only_within and not within:
        return Fit(shape, 0, 0)
    files = [one for one in sample if not within or is_entry(within, one.document.path)]
    return Fit(shape, sum(_shows(signs, one) for one in files), len(files))


def _shows(signs: Signs, front_matter: FrontMatter) -> bool:
    if signs.value:
        node = front_matter.get(path_of(signs.value[0]))
        if node is None or node.text != signs.value[1]:
            return False
    return all(_has(front_matter, key) for key in signs.keys) and (
        not signs.one_of or any(_has(front_matter, key) for key in signs.one_of)
    )


def _has(front_matter: FrontMatter, key: str) -> bool:
    """`key[]` stands for a list; any other key may hold anything, or nothing."""
    node = front_matter.get(path_of(key.removesuffix("[]")))
    return node is not None and (node.kind is Kind.SEQUENCE or not key.endswith("[]"))
