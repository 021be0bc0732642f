"""
Which shape a catalogue has, from a sample of its entries.

Pure: the caller reads the sample, spread over the files and not just the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.catalogues.generic import GENERIC
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.frontmatter import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.catalogues.shape import Shape
    from enrich.frontmatter import FrontMatter

SHAPES = {shape.name: shape for shape in (JEKYLL_LINKS, GENERIC)}

COLLECTION = "_publications"
"""The folder that Jekyll's collections of this kind live in."""

LEAST_SHARE = 0.3
"""Of the entries. Not more, since an entry without links leaves the list out (a quarter of ml4code)."""


@dataclass(frozen=True, slots=True)
class Detected:
    shape: Shape
    collection: bool
    """Whether only files of a `_publications` folder are entries."""


def detect(sample: Sequence[FrontMatter]) -> Detected:
    """The shape that fits *sample*, `generic` where no other does."""
    in_collection = [one for one in sample if is_in_collection(one.document.path)]
    linked = [one for one in in_collection or sample if _has_links(one)]
    if linked and len(linked) >= LEAST_SHARE * len(in_collection or sample):
        return Detected(JEKYLL_LINKS, collection=bool(in_collection))
    return Detected(GENERIC, collection=False)


def is_in_collection(path: str) -> bool:
    return COLLECTION in path.split("/")[:-1]


def _has_links(front_matter: FrontMatter) -> bool:
    node = front_matter.get(("additional_links",))
    return node is not None and node.kind is Kind.SEQUENCE
