"""Which files are the entries of a catalogue, and which shape they have."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import files, frontmatter
from enrich.catalogues import customs
from enrich.catalogues.detection import KNOWN, SHAPES, Detected, detect, is_entry, narrowing
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.mapping import mapped
from enrich.cli.recalling import key_of, recalled
from enrich.errors import NothingHere
from enrich.models import Document
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from enrich.catalogues.customs import AnyCustoms, Customs
    from enrich.catalogues.shape import Shape
    from enrich.frontmatter import FrontMatter, Habits
    from enrich.setting import Setting

SAMPLED = 200
"""Files that are read to find out the shape, spread over all, and as many over the places of each shape."""

LEAST_NAMED = 0.2
"""Of the files beside a bibliography more name a work where they are entries."""

INCLUDED = ("**/*.{md,markdown,qmd}",)


@dataclass(frozen=True, slots=True)
class Catalogue:
    paths: tuple[str, ...]
    """Of the entries, relative to the root, sorted."""
    shape: Shape
    detected: Detected | None
    """How the shape was found out; None where it was set."""
    customs: AnyCustoms
    sampled: Callable[[], tuple[FrontMatter, ...]]
    key: str = ""
    """Under which the shape is to be remembered; empty where no sample was read to find it out."""

    @property
    def sample(self) -> tuple[FrontMatter, ...]:
        """Of entries spread over the catalogue, what their files begin with."""
        return self.sampled()


class LateCustoms:
    """Customs learned when one of them is first looked at: few entries that are only checked need any."""

    def __init__(self, learn: Callable[[], Customs]) -> None:
        self._learn = learn

    @cached_property
    def known(self) -> Customs:
        return self._learn()

    def __reduce__(self) -> tuple[Callable[[Customs], LateCustoms], tuple[Customs]]:
        """Elsewhere there may be no files to learn from."""
        return _learned, (self.known,)

    @property
    def habits(self) -> Habits:
        return self.known.habits

    @property
    def bare_dois(self) -> bool:
        return self.known.bare_dois

    @property
    def venue(self) -> str:
        return self.known.venue

    @property
    def year(self) -> str:
        return self.known.year


def _learned(customs: Customs) -> LateCustoms:
    return LateCustoms(lambda: customs)


def open_catalogue(
    setting: Setting, paths: Sequence[str], *, late: bool = False, few: bool = False
) -> Catalogue:
    """
    The entries below *paths*, or the whole catalogue.

    *late* reads no other entry before a custom is wanted: only for those who write none meanwhile.
    *few*: only some entries are looked at, so the shape that was found before will do.
    Raises UsageError for a path that isn't there, NothingHere for a catalogue that is kept in BibTeX.
    """
    settings = setting.config.catalogue
    found = _found(setting, paths)
    # One entry is read and written as it would be in a run over all of them.
    everything = _found(setting, ()) if paths else found
    sample = cache(lambda: tuple(_sample(setting.root, everything)))
    detected, key = None, ""
    if settings.profile == "auto":
        beside = _names_in(setting.root)
        key = key_of(setting, everything, beside)
        known = recalled(setting, key) if few and late else None
        detected = Detected(known) if known else detect(sample(), beside)
        if known:
            key = ""
        elif detected.shape is GENERIC and not paths:
            _refuse_bibtex(setting, sample())
    shape = detected.shape if detected else SHAPES[settings.profile]
    within = () if settings.include else narrowing(shape, everything)
    named = _named(setting.root, paths)
    found = tuple(path for path in found if not within or path in named or is_entry(within, path))
    shape = mapped(shape, settings.fields)
    style = setting.config.metadata.field_style == "match"

    def alike() -> tuple[FrontMatter, ...]:
        return tuple(one for one in sample() if not within or is_entry(within, one.document.path))

    learned = LateCustoms(lambda: customs.learn(alike(), shape, style=style))
    return Catalogue(found, shape, detected, learned if late else learned.known, alike, key)


def _names_in(root: Path) -> frozenset[str]:
    return frozenset(place.name for place in root.iterdir())


def _named(root: Path, paths: Sequence[str]) -> frozenset[str]:
    """Files that a person named: they are entries wherever they lie."""
    places = (Path.cwd().joinpath(path) for path in paths)
    resolved = (place.parent.resolve() / place.name for place in places if not place.is_dir())
    return frozenset(place.relative_to(root).as_posix() for place in resolved if place.is_relative_to(root))


def _refuse_bibtex(setting: Setting, sample: Sequence[FrontMatter]) -> None:
    """Of the pages beside a bibliography few name a work; but a post may have authors all the same."""
    named = sum(map(_names_a_work, sample))
    if named > LEAST_NAMED * len(sample):
        return
    # Beside a file at the root, which may be anything, any entry is one.
    include = (_BIBLIOGRAPHY,) if named else (_BIBLIOGRAPHY, "*.bib")
    if next(files.find_entries(setting.root, (), cwd=setting.root, include=include), None):
        raise NothingHere("this catalogue keeps its entries in BibTeX, which enrich does not edit")


def _names_a_work(front_matter: FrontMatter) -> bool:
    return any(front_matter.get((key,)) for key in ("doi", "DOI", "arxiv_id", "arxiv", "eprint", "authors"))


_BIBLIOGRAPHY = "**/_bibliography/**/*.bib"
"""Where Jekyll Scholar looks. Source: https://github.com/inukshuk/jekyll-scholar#configuration"""


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


def _sample(root: Path, paths: Sequence[str]) -> Iterator[FrontMatter]:
    for path in _spread(paths):
        document = files.read_head(root, path)
        parsed = frontmatter.parse(document) if isinstance(document, Document) else None
        if isinstance(parsed, frontmatter.FrontMatter):
            yield parsed


def _spread(paths: Sequence[str]) -> list[str]:
    """Some of all, and of those that may be the entries of a shape that keeps them in one place."""
    places = {shape.signs.within for shape in KNOWN}
    candidates = [[path for path in paths if not within or is_entry(within, path)] for within in places]
    return sorted({path for some in (paths, *candidates) for path in _some(some)})


def _some(paths: Sequence[str]) -> Sequence[str]:
    count = min(SAMPLED, len(paths))
    return [paths[number * len(paths) // count] for number in range(count)]


def below(root: Path, paths: Sequence[str]) -> Callable[[str], bool]:
    """Tells whether a path, relative to *root*, is at or below one of *paths*; without any, all are."""
    places = [Path.cwd().joinpath(path).resolve() for path in paths]

    def is_below(path: str) -> bool:
        place = root / path
        return not places or any(place == one or one in place.parents for one in places)

    return is_below
