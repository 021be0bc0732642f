"""A reader at a shell: types what a page says, in a catalogue, on the internet of the tests."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.docs.markdown import blocks
from tests.end_to_end.catalogues import clean_environ
from tests.end_to_end.terminals import terminal
from tests.internet.internet import Internet
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.docs.markdown import Block

TUTORIAL = ROOT / "docs" / "tutorial.md"
_DAY = "2027-01-15"
"""What stands in the pages for today."""
_HOME = "/home/you/papers"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SETTINGS = {
    "ENRICH_SET": "sources.arxiv.pace=0s",  # three seconds are for arXiv
    "GIT_AUTHOR_NAME": "You",
    "GIT_AUTHOR_EMAIL": "you@lab.example",
    "GIT_COMMITTER_NAME": "You",
    "GIT_COMMITTER_EMAIL": "you@lab.example",
    "GIT_AUTHOR_DATE": f"{_DAY}T09:00:00Z",
    "GIT_COMMITTER_DATE": f"{_DAY}T09:00:00Z",
    "PYTHONUNBUFFERED": "1",  # both streams come in the order in which a terminal would show them
    "PAGER": "cat",
}


@dataclass(slots=True)
class Reader:
    """At a shell in the folder *root*; *environ* goes over the usual."""

    root: Path
    environ: dict[str, str] = field(default_factory=dict)

    def whole(self) -> dict[str, str]:
        usual = clean_environ()
        path = f"{self.root.parent / 'bin'}:{usual['PATH']}"
        return {**usual, **_SETTINGS, **self.environ, "PATH": path}

    def types(self, command: str, keys: str | None = None) -> tuple[str, int]:
        """What the terminal shows, and the exit code; *keys* are for a program that asks for some."""
        if keys is not None:
            return self._answers(command, keys), 0
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.root,
            env=self.whole(),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        return self._timeless(done.stdout), done.returncode

    def saves(self, path: str, content: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8", newline="\n")

    def has_the_tutorials_catalogue(self) -> None:
        """The entries of the tutorial, committed."""
        for block in blocks(TUTORIAL.read_text(encoding="utf-8")):
            if block.title.startswith("_publications/"):
                self.saves(block.title, block.body)
        _, code = self.types("git init -q -b main && git add . && git commit -qm catalogue")
        assert code == 0

    def _answers(self, command: str, keys: str) -> str:
        words = shlex.split(command)
        assert words[0] == "enrich"
        with terminal(self.root, *words[1:], environ=self.whole()) as screen:
            screen.answer(keys)
            screen.end()
            return self._timeless(_ESCAPES.sub("", screen.shown))

    def _timeless(self, text: str) -> str:
        today = dt.datetime.now(dt.UTC).date().isoformat()
        return text.replace(today, _DAY).replace(str(self.root), _HOME)


def reader(folder: Path, internet: Internet) -> Reader:
    """In an empty folder of *folder*, with `enrich` on the path."""
    made = Reader(folder / "papers", dict(internet.env))
    made.root.mkdir()
    program = folder / "bin" / "enrich"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m enrich "$@"\n')
    program.chmod(0o755)
    return made


def records() -> Iterator[dict[str, Any]]:
    """Of the papers in `cache/starter.jsonl`, as arXiv is to have them."""
    for line in (ROOT / "cache" / "starter.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)["record"]
        yield {**record, "versions": record.get("version", 1)}


@contextlib.contextmanager
def small_internet() -> Iterator[Internet]:
    """arXiv has the papers of `cache/starter.jsonl`; other hosts answer, but one page is gone."""
    with Internet(records(), everything_else="ok") as running:
        running.host("edits.example").get("/slides.pdf", status=404)
        yield running


def replayed(page: str, shell: Reader) -> str:
    """*page* with what its commands really show; a command that fails unasked ends the test."""
    parts, told = [], 0
    for block in blocks(page):
        if block.not_run:
            continue
        if block.title:
            shell.saves(block.title, block.body)
        elif block.language == "console":
            parts += [page[told : block.start], _shown(block, shell)]
            told = block.start + len(block.body)
        elif block.language == "sh":
            _run(block, shell)
    return "".join((*parts, page[told:]))


def _shown(block: Block, shell: Reader) -> str:
    lines = []
    for command in block.commands:
        text, code = shell.types(command, block.keys or None)
        expected = block.exit_code if command == block.commands[-1] and block.exit_code is not None else 0
        assert code == expected, f"$ {command}\n{text}"
        end = "" if not text or text.endswith("\n") else "\n"
        lines.append(f"$ {command}\n{text}{end}")
    return "".join(lines)


def _run(block: Block, shell: Reader) -> None:
    for line in filter(None, (line.partition("#")[0].strip() for line in block.body.splitlines())):
        waits = (shell.root / ".enrich" / "pending.jsonl").exists()
        keys = ("q" if waits else "") if line == "enrich review" else None
        text, code = shell.types(line, keys)
        findings = line.startswith("enrich check")
        assert code == 0 or (findings and code == 1), f"$ {line}\n{text}"
