"""`enrich doctor`: what enrich finds here, and why it takes it for what it does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import vcs
from enrich.cli.catalogue import open_catalogue
from enrich.cli.setting import setting_of
from enrich.cli.surveying import FIELDS, survey
from enrich.errors import StateError, UsageError
from enrich.models import Failure, RecordQuery
from enrich.network import open_network
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from enrich.catalogues.detection import Detected, Fit
    from enrich.cli.catalogue import Catalogue
    from enrich.cli.surveying import Survey
    from enrich.setting import Setting

ASKED = {"arXiv": RecordQuery("arxiv", "1706.03762"), "Crossref": RecordQuery("doi", "10.1038/nature14539")}
"""A work that each of them has had for years."""


def examine(args: argparse.Namespace, out: TextIO) -> int:
    """
    0, or 3 where there is no entry. Asks the network only with `--network`, and writes nothing without.

    Raises UsageError, ConfigError, and NothingHere for a catalogue in BibTeX.
    """
    if args.path and not Path(args.path).exists():
        raise UsageError(f"{printable(args.path)}: no such file or directory")
    setting = setting_of(args, [args.path] if args.path else [])
    catalogue = open_catalogue(setting, ())
    found = survey(setting, catalogue)
    for name, lines in (
        ("root", [printable(str(setting.root))]),
        ("configuration", [setting.config_name or "none; `enrich init` writes one"]),
        ("profile", list(_profile(catalogue))),
        ("entries", list(_entries(found))),
        ("fields", [_counts((name, found.fields[name]) for name in FIELDS)]),
        ("identifiers", [_counts(sorted(found.identifiers.items())) or "none"]),
        ("links", [_counts(sorted(found.links.items())) or "none"]),
        ("git", [_git(setting, catalogue)]),
        ("cache", [_cache(setting)]),
        ("mirror", [_mirror(setting)]),
        ("network", asyncio.run(_reached(setting)) if args.network else ["not asked; --network asks"]),
    ):
        for number, line in enumerate(lines):
            put(out, f"{'' if number else name:<15}{line}")
    return 0 if found.entries else 3


def _profile(catalogue: Catalogue) -> Iterator[str]:
    detected = catalogue.detected
    if detected is None:
        yield f"{catalogue.shape.name}, as the configuration says"
        return
    why, within, where = reason(detected).partition(" in ")
    yield f"{catalogue.shape.name}: {why}"
    if where:
        yield f"{within.strip()} {where}"
    yield from (f"not {fit.shape.name}: {_share(fit)}" for fit in detected.close)


def reason(detected: Detected) -> str:
    """Why this shape was taken, in a clause."""
    own = next((fit for fit in detected.fits if fit.shape is detected.shape), None)
    if own is None:
        return "no other shape stands out"
    where = f" in {', '.join(detected.within)}" if detected.within else ""
    return f"{_share(own)}{where}"


def _share(fit: Fit) -> str:
    return f"{fit.showing:,} of {counted(fit.looked_at, 'file')} looked at show its signs"


def _entries(found: Survey) -> Iterator[str]:
    yield f"{found.entries:,}"
    if found.unread:
        yield f"{counted(found.unread, 'file')} more can't be read; `enrich check --offline` says why"
    if found.bare:
        yield f"{counted(found.bare, 'file')} more without front matter, left alone"


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts)


def _git(setting: Setting, catalogue: Catalogue) -> str:
    if why := vcs.no_git(setting.root):
        return f"{why}; `enrich undo` takes back what is written all the same"
    unclean = len(vcs.unclean(setting.root, catalogue.paths)) if catalogue.paths else 0
    if not unclean:
        return "every entry is as committed"
    return f"{counted(unclean, 'entry')} not as committed; `enrich run` asks for a commit first"


def _cache(setting: Setting) -> str:
    folder = setting.cache_folder
    size = sum(file.stat().st_size for file in folder.glob("*.sqlite")) if folder.is_dir() else 0
    return f"{printable(str(folder))}, {size / 1e6:.1f} MB" if size else "empty"


def _mirror(setting: Setting) -> str:
    file = setting.mirror_file
    if not file.is_file():
        return "none; `enrich mirror import FILE` makes one"
    from enrich.mirror.census import census

    try:
        found = census(file)
    except StateError as error:
        return printable(str(error))
    where = printable(str(file))
    if found is None or not setting.config.mirror.use:
        return f"{where}, not used"
    reach = f"whole up to {found.whole_on}" if found.whole_on else "its import isn't finished"
    return f"{where}, {counted(found.papers, 'record')}, {reach}"


async def _reached(setting: Setting) -> list[str]:
    async with open_network(setting, refresh=True) as network:
        answers = await network.answer(ASKED.values())
    told = {name: answers[query].outcome for name, query in ASKED.items()}
    return [
        f"{name}: {outcome.detail if isinstance(outcome, Failure) else 'answers'}"
        for name, outcome in told.items()
    ]
