"""
By what a file is known to be the one that was read, without reading it again.

As git does it: size, times, and which file it is. Times are coarse, so a file that was
changed a moment before it was read could be changed again and keep them; such a one
has no signature until it has rested (git calls it racy).
Source: https://git-scm.com/docs/racy-git
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COARSE_NS = 2_000_000_000
"""Nanoseconds. No file system in use has coarser times: those of FAT are even seconds."""
CLOCKS_APART_NS = 3_600_000_000_000
"""By so much the clock of a file system may be behind ours, where it can't be asked for its time."""


class Signatures:
    """The signatures of files below one folder; to be made before the first of them is read."""

    def __init__(self, root: Path, marker: Path, *, now_ns: Callable[[], int] = time.time_ns) -> None:
        """*marker* is a file that may be touched, so that the time of its file system is known."""
        self._root = f"{root}{os.sep}"
        self._rested_since_ns = _time_ns(root, marker, now_ns)

    def of(self, path: str) -> str:
        """What *path*, relative to the folder, is known by now; empty for what isn't a plain file."""
        return self._told(path)[0]

    def lasting(self, path: str) -> str:
        """
        As `of`, and empty for a file that has not rested: it could change and keep its signature.

        To be asked before the file is read: what changes it meanwhile changes what `of` says.
        """
        signature, changed_ns = self._told(path)
        return signature if changed_ns < self._rested_since_ns else ""

    def _told(self, path: str) -> tuple[str, int]:
        try:
            status = os.lstat(self._root + path)
        except (OSError, ValueError):
            return "", 0
        if not stat.S_ISREG(status.st_mode):
            return "", 0
        # The time of the last change of the inode too: whoever sets the other back can't set this one.
        signature = (
            f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"
        )
        return signature, max(status.st_mtime_ns, status.st_ctime_ns)


def _time_ns(root: Path, marker: Path, now_ns: Callable[[], int]) -> int:
    """Before when a file must have been changed last to have rested."""
    try:
        os.utime(marker)
        status = marker.stat()
        if status.st_dev == root.stat().st_dev:
            return status.st_mtime_ns - COARSE_NS
    except OSError:
        pass
    return now_ns() - CLOCKS_APART_NS
