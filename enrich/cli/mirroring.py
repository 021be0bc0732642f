"""`enrich mirror`: arXiv's metadata in a local file; filled, kept up to date, looked at."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.cli.setting import setting_of
from enrich.cli.terminal import can_colour
from enrich.errors import StateError
from enrich.mirror.census import census
from enrich.mirror.importing import IMPORT, import_file
from enrich.mirror.writing import writing
from enrich.progress import Amount, progress
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable
from enrich.version import VERSION

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from typing import TextIO

    from enrich.mirror.updating import Updated
    from enrich.mirror.writing import Writer, Written
    from enrich.progress import Progress
    from enrich.setting import Setting

NOT_ASKED = 3
"""The exit code where arXiv could not be asked."""
MOST_TOLD = 20
"""Lines that can't be read which are told one by one; the others are counted."""


def mirror(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Raises UsageError for a file that can't be read, StateError where the mirror can't be used."""
    setting = setting_of(args)
    if args.action == "info":
        return _info(setting, out)
    kind = "none" if args.quiet else args.progress
    with progress(kind, err, os.environ, time.monotonic, colour=can_colour(args, err)) as shown:
        telling = _Telling(shown)
        lines = (
            _import(Path(args.file), setting, telling)
            if args.action == "import"
            else asyncio.run(_update(setting, telling))
        )
    telling.close()
    put(out, *lines.said)
    return lines.code


@dataclass(frozen=True, slots=True)
class _Done:
    said: tuple[str, ...]
    code: int = 0


class _Telling:
    """Sentences about what can't be read, as many as a person reads."""

    def __init__(self, shown: Progress) -> None:
        self.shown = shown
        self._told = 0

    def __call__(self, sentence: str) -> None:
        self._told += 1
        if self._told <= MOST_TOLD:
            self.shown.say(sentence)

    def close(self) -> None:
        if self._told > MOST_TOLD:
            self.shown.say(f"… and {self._told - MOST_TOLD:,} more like these")


# -- import ------------------------------------------------------------------------------------


def _import(file: Path, setting: Setting, telling: _Telling) -> _Done:
    with writing(setting.mirror_file) as writer:
        _indexed(writer, telling)

        def show(read: int, size: int, lines: int) -> None:
            telling.shown.update(Amount(f"{lines:,} lines", read, size))

        done = import_file(file, writer, setting.started_at.date(), tell=telling, show=show)
    said = [f"{printable(file.name)}: {_told(done.written)}."]
    if done.resumed_behind:
        said.insert(0, f"Went on behind line {done.resumed_behind:,}, where the import was interrupted.")
    if done.broken:
        said.append(f"{counted(done.broken, 'line')} could not be read.")
    return _Done((*said, *_reach(done.newest, setting)))


def _told(written: Written) -> str:
    numbers = (
        (written.new, "new"),
        (written.changed, "changed"),
        (written.deleted, "deleted"),
        (written.unchanged, "as they were"),
    )
    return ", ".join(f"{number:,} {word}" for number, word in numbers if number) or "nothing new"


def _reach(newest: dt.date | None, setting: Setting) -> tuple[str, ...]:
    reach = f"reaches to {newest}" if newest else "is ready"
    where = printable(str(setting.mirror_file))
    return (f"The mirror {where} {reach}; `enrich mirror update` goes on from there.",)


def _indexed(writer: Writer, telling: _Telling) -> None:
    def show(done: int, of: int) -> None:
        telling.shown.update(Amount(f"{done:,} titles indexed anew", done, of))

    if writer.prepare(show):
        telling.shown.say("The titles were indexed anew, for this enrich divides them otherwise.")


# -- update ------------------------------------------------------------------------------------


async def _update(setting: Setting, telling: _Telling) -> _Done:
    from enrich.http import Http
    from enrich.mirror.updating import update

    if not setting.mirror_file.is_file():
        raise StateError(f"{setting.mirror_file}: no such file; `enrich mirror import FILE` makes it")
    source = setting.config.sources.arxiv_oai
    with writing(setting.mirror_file) as writer:
        since = writer.facts.newest
        if since is None or writer.facts.under_way(IMPORT):
            name = writer.facts.under_way(IMPORT).get("name", "FILE")
            raise StateError(
                f"{setting.mirror_file} does not yet hold all of a snapshot; "
                f"`enrich mirror import {printable(str(name))}` comes first"
            )
        _indexed(writer, telling)

        def show(records: int, day: dt.date) -> None:
            telling.shown.update(Amount(f"{counted(records, 'record')}, up to {day}"))

        telling.shown.update(Amount(f"asking for what has changed since {since}"))
        async with Http(setting.config.network, setting.config.links, version=VERSION) as http:
            done = await update(
                http, writer, since, endpoint=source.endpoint, pace_s=source.pace_s, tell=telling, show=show
            )
        return _updated(done, writer, since)


def _updated(done: Updated, writer: Writer, since: dt.date) -> _Done:
    said = [f"{counted(done.pages, 'page')} since {since}: {_told(done.written)}."]
    if done.flawed:
        said.append(f"{counted(done.flawed, 'record')} could not be read; arXiv is asked for them.")
    if done.failure:
        said.append(
            f"Stopped: {printable(done.failure)}. What came is kept; "
            f"`enrich mirror update` goes on from {writer.facts.newest}."
        )
        return _Done(tuple(said), NOT_ASKED)
    return _Done((*said, f"The mirror is whole up to {writer.facts.whole_on}."))


# -- info --------------------------------------------------------------------------------------


def _info(setting: Setting, out: TextIO) -> int:
    """1 where there is no mirror."""
    file = setting.mirror_file
    found = census(file)
    if found is None:
        put(out, f"No mirror at {printable(str(file))}; `enrich mirror import FILE` makes one.")
        return 1
    put(out, f"{printable(str(file))}  {found.size / 1e6:,.1f} MB")
    for name, value in (
        ("records", f"{found.papers:,}" + (f", and {found.deleted:,} without one" if found.deleted else "")),
        ("newest", str(found.newest or "–")),
        ("whole up to", str(found.whole_on or "– (the import isn't finished)")),
        ("import", f"interrupted at {printable(found.importing)}" if found.importing else ""),
        ("update", "interrupted; `enrich mirror update` goes on" if found.is_updating else ""),
        (
            "titles",
            "" if found.is_indexed else "indexed by another enrich; `enrich mirror update` indexes them anew",
        ),
        ("use", "" if setting.config.mirror.use else "no, by `use` in [mirror]"),
    ):
        if value:
            put(out, f"{name:<13}{value}")
    return 0
