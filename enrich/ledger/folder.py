"""
The folder `.enrich/` itself: what of it git shall keep, and how it shall merge it.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from enrich.errors import StateError
from enrich.files import clear_leftovers, replace_file
from enrich.files.locking import LOCKS, hold
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IGNORED = "pending.jsonl\njournal/\nbugs.txt\n.enrich-*.tmp\n.gitignore\n"
_ATTRIBUTES = "*.jsonl merge=union\n"


@dataclass(frozen=True, slots=True)
class StateFolder:
    root: Path
    """The catalogue's."""

    @property
    def path(self) -> Path:
        return self.root / ".enrich"

    @property
    def pending(self) -> Path:
        return self.path / "pending.jsonl"

    @property
    def journal(self) -> Path:
        return self.path / "journal"

    @property
    def decisions(self) -> Path:
        return self.path / "decisions.jsonl"

    @property
    def baseline(self) -> Path:
        return self.path / "baseline.jsonl"

    @property
    def written(self) -> Path:
        return self.path / "written.jsonl"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """
        While nobody else changes what is remembered: for whoever reads a file and writes it anew.

        Not to be entered twice. It ends with the process, and leaves no file. Where the folder isn't
        there yet, or can't be locked, there is no waiting. Raises StateError where it can't be opened.
        """
        with contextlib.ExitStack() as held:
            if LOCKS and self.path.is_dir():
                try:
                    folder = os.open(self.path, os.O_RDONLY)
                except OSError as error:
                    raise StateError(f"{self.path}: {error.strerror}") from error
                held.callback(os.close, folder)
                with contextlib.suppress(OSError):
                    hold(folder)
            yield

    def prepare(self) -> None:
        """Make the folder ready to be written to; raises StateError where it can't be."""
        try:
            self.journal.mkdir(parents=True, exist_ok=True)
            # A link in a catalogue from a stranger could lead our writing anywhere.
            if not self.journal.resolve().is_relative_to(self.root.resolve()):
                raise StateError(f"{self.path}: leads out of the catalogue; remove it")
            clear_leftovers(self.root, [self.path])
            for name, content in ((".gitignore", _IGNORED), (".gitattributes", _ATTRIBUTES)):
                if not (self.path / name).exists():
                    replace_file(self.path / name, content.encode())
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}") from error
