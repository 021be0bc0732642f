"""
One scene after the other, with a fault at every act on the disk, and what has to hold then.

    no entry is half written, and none is anything but what it was or what it shall be
    what is remembered can be read, the cache too
    nothing lies about that the next command doesn't clear away
    the same command, called again, comes to the same bytes as one that met no fault
    and what was written can be taken back to the last byte
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sqlite3
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from enrich.errors import StateError
from enrich.ledger import (
    StateFolder,
    read_baseline,
    read_decisions,
    read_pending,
    read_written,
    undo,
)
from enrich.ledger.journal import read_run, runs
from tests.end_to_end.catalogues import Catalogue
from tests.faults import injecting
from tests.faults.injecting import Fault
from tests.faults.scenes import people
from tests.internet.internet import Internet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.injecting import Ran
    from tests.faults.scenes import Scene

FAULTS = {
    "killed before the act": Fault("kill"),
    "killed after half of it": Fault("half"),
    "disk full from then on": Fault("stays", errno.ENOSPC),
    "disk full once": Fault("once", errno.ENOSPC),
    "input/output error": Fault("once", errno.EIO),
    "read-only from then on": Fault("stays", errno.EROFS),
}
DIES = ("kill", "half")
_BUG = 70


@dataclass(slots=True)
class Tally:
    """Of one scene and one fault."""

    scene: str
    fault: str
    met: int = 0
    """How often the fault was met: once at every act."""
    asked_again: int = 0
    """Answers that had been received and were asked for a second time."""
    lost: list[str] = field(default_factory=list)
    """What should not be, a sentence each."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene is played."""

    folder: Path
    scene: Scene
    internet: Internet | None

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.folder / "catalogue", self.internet.env if self.internet else {})

    @property
    def root(self) -> Path:
        return self.folder / "catalogue"

    def prepare(self) -> None:
        catalogue = self.catalogue
        catalogue.root.mkdir(parents=True)
        catalogue.git("init", "--quiet")
        for key, value in (("user.name", "Curator"), ("user.email", "curator@example.org")):
            catalogue.git("config", key, value)
        self.scene.arrange(catalogue)
        shutil.copytree(self.root, self.folder / "as-it-was", symlinks=True)

    def reset(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.folder / "as-it-was", self.root, symlinks=True)
        if self.internet:
            self.internet.requests.clear()

    def run(self, fault: Fault | None = None, at: int = 0) -> Ran:
        return injecting.run(self.root, *self.scene.args, fault=fault, at=at, environ=self.catalogue.environ)


@contextlib.contextmanager
def stage(folder: Path, scene: Scene) -> Iterator[Stage]:
    """With an internet of its own where one is needed."""
    if not scene.is_online:
        yield Stage(folder, scene, None)
        return
    with Internet() as internet:
        people(internet)
        yield Stage(folder, scene, internet)


@dataclass(frozen=True, slots=True)
class After:
    """What a command leaves: entries and the like, enrich's own memory, and the names of all files."""

    content: dict[str, bytes]
    memory: dict[str, list[object]]
    names: frozenset[str]
    rows: frozenset[tuple[object, ...]]
    """Of the scene's database."""


def after(stage: Stage) -> After:
    root = stage.root
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    kept = {name for name in names if not name.startswith((".git/", ".enrich/journal/"))}
    memory = {
        name: [_timeless(json.loads(line)) for line in (root / name).read_text("utf-8").splitlines()]
        for name in kept
        if name.startswith(".enrich/") and name.endswith(".jsonl")
    }
    return After(Catalogue(root).content(), memory, frozenset(kept), _rows(stage))


def _rows(stage: Stage) -> frozenset[tuple[object, ...]]:
    """Read from a copy, so that what lies beside the database stays as it is."""
    if stage.scene.rows is None:
        return frozenset()
    name, question = stage.scene.rows
    with contextlib.closing(sqlite3.connect(_copied(stage) / name)) as database:
        return frozenset(database.execute(question))


def _copied(stage: Stage) -> Path:
    copy = stage.folder / "cache-as-found"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(stage.root / ".enrich_cache", copy)
    return copy


def _timeless(data: object) -> object:
    match data:
        case dict():
            return {key: _timeless(value) for key, value in data.items() if key != "retrieved_at"}
        case list():
            return [_timeless(value) for value in data]
    return data


@dataclass(frozen=True, slots=True)
class Reference:
    """A scene that met no fault."""

    before: After
    wanted: After
    acts: tuple[str, ...]


def reference(stage: Stage) -> Reference:
    stage.reset()
    before = after(stage)
    done = stage.run()
    assert done.code == stage.scene.code, done.err
    return Reference(before, after(stage), done.acts)


