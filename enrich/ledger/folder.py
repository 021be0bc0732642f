"""
The folder `.enrich/` itself: what of it git shall keep, and how it shall merge it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.errors import StateError
from enrich.files import replace_file
from enrich.words import dataclass

if TYPE_CHECKING:
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

    def prepare(self) -> None:
        """Make the folder ready to be written to; raises StateError where it can't be."""
        try:
            self.journal.mkdir(parents=True, exist_ok=True)
            # A link in a catalogue from a stranger could lead our writing anywhere.
            if not self.journal.resolve().is_relative_to(self.root.resolve()):
                raise StateError(f"{self.path}: leads out of the catalogue; remove it")
            for name, content in ((".gitignore", _IGNORED), (".gitattributes", _ATTRIBUTES)):
                if not (self.path / name).exists():
                    replace_file(self.path / name, content.encode())
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}") from error
