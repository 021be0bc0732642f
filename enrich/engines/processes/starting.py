"""
How a process that asks links is started.

Imports nothing that takes time, so that a process begins before its driver has imported the same.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys

# Of a group of its own: Ctrl-C in a terminal is for the driver, which says when to stop.
_GROUP = None if sys.platform == "win32" else 0
_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)

_START = "import sys; sys.path[:] = {path!r}; from enrich.engines.processes.child import main; main()"
_READ = 1 << 20
"""Bytes that are read ahead of it."""


async def start(python: str = sys.executable) -> asyncio.subprocess.Process:
    """A process that waits for its first message. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        *_command(python),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=_READ,
        process_group=_GROUP,
        creationflags=_FLAGS,
    )


def _command(python: str) -> tuple[str, ...]:
    # Without the working directory in its path, which may be anybody's catalogue, unless it is in ours.
    alone = ("-I",) if sys.flags.isolated else ("-P",)
    return (python, *alone, "-c", _START.format(path=sys.path))
