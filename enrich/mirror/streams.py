"""
The lines of a file of any size, plain or compressed, one after another, from any line on.

Knows files; knows nothing of what a line says. What a file is compressed with is told by its
first bytes, not by its name.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import zipfile
import zlib
from hashlib import sha256
from typing import IO, TYPE_CHECKING, cast

from enrich.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

LONGEST = 16_000_000
"""Bytes of a line; a paper of the longest collaboration has a tenth of that."""
_BUFFER = 1 << 20
_ENDS = 1 << 16
"""Bytes at either end of a file, by which it is told from another."""
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
"""What the standard library says of a compressed file that is cut short, spoilt or encrypted."""


class Lines:
    """
    Use as a context manager, then iterate: bytes without their line break.

    Raises UsageError where the file can't be read, or can't be read on; `position` and
    `number` then are those of the last line that could be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = 0
        """Bytes up to the end of the last line, decompressed."""
        self.number = 0
        """Of the last line, from 1."""
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with self._in_words("can't be read"):
            self._raw = self._stack.enter_context(self.path.open("rb", buffering=_BUFFER))
            self.size = self._raw.seek(0, io.SEEK_END)
            self.name = self._fingerprint()
            self._stream = self._stack.enter_context(_decompressed(self._raw))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def read(self) -> int:
        """Bytes of the file, of `size`, that were read."""
        return min(self._raw.tell(), self.size)

    def skip(self, position: int, number: int) -> None:
        """Go on behind the line *number*, which ends at *position*."""
        with self._in_words("ends before the place where its import was interrupted"):
            self._stream.seek(position)
        self.position, self.number = position, number

    def __iter__(self) -> Iterator[bytes]:
        while line := self._next():
            yield line.rstrip(b"\r\n")

    def _next(self) -> bytes:
        with self._in_words(f"can't be read on behind line {self.number:,}"):
            line = self._stream.readline(LONGEST)
            length = len(line)
            rest = line
            while rest and len(rest) == LONGEST and not rest.endswith(b"\n"):
                rest = self._stream.readline(LONGEST)
                length += len(rest)
        if line:
            self.position += length
            self.number += 1
        return line

    def _fingerprint(self) -> str:
        """Of size and ends: reading all of it would take minutes."""
        held = sha256(str(self.size).encode())
        for begin in (0, max(0, self.size - _ENDS)):
            self._raw.seek(begin)
            held.update(self._raw.read(_ENDS))
        self._raw.seek(0)
        return held.hexdigest()

    @contextlib.contextmanager
    def _in_words(self, what: str) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            said = error.strerror if isinstance(error, OSError) else None
            reason = said or str(error) or "it is cut short"
            self._stack.close()
            raise UsageError(f"{self.path} {what}: {reason}") from error


def _decompressed(raw: IO[bytes]) -> contextlib.AbstractContextManager[IO[bytes]]:
    head = raw.read(6)
    raw.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _member(raw)
    if head.startswith(b"\x1f\x8b"):
        return _buffered(gzip.GzipFile(fileobj=raw))
    if head.startswith(b"BZh"):
        return _buffered(bz2.BZ2File(raw))
    if head.startswith(b"\xfd7zXZ\x00"):
        return _buffered(lzma.LZMAFile(raw))
    return contextlib.nullcontext(raw)


@contextlib.contextmanager
def _member(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """The largest file of a zip archive: Kaggle packs one alone."""
    with zipfile.ZipFile(raw) as archive:
        largest = max(archive.infolist(), key=lambda one: one.file_size, default=None)
        if largest is None:
            raise zipfile.BadZipFile("the archive is empty")
        with archive.open(largest) as member, _buffered(member) as stream:
            yield stream


def _buffered(stream: object) -> contextlib.AbstractContextManager[IO[bytes]]:
    return cast("IO[bytes]", io.BufferedReader(cast("io.RawIOBase", stream), _BUFFER))
