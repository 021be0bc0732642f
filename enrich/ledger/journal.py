"""
What the last runs wrote, noted before it was written, so that there is always a way back.

One file per run, `000042.jsonl`: numbers and not times, for clocks go backwards.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from enrich.errors import StateError
from enrich.files import digest_of
from enrich.ledger.lines import (
    VERSION,
    check_version,
    each_line,
    line_of,
    object_of,
    objects_of,
    text_of,
    write_lines,
)
from enrich.ledger.pending import pending_from_json, pending_to_json
from enrich.ledger.remembered import all_is_remembered
from enrich.text import Edit, Span, splice
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from enrich.ledger.folder import StateFolder
    from enrich.ledger.pending import Pending
    from enrich.models import Document

RUNS_KEPT = 10


@dataclass(frozen=True, slots=True)
class Splice:
    """What a run did to one file, from the other end."""

    path: str
    before: str
    """SHA-256 of the file as it was, hexadecimal."""
    after: str
    """… and as the run left it."""
    back: Edit
    """Turns the text of the run into the text before it."""
    items: tuple[Pending, ...] = ()
    """The changes that were written, with what was said about them."""

    def restored(self, document: Document) -> str | None:
        """The text before the run; None where *document* isn't what the run left."""
        if document.digest != self.after or self.back.span.end > len(document.text):
            return None
        text = splice(document.text, [self.back])
        return text if digest_of(document.encode(text)) == self.before else None


def splice_of(document: Document, text: str, items: Sequence[Pending] = ()) -> Splice:
    start = _common_start(document.text, text)
    tail = _common_start(document.text[start:][::-1], text[start:][::-1])
    old = document.text[start : len(document.text) - tail]
    back = Edit(Span(start, len(text) - tail), old)
    return Splice(document.path, document.digest, digest_of(document.encode(text)), back, tuple(items))


def _common_start(first: str, second: str) -> int:
    """How many code points two texts share at their start."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first.startswith(second[:middle]) else (low, middle - 1)
    return low


class Journal:
    """The journal of one run; its file comes into being with the first entry that is noted."""

    def __init__(self, state: StateFolder, command: str, started_at: dt.datetime) -> None:
        """*started_at* is UTC."""
        self._state = state
        self._header = {"v": VERSION, "command": command, "started_at": started_at.isoformat()}
        self._file: BinaryIO | None = None
        self._path = state.journal
        self._noted = 0
        self._last = 0
        """Where the line that was noted last begins."""
        self._broken = ""

    def fault(self) -> str | None:
        """Why nothing can be noted, None where it can; for the guard, before a run."""
        try:
            self._state.prepare()
        except StateError as error:
            return str(error)
        folders = (self._state.path, self._state.journal)
        return next((f"{folder}: read-only" for folder in folders if not os.access(folder, os.W_OK)), None)

    def note(self, document: Document, text: str, items: Sequence[Pending] = ()) -> None:
        """
        Note that *document* is about to become *text*; on return that is on the disk.

        Raises StateError, and then the file must not be written. After that
        nothing more can be noted in this run, for its last line may be half there.
        """
        if self._broken:
            raise StateError(self._broken)
        try:
            if self._file is None:
                self._file = self._open()
            self._last = self._file.tell()
            self._file.write(line_of(_to_line(splice_of(document, text, items))))
            self._file.flush()
            os.fsync(self._file.fileno())
            if not self._noted:
                _sync_name(self._path)
            self._noted += 1
        except OSError as error:
            self._broken = f"{self._state.journal}: {error.strerror}"
            raise StateError(self._broken) from error

    def withdraw(self) -> None:
        """Take out what was noted last, for it was not done. Raises StateError where that fails."""
        if self._file is None:
            return
        try:
            self._file.truncate(self._last)
            self._file.seek(self._last)
            self._noted -= 1
        except OSError as error:
            self._broken = f"{self._state.journal}: {error.strerror}"
            raise StateError(self._broken) from error

    def conclude(self) -> bool:
        """
        Note that all of this is remembered by now, so that no later run need look; False where it is nothing.

        To be called `alone`; nothing more is noted then.
        """
        if self._file is None or not self._noted:
            return False
        if not self._broken:
            with contextlib.suppress(OSError):  # then the next run reads what it wrote
                self._file.write(all_is_remembered(self._state))
        return True

    def close(self) -> None:
        """End the run: older ones than the last few are forgotten."""
        if self._file is None:
            return
        # Closing tries once more to write the line that failed; its file wasn't touched.
        with contextlib.suppress(OSError):
            self._file.close()
        if not self._noted and not self._broken:
            self._path.unlink(missing_ok=True)
        for file in runs(self._state)[:-RUNS_KEPT]:
            file.unlink(missing_ok=True)

    def _open(self) -> BinaryIO:
        self._state.prepare()
        number = int(runs(self._state)[-1].stem) if runs(self._state) else 0
        while True:
            number += 1
            self._path = self._state.journal / f"{number:06}.jsonl"
            try:
                file = self._path.open("xb")
            except FileExistsError:
                # Another run began at the same time.
                continue
            file.write(line_of(self._header))
            return file


def _sync_name(file: Path) -> None:
    """A file that is new is there after a power cut only once its folder is on the disk too."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def runs(state: StateFolder) -> list[Path]:
    """The files of the runs that are remembered, the last at the end."""
    if not state.journal.is_dir():
        return []
    found = [file for file in state.journal.iterdir() if re.fullmatch(r"\d+\.jsonl", file.name)]
    return sorted(found, key=lambda file: int(file.stem))


