"""
Reading an entry as it is, and replacing it as a whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.files.beside import beside
from enrich.models import Document
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE_LIMIT_BYTES = 10_000_000
"""Of an entry. The longest known one has 52 KB of front matter; what is larger is no entry."""

HEAD_BYTES = 65_536
"""Of a file, where nothing but its front matter is looked at: a list of 400 authors has 9 KB."""


@dataclass(frozen=True, slots=True)
class Unread:
    path: str
    reason: str
    """`no such file`, `permission denied`, `larger than 10 MB`."""


@dataclass(frozen=True, slots=True)
class Written:
    digest: str
    """SHA-256 of what stands there now, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The file isn't any more what was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """The file could not be written and is as it was."""

    reason: str


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(root: Path, path: str) -> Document | Unread:
    """The file at *path*."""
    try:
        content = _content(_target(root, path))
    except FileNotFoundError:
        return Unread(path, "no such file")
    except _Unfit as unfit:
        return Unread(path, str(unfit))
    return document_of(path, content)


def read_head(root: Path, path: str) -> Document | Unread:
    """
    The lines that the file at *path* begins with, which hold its front matter, whatever follows.

    To look at, never to write: the digest is that of these lines.
    """
    try:
        content = _content(_target(root, path), HEAD_BYTES, is_whole=False)
    except FileNotFoundError:
        return Unread(path, "no such file")
    except _Unfit as unfit:
        return Unread(path, str(unfit))
    if len(content) > HEAD_BYTES:
        last = max(content.rfind(newline, 0, HEAD_BYTES) for newline in (b"\n", b"\r"))
        content = content[: last + 1]
    return document_of(path, content)


def document_of(path: str, content: bytes) -> Document:
    """*content* as text: newlines as they are, what isn't UTF-8 as lone surrogates."""
    return Document(path, content.decode("utf-8", "surrogateescape"), digest_of(content))


def write_atomically(root: Path, document: Document, text: str) -> Written | Stale | NotWritten:
    """
    Make *text* the content of the file that *document* was read from.

    The new content is written beside the file, synced, and renamed over it,
    only if the file still is what was read. Mode and, where that is allowed,
    owner stay. A link stays one, its target is written.
    """
    content = document.encode(text)
    try:
        target = _target(root, document.path)
        status = target.stat()
        if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
            return NotWritten("read-only")
        with beside(target, content, mode=0o600) as new:
            _keep_owner_and_mode(new, status)
            # As late as can be: what a person saves from here on, within microseconds, is lost.
            if digest_of(_content(target)) != document.digest:
                return Stale()
            new.replace(target)
    except FileNotFoundError:
        return Stale()
    except _Unfit as unfit:
        return NotWritten(str(unfit))
    except OSError as error:
        return NotWritten(_reason(error))
    return Written(digest_of(content))


def replace_file(target: Path, content: bytes | Iterable[bytes]) -> None:
    """Make *content*, or its parts together, what is in *target*; no reader sees less. Raises OSError."""
    with beside(target, content, mode=0o666) as new:
        new.replace(target)


def write_named(target: Path, content: bytes) -> None:
    """
    *content* to the file that a person named: through a link, into a pipe or a device.

    Elsewhere as a whole or not at all. Raises OSError.
    """
    place = Path(os.path.realpath(target))
    if place.exists() and not place.is_file():
        place.write_bytes(content)
    else:
        replace_file(place, content)


class _Unfit(Exception):  # noqa: N818 - a reason on its way to `Unread` or `NotWritten`
    pass


def _target(root: Path, path: str) -> Path:
    """The file that is meant, which for a link is the one it leads to."""
    if not passes_link(root, path):
        return root / path
    target = Path(os.path.realpath(root / path))
    if not target.is_relative_to(os.path.realpath(root)):
        raise _Unfit("leads out of the catalogue")
    return target


def passes_link(root: Path, path: str) -> bool:
    """Whether a part of *path*, which is relative to *root*, is a link; else it leads to itself."""
    place = os.fspath(root)
    for part in path.split("/"):
        place = f"{place}{os.sep}{part}"
        if part == ".." or os.path.islink(place):  # noqa: PTH114 - for every file of a catalogue
            return True
    return False


def _content(target: Path, most: int = SIZE_LIMIT_BYTES, *, is_whole: bool = True) -> bytes:
    """*most* bytes at most and, where the file has more, another one; unfit then where it shall be whole."""
    try:
        status = target.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _Unfit("is a directory")
        if not stat.S_ISREG(status.st_mode):
            # Reading a pipe could wait for ever.
            raise _Unfit("not a regular file")
        with target.open("rb") as file:
            content = file.read(min(status.st_size, most) + 1)
            if len(content) > status.st_size:  # it grows
                content += file.read(most + 1 - len(content))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _Unfit(_reason(error)) from error
    if is_whole and len(content) > most:
        raise _Unfit(f"larger than {most // 1_000_000} MB")
    return content


def _keep_owner_and_mode(file: Path, status: os.stat_result) -> None:
    if hasattr(os, "chown"):
        try:
            os.chown(file, status.st_uid, status.st_gid)
        except PermissionError:
            # Only root may give files away; a member of the group may keep at least that.
            with contextlib.suppress(PermissionError):
                os.chown(file, -1, status.st_gid)
    file.chmod(stat.S_IMODE(status.st_mode))


def _reason(error: OSError) -> str:
    reason = error.strerror or str(error)
    return reason[:1].lower() + reason[1:]
