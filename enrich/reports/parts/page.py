"""What a report is given and what it does; how lines reach a stream."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Protocol

from enrich.models import Severity
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from enrich.models import Outcome, Run, Totals


@dataclass(frozen=True, slots=True)
class Page:
    """How a report shall look, whatever its format."""

    names: Mapping[str, str]
    """The rules' names by their codes."""
    version: str
    """Of enrich."""
    show: Severity = Severity.WARNING
    """Text lists findings from here upwards and counts the rest; other formats hold all."""
    width: int = 80
    """Columns of the terminal; source lines are cut to it."""
    colour: bool = False
    quiet: bool = False
    """No line before the findings."""
    records: bool = False
    """Machine formats hold the records that were fetched."""
    root: str = "."
    """The catalogue's root, from where the program was called: commands in hints work there."""
    paths: tuple[str, ...] = ()
    """Those that the run was told to look at, as they were given; empty for all."""
    prefix: str = ""
    """The catalogue's root in its repository: empty at its top. Platforms count from the top."""
    summary_bytes: int = 524_288
    """UTF-8 bytes that a Markdown report may take."""
    in_git: bool = True
    """`git diff` works here."""
    confirm_after: int = 3
    """Failures after which a link that used to work is called broken …"""
    confirm_days: int = 3
    """… if they are spread over so many days."""
    portioned: frozenset[str] = frozenset()
    """Hosts of which the configuration says how many links a run asks."""

    def in_repository(self, path: str) -> str:
        """*path*, which is relative to the catalogue's root, as the repository's platform knows it."""
        return posixpath.join(self.prefix, path)

    def name(self, rule: str) -> str:
        return self.names.get(rule, rule)


class Report(Protocol):
    """
    One format. Made with `(page, out, err)`: `out` takes the answer, `err` what is said about the run.

    Outcomes may come in any order; equal runs give equal files all the same,
    except for json-lines, which keeps the order in which entries finish.
    """

    def begin(self, run: Run, found: int) -> None:
        """Once, before the first outcome. *found* entries are about to be looked at."""

    def entry(self, outcome: Outcome) -> None:
        """One entry is done; also for what concerns the run as a whole, with an empty path."""

    def end(self, totals: Totals) -> None:
        """Once, also after an interruption. Nothing is flushed or closed that the caller opened."""


def put(stream: TextIO, *lines: str) -> None:
    """Write *lines*; what the stream's encoding lacks becomes a backslash escape instead of an error."""
    text = "".join(f"{line}\n" for line in lines)
    encoding = getattr(stream, "encoding", None)
    if encoding:
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    stream.write(text)
