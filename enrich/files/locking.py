"""A file or folder held while its descriptor is open, where the system has such locks."""

from __future__ import annotations

try:
    import fcntl
except ImportError:  # Windows
    LOCKS = False
else:
    LOCKS = True


def hold(descriptor: int, *, waits: bool = True) -> None:
    """
    Keep others that ask from holding what *descriptor* is open on; it ends with the process at the latest.

    Raises OSError where the file system has no locks, and where somebody has it and this one never
    *waits*. To be called where there are `LOCKS`.
    """
    fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
