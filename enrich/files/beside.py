"""
A file beside the one that it is to replace, and what is left of such files by programs that were killed.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from typing import TYPE_CHECKING

from enrich.files.locking import LOCKS, hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NAME = re.compile(r"\.enrich-[0-9a-f]{16}\.tmp")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def beside(target: Path, content: bytes | Iterable[bytes], *, mode: int) -> Iterator[Path]:
    """A new file with *content*, synced, in the folder of *target*; gone afterwards unless it was renamed."""
    descriptor, place = _new(target, mode)
    try:
        with contextlib.ExitStack() as held:
            file = held.enter_context(open(descriptor, "wb"))  # noqa: PTH123 - a descriptor, not a path
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
            if not LOCKS:
                held.close()  # a file that is open can't be renamed there
            yield place
    finally:
        # Whatever else goes wrong with it: what was done stands, what was not is told by its own error.
        with contextlib.suppress(OSError):
            place.unlink()


def clear_leftovers(root: Path, folders: Iterable[Path]) -> None:
    """
    Remove what programs that are gone left in *folders*; what can't be looked at or removed stays.

    So does what is in a folder that a link leads to out of *root*.
    """
    inside = os.path.realpath(root)
    for folder in folders:
        with contextlib.suppress(OSError):
            if os.path.commonpath((inside, os.path.realpath(folder))) != inside:
                continue
            for name in os.listdir(folder):  # noqa: PTH208 - names are all that is wanted
                if _NAME.fullmatch(name):
                    _clear(folder / name)


def _new(target: Path, mode: int) -> tuple[int, Path]:
    while True:
        place = target.with_name(f".enrich-{os.urandom(8).hex()}.tmp")
        descriptor = os.open(place, _NEW, mode)
        if _is_held(descriptor, place):
            return descriptor, place
        os.close(descriptor)


def _is_held(descriptor: int, place: Path) -> bool:
    """Takes hold of the file for as long as it is open; False where another program just cleared it away."""
    if LOCKS:
        # Where a file system has no locks, nobody gets one to clear away either.
        with contextlib.suppress(OSError):
            hold(descriptor)
    return os.path.lexists(place)


def _clear(file: Path) -> None:
    if not LOCKS:
        return  # nobody can tell whose the file is
    with contextlib.suppress(OSError):
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            # Whoever still works with it holds it.
            hold(descriptor, waits=False)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                file.unlink()
        finally:
            os.close(descriptor)
