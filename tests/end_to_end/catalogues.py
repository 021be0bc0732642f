"""A catalogue in a real git repository, and the unmodified program run on it as a process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.terminals import terminal
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.end_to_end.terminals import Terminal
    from tests.internet.internet import Internet

PATIENCE_S = 900
"""After which a run is given up: long enough for a busy machine, for its time is not what is tested."""
NO_PAUSE = ("--set", "sources.arxiv.pace=0s")
"""The pace of 3 s is for arXiv; the tests' internet bears more."""

PROCESSES = ("network.processes=0", "network.processes=2")
"""Links are asked by the program itself, or by others of it; nothing else may differ."""


@dataclass(slots=True)
class Catalogue:
    root: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def copy(self, source: Path) -> None:
        """Copy *source* into the catalogue and commit it; read-only files become writable."""
        shutil.copytree(source, self.root, dirs_exist_ok=True, copy_function=shutil.copyfile)
        self.commit()

    def write(self, path: str, content: str | bytes) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "catalogue")

    def git(self, *args: str) -> str:
        done = subprocess.run(["git", *args], cwd=self.root, check=True, capture_output=True)
        return done.stdout.decode("utf-8", "surrogateescape")

    def on(self, internet: Internet) -> None:
        """From here on the program's network is *internet*."""
        self.environ = internet.env

    def python(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Another program in the place of `enrich`."""
        return subprocess.run(
            [sys.executable, *args],
            cwd=self.root,
            env=clean_environ() | dict(self.environ),
            check=False,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def start(self, *args: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "enrich", *args],
            cwd=self.root,
            env=clean_environ() | dict(self.environ),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def in_terminal(
        self, *args: str, columns: int = 80, term: str = "xterm", environ: Mapping[str, str] | None = None
    ) -> AbstractContextManager[Terminal]:
        """`enrich` in a terminal, with *environ* besides."""
        whole = {**clean_environ(), **self.environ, **(environ or {})}
        return terminal(self.root, *args, environ=whole, columns=columns, term=term)

    def enrich(self, *args: str, code: int = 0) -> str:
        """Standard output of `enrich`, which must exit with *code*."""
        return self.outcome(*args, code=code)[0]

    def outcome(self, *args: str, code: int = 0, given: str | None = None) -> tuple[str, str]:
        """Both streams; *given* is what the program reads from its standard input."""
        process = self.start(*args, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE)
        out, err = process.communicate(given, timeout=PATIENCE_S)
        assert process.returncode == code, f"exit {process.returncode}\n{out}\n{err}"
        return out, err

    def report(self, *args: str, code: int = 0) -> dict[str, Any]:
        """The JSON report of `enrich run` or `check`."""
        report: dict[str, Any] = json.loads(self.enrich(*args, "--output-format", "json", code=code))
        return report

    def content(self) -> dict[str, bytes]:
        """Every file but git's and enrich's own, by path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
            and path.relative_to(self.root).parts[0] not in (".git", ".enrich", ".enrich_cache")
        }


def clean_environ() -> dict[str, str]:
    """Nothing of the developer's own settings, and coverage of processes where it is measured."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "COVERAGE_PROCESS_START")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "XDG_DATA_HOME": os.devnull}  # there may be a mirror
    return environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **nowhere}


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    made = Catalogue(tmp_path / "catalogue")
    made.root.mkdir()
    made.git("init", "--quiet")
    for key, value in (
        ("user.name", "Curator"),
        ("user.email", "curator@example.org"),
        ("core.autocrlf", "false"),
    ):
        made.git("config", key, value)
    return made
