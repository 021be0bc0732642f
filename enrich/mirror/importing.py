"""
A snapshot imported, line by line: bounded memory, and every batch with the place that it reaches to.

An import that was interrupted goes on behind its last batch when the same file is imported
again. A line that can't be read costs one message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enrich.errors import UsageError
from enrich.mirror.lines import read_line
from enrich.mirror.papers import FlawError
from enrich.mirror.streams import Lines
from enrich.mirror.writing import Written

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from enrich.mirror.papers import Paper
    from enrich.mirror.writing import Writer

BATCH = 2_000
"""Lines between two commits; what a kill costs."""
HOPELESS = 1_000
"""Lines at the beginning of which not one holds a paper: the file is something else."""
IMPORT = "import"
"""The fact that tells how far an import has come."""


@dataclass(slots=True)
class Imported:
    written: Written = field(default_factory=Written)
    papers: int = 0
    """Lines that hold one, of those read this time."""
    broken: int = 0
    """Lines that hold no paper."""
    resumed_behind: int = 0
    """The line behind which an interrupted import went on; 0 where it began at the first."""
    newest: dt.date | None = None


def import_file(
    path: Path,
    writer: Writer,
    today: dt.date,
    *,
    tell: Callable[[str], None],
    show: Callable[[int, int, int], None],
) -> Imported:
    """
    Every paper of *path* in the mirror of *writer*.

    *tell* gets a sentence about each line that can't be read, *show* the bytes read, the
    bytes of the file and the lines so far. Raises UsageError where the file can't be read,
    or holds no papers; what was read before that is kept.
    """
    done = Imported()
    with Lines(path) as lines:
        before = writer.facts.under_way(IMPORT)
        if before.get("file") == lines.name:
            lines.skip(int(before["position"]), int(before["line"]))
            done.resumed_behind, done.broken = lines.number, int(before["broken"])
        _Import(lines, writer, done, today, tell).go(show)
        if not (done.papers or done.resumed_behind):
            raise UsageError(f"{path} holds no paper of arXiv's metadata snapshot")
    newest = writer.facts.newest
    whole = max(filter(None, (newest, writer.facts.whole_on)), default=None)
    writer.finish({IMPORT: None, "whole on": whole.isoformat() if whole else None})
    done.newest = newest
    return done


@dataclass(slots=True)
class _Import:
    lines: Lines
    writer: Writer
    done: Imported
    today: dt.date
    tell: Callable[[str], None]

    def go(self, show: Callable[[int, int, int], None]) -> None:
        papers: list[Paper] = []
        try:
            for line in self.lines:
                if line.strip() and (paper := self._read(line)) is not None:
                    papers.append(paper)
                if self.lines.number % BATCH == 0:
                    self._write(papers)
                    papers = []
                    show(self.lines.read, self.lines.size, self.lines.number)
        except UsageError:
            self._write(papers)
            raise
        self._write(papers)

    def _read(self, line: bytes) -> Paper | None:
        try:
            return read_line(line)
        except FlawError as flaw:
            number = self.lines.number
            self.done.broken += 1
            if number == self.done.broken == HOPELESS:
                raise UsageError(
                    f"{self.lines.path} is not arXiv's metadata snapshot: "
                    f"none of its first {HOPELESS:,} lines holds a paper (line {number:,}: {flaw})"
                ) from None
            self.tell(f"{self.lines.path}:{number}: not read: {flaw}")
            return None

    def _write(self, papers: list[Paper]) -> None:
        # Not a day that lies ahead: an update would begin there, and miss all that comes before.
        days = [paper.datestamp for paper in papers if paper.datestamp <= self.today]
        newest = max(filter(None, (self.writer.facts.newest, *days)), default=None)
        if not (papers or self.done.papers or self.done.resumed_behind):
            return  # nothing says yet that this is a snapshot
        place = {
            "file": self.lines.name,
            "name": self.lines.path.name,
            "position": self.lines.position,
            "line": self.lines.number,
            "broken": self.done.broken,
        }
        facts = {IMPORT: json.dumps(place), "newest": newest.isoformat() if newest else None}
        self.writer.write(papers, facts, self.done.written)
        self.done.papers += len(papers)
