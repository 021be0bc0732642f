"""A disk that somebody else holds, or that only lets read: it is said, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich.cache.opening import FILE
from tests.end_to_end.catalogues import Catalogue, clean_environ
from tests.end_to_end.queues import SNAPSHOT
from tests.faults.scenes import ONLINE, online, people
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.internet.internet import Internet

NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
READS_ALL = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
"""May read whatever there is, and write no more than anybody: where Python itself lies in a root's home."""
IMPATIENT = """
import sys
from enrich.cache import opening
from enrich.cli import main
opening._BUSY_S = 0.5
sys.exit(main(sys.argv[1:]))
"""
"""The program, but that it waits half a second where it would ten."""


def test_a_cache_that_another_process_holds_ends_a_run_that_says_so(
    catalogue: Catalogue, internet: Internet
) -> None:
    online(catalogue)
    people(internet)
    catalogue.on(internet)
    catalogue.enrich("check", "--offline", "--fail-on", "never")
    before = catalogue.content()
    holding = sqlite3.connect(catalogue.root / ".enrich_cache" / FILE, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")

    done = catalogue.python("-c", IMPATIENT, "run", *ONLINE)
    holding.execute("ROLLBACK")
    holding.close()

    assert done.returncode == 2, done.stderr
    assert done.stderr.count("database is locked; another process holds it; wait for that one to end") == 1
    assert "bug" not in done.stderr
    assert catalogue.content() == before
    assert "Wrote 36 changes in 6 files" in catalogue.enrich("run", *ONLINE)


# -- what only lets read ---------------------------------------------------------------------


def command() -> tuple[str, ...] | None:
    """How a program is started as somebody who may write little; None where that can't be."""
    if sys.platform == "win32":
        return None
    ways = [()] if os.geteuid() else [AS_NOBODY, (*AS_NOBODY, *READS_ALL)]
    for way in ways:
        with contextlib.suppress(OSError):
            whole = [*way, sys.executable, "-m", "enrich", "--version"]
            if not subprocess.run(whole, check=False, capture_output=True, env=clean_environ()).returncode:
                return way
    return None


class _Somebodys(Catalogue):
    """A catalogue of somebody who is not root."""

    way: tuple[str, ...]

    def own(self) -> None:
        if not os.geteuid():
            for place in (self.root, *self.root.rglob("*")):
                os.chown(place, NOBODY, NOBODY, follow_symlinks=False)

    def call(self, *args: str, code: int) -> str:
        """Standard error of `enrich`."""
        done = subprocess.run(
            [*self.way, sys.executable, "-m", "enrich", *args],
            cwd=self.root,
            env=clean_environ(),
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr
        return done.stderr


@pytest.fixture
def somebodys() -> Iterator[_Somebodys]:
    way = command()
    if way is None:
        pytest.skip("nobody can be anybody else here")
    folder = Path(tempfile.mkdtemp(prefix="enrich-refused-"))
    folder.chmod(0o755)  # pytest's own folders let nobody in
    made = _Somebodys(folder / "catalogue")
    made.way = way
    made.root.mkdir()
    made.git("init", "--quiet")
    for key, value in (("user.name", "Curator"), ("user.email", "curator@example.org")):
        made.git("config", key, value)
    made.copy(ROOT / "examples")
    made.write("enrich.toml", SNAPSHOT)
    made.commit()
    made.own()
    yield made
    for place in folder.rglob("*"):
        if place.is_dir():
            place.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_is_read_only_is_left_and_the_others_are_repaired(somebodys: _Somebodys) -> None:
    place = somebodys.root / "_publications" / "2024gpt.markdown"
    before = place.read_bytes()
    place.chmod(0o444)

    err = somebodys.call("run", "--offline", code=4)
    place.chmod(0o644)
    after = place.read_bytes()
    somebodys.call("run", "--offline", "--allow-dirty", code=0)

    assert "not written: _publications/2024gpt.markdown: read-only" in err
    assert after == before
    assert b"hf2410.21276" not in place.read_bytes()


def test_a_folder_that_is_read_only_keeps_its_entries_and_loses_nothing(somebodys: _Somebodys) -> None:
    folder = somebodys.root / "_publications"
    before = somebodys.content()
    folder.chmod(0o555)

    err = somebodys.call("run", "--offline", code=4)
    after = somebodys.content()
    folder.chmod(0o755)
    somebodys.call("run", "--offline", code=0)
    somebodys.call("undo", code=0)

    assert err.count("permission denied") == 3
    assert after == before
    assert somebodys.content() == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("check", "--offline"), 2, "choose another folder with --cache-dir"),
        (("run", "--offline"), 4, "what is written could not be remembered"),
        (("init", "--yes"), 2, "enrich.toml"),
    ],
)
def test_a_catalogue_that_only_lets_read_is_told_as_such(
    somebodys: _Somebodys, args: tuple[str, ...], code: int, said: str
) -> None:
    before = somebodys.content()
    somebodys.root.chmod(0o555)

    err = somebodys.call(*args, code=code)

    assert said in err
    assert somebodys.content() == before


def test_a_memory_that_is_read_only_is_told_before_anything_is_written(somebodys: _Somebodys) -> None:
    somebodys.call("run", "--offline", "--dry-run", code=0)
    before = somebodys.content()
    (somebodys.root / ".enrich").chmod(0o555)
    (somebodys.root / ".enrich" / "journal").chmod(0o555)

    err = somebodys.call("run", "--offline", code=4)

    assert f"{somebodys.root}/.enrich: read-only; make it writable" in err
    assert somebodys.content() == before