def play(stage: Stage, fault: Fault, at: int, whole: Reference) -> tuple[str | None, list[str]]:
    """The act that met *fault*, and what should not be after it, a sentence each."""
    stage.reset()
    ran = stage.run(fault, at)
    if ran.met is None:
        return None, []
    lost = [*_told_well(ran, fault, whole.wanted, stage), *_whole(stage, whole.before, whole.wanted)]
    if not lost:
        again = stage.run()
        lost = [*_completed(stage, again, whole.wanted), *_way_back(stage, whole.before)]
    return ran.met, lost


def sweep(
    stage: Stage, name: str, fault: Fault, *, step: int = 1, told: Callable[[str], None] = lambda _: None
) -> Tally:
    """The stage's scene with *fault* at every act, or at each *step*-th."""
    tally = Tally(stage.scene.name, name)
    whole = reference(stage)
    for at in count(1, step):
        act, lost = play(stage, fault, at, whole)
        if act is None:
            break
        tally.met += 1
        tally.asked_again += len(_answered(stage)) - len(set(_answered(stage)))
        tally.lost += [f"{stage.scene.name}, {name}, act {at} ({act}): {one}" for one in lost]
        for one in tally.lost[len(tally.lost) - len(lost) :]:
            told(one)
    return tally


def _answered(stage: Stage) -> list[str]:
    """Questions that were answered, each as often as it was."""
    if stage.internet is None:
        return []
    asked = [one for one in stage.internet.requests if one.status == 200 and one.method == "GET"]
    return [f"{one.host}{one.path}" for one in asked]


def _told_well(ran: Ran, fault: Fault, wanted: After, stage: Stage) -> Iterator[str]:
    if fault.kind in DIES:
        if ran.code != -9:
            yield f"it was not killed, but ended with {ran.code}"
        return
    if "Traceback" in ran.err or "bug:" in ran.err or ran.code in (_BUG, 1) or ran.code < 0:
        yield f"exit {ran.code}: {ran.err.strip()[-300:]}"
    elif ran.code == 0 and not _is_done(after(stage), wanted):
        yield f"exit 0, and not everything was done: {ran.err.strip()}"
    elif ran.code and not ran.err.strip():
        yield f"exit {ran.code}, and nothing was said"


def _is_done(found: After, wanted: After) -> bool:
    return (found.content, found.rows) == (wanted.content, wanted.rows)


def _whole(stage: Stage, before: After, wanted: After) -> Iterator[str]:
    content = stage.catalogue.content()
    for path, text in content.items():
        is_ours = path.rpartition("/")[2].startswith(".enrich-")
        if not is_ours and text not in (before.content.get(path), wanted.content.get(path)):
            yield f"{path} is half written"
    yield from (f"{path} is gone" for path in before.content.keys() - content.keys())
    state = StateFolder(stage.root)
    for read in (read_pending, read_decisions, read_baseline, read_written):
        try:
            read(state)
        except StateError as error:
            yield f"{read.__name__}: {error}"
    for file in runs(state):
        try:
            read_run(file)
        except StateError as error:
            yield f"journal: {error}"
    if not (stage.root / ".enrich_cache").exists():
        return
    for file in _copied(stage).glob("*.sqlite"):
        with contextlib.closing(sqlite3.connect(file)) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                yield f"{file.name} is damaged"


def _completed(stage: Stage, again: Ran, wanted: After) -> Iterator[str]:
    if again.code not in stage.scene.again:
        yield f"the next one ended with {again.code}: {again.err.strip()[-300:]}"
        return
    found = after(stage)
    for path in sorted(found.content.keys() | wanted.content.keys()):
        if found.content.get(path) != wanted.content.get(path):
            yield f"after the next one {path} is not as it shall be"
    for path in sorted(found.memory.keys() | wanted.memory.keys()):
        if found.memory.get(path) != wanted.memory.get(path):
            yield f"after the next one {path} is not as it shall be"
    if found.rows != wanted.rows:
        yield f"after the next one the database holds {len(found.rows)} rows, not as they shall be"
    extra = found.names - wanted.names - wanted.content.keys()
    if extra - found.content.keys():
        yield f"after the next one there is also {sorted(extra)}"
    if "damaged" in again.err:
        yield "the cache was thrown away"


def _way_back(stage: Stage, before: After) -> Iterator[str]:
    """By `undo`, as often as there is something to take back, whatever the runs were that wrote it."""
    state = StateFolder(stage.root)
    if not runs(state) or runs(StateFolder(stage.folder / "as-it-was")):
        return
    while (undone := undo(state)) is not None:
        if undone.refused:
            yield f"can't be taken back: {undone.refused}"
            return
    for path, text in before.content.items():
        if (stage.root / path).read_bytes() != text:
            yield f"{path} can't be taken back"
