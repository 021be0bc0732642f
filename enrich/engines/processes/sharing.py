"""How many processes ask links, and how many requests each may have in flight."""

from __future__ import annotations

import os
import sys

from enrich.words import dataclass

MOST = 2
"""Processes, where none are configured: one keeps the driver busy, or two where pages are large."""
ENTRIES = 500
"""Fewer entries are checked before another process has started."""
IN_FLIGHT = 64
"""Requests in flight below which hosts are slower than one process: it does about 64 in 50 ms."""
OWN = 8
"""Requests that the driver, which asks APIs one at a time each, has in flight at most."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Requests in flight."""

    own: int
    others: tuple[int, ...] = ()
    """Of each process; none where the driver asks alone."""


def processes(configured: int | None, concurrency: int, entries: int, remembered: int) -> int:
    """
    How many processes shall ask links besides the driver, for a run over *entries*.

    *remembered* links need not be asked. Where none are *configured*: one a core besides the
    driver's, and only where it pays.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        return 0  # there is no Python to start
    if configured is not None:
        return min(configured, concurrency - 1)
    pays = entries >= ENTRIES and remembered < entries and concurrency >= IN_FLIGHT
    return min(cores() - 1, MOST) if pays else 0


def shares(concurrency: int, number: int) -> Shares:
    """*concurrency* divided among the driver and *number* processes, fewer than it."""
    if not number:
        return Shares(concurrency)
    own = min(OWN, max(1, concurrency // 8), concurrency - number)
    each, more = divmod(concurrency - own, number)
    return Shares(own, tuple(each + (place < more) for place in range(number)))


def cores() -> int:
    """That this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1
