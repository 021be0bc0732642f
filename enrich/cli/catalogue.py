"""Which files are the entries of a catalogue, and which shape they have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import files, frontmatter
from enrich.catalogues import customs
from enrich.catalogues.detection import SHAPES, Detected, detect, is_in_collection
from enrich.catalogues.mapping import mapped
from enrich.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from enrich.catalogues.customs import Customs
    from enrich.catalogues.shape import Shape
    from enrich.cli.setting import Setting

SAMPLED = 200
"""Files that are read to find out the shape, spread over all."""

INCLUDED = ("**/*.{md,markdown,qmd}",)


@dataclass(frozen=True, slots=True)
class Catalogue:
    paths: tuple[str, ...]
    """Of the entries, relative to the root, sorted."""
    shape: Shape
    detected: bool
    customs: Customs


def open_catalogue(setting: Setting, paths: Sequence[str]) -> Catalogue:
    """
    The entries below *paths*, or the whole catalogue.

    Raises UsageError for a path that isn't there.
    """
    settings = setting.config.catalogue
    found = _found(setting, paths)
    sample = list(_sample(setting.root, found))
    is_given = settings.profile != "auto"
    detected = Detected(SHAPES[settings.profile], collection=False) if is_given else detect(sample)
    collection = detected.collection and not settings.include
    if collection:
        found = tuple(path for path in found if is_in_collection(path))
    shape = mapped(detected.shape, settings.fields)
    if paths:
        # One entry is written as it would be in a run over all of them.
        sample = list(_sample(setting.root, _found(setting, ())))
    alike = [one for one in sample if not collection or is_in_collection(one.document.path)]
    style = setting.config.metadata.field_style == "match"
    return Catalogue(found, shape, not is_given, customs.learn(alike, shape, style=style))


def _found(setting: Setting, paths: Sequence[str]) -> tuple[str, ...]:
    settings = setting.config.catalogue
    return tuple(
        files.find_entries(
            setting.root,
            paths,
            cwd=Path.cwd(),
            include=settings.include or INCLUDED,
            exclude=settings.exclude,
        )
    )


def _sample(root: Path, paths: Sequence[str]) -> Iterator[frontmatter.FrontMatter]:
    step = max(1, len(paths) // SAMPLED)
    for path in paths[::step]:
        document = files.read(root, path)
        parsed = frontmatter.parse(document) if isinstance(document, Document) else None
        if isinstance(parsed, frontmatter.FrontMatter):
            yield parsed


def below(root: Path, paths: Sequence[str]) -> Callable[[str], bool]:
    """Tells whether a path, relative to *root*, is at or below one of *paths*; without any, all are."""
    places = [Path.cwd().joinpath(path).resolve() for path in paths]

    def is_below(path: str) -> bool:
        place = root / path
        return not places or any(place == one or one in place.parents for one in places)

    return is_below