def read_run(file: Path) -> tuple[Splice, ...]:
    """As `each_splice`, all at once."""
    return tuple(each_splice(file))


def each_splice(file: Path) -> Iterator[Splice]:
    """
    What one run wrote, in its order; raises StateError where that can't be read.

    A last line that was cut off is none: its file had not been touched.
    """
    cure = "delete the file; what that run wrote stays"
    made = each_line(file, lambda line: _from_line(object_of(line)), cure, may_be_cut=True)
    return (item for item in made if item)


def keep_only(file: Path, splices: Iterable[Splice]) -> None:
    """Let the run in *file* have written nothing but *splices*; without any, forget it."""
    lines = [_to_line(splice) for splice in splices]
    if lines:
        write_lines(file, [{"v": VERSION}, *lines])
    else:
        file.unlink(missing_ok=True)


def last_written(state: StateFolder) -> dict[str, str]:
    """SHA-256 of what enrich last wrote, by path; for the guard."""
    return {splice.path: splice.after for file in runs(state) for splice in each_splice(file)}


def last_run(state: StateFolder) -> tuple[Pending, ...]:
    """The changes that the last run wrote, in its order; none where there was no run."""
    return tuple(item for splice in last_splices(state) for item in splice.items)


def last_splices(state: StateFolder) -> tuple[Splice, ...]:
    """What the last run did to each file, in its order; nothing where there was no run."""
    recorded = runs(state)
    return read_run(recorded[-1]) if recorded else ()


def _to_line(made: Splice) -> dict[str, object]:
    return {
        "path": made.path,
        "before": made.before,
        "after": made.after,
        "start": made.back.span.start,
        "end": made.back.span.end,
        "text": made.back.replacement,
        "changes": [pending_to_json(item) for item in made.items],
    }


def _from_line(data: Mapping[str, object]) -> Splice | None:
    if "v" in data:
        check_version(data)
        return None
    start, end = data["start"], data["end"]
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        raise ValueError("`start` and `end` are no span")
    return Splice(
        path=text_of(data, "path"),
        before=text_of(data, "before"),
        after=text_of(data, "after"),
        back=Edit(Span(start, end), text_of(data, "text")),
        items=tuple(pending_from_json(item) for item in objects_of(data, "changes")),
    )
