"""A process and its two pipes as a line to a worker: a length goes before each frame."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

LENGTH = struct.Struct("!I")
END_S = 5.0
"""How long a process may take to end once its input has."""


def framed(frame: bytes) -> bytes:
    return LENGTH.pack(len(frame)) + frame


class Pipe:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """*process* was started with pipes; raises ValueError where it was not."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("it was started without pipes")
        self._process = process
        self._inlet, self._outlet = process.stdin, process.stdout

    @property
    def name(self) -> str:
        return str(self._process.pid)

    def send(self, frame: bytes) -> None:
        if not self._inlet.is_closing():
            self._inlet.write(framed(frame))

    async def receive(self) -> bytes | None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            (length,) = LENGTH.unpack(await self._outlet.readexactly(LENGTH.size))
            return await self._outlet.readexactly(length)
        return None

    def hang_up(self) -> None:
        self._inlet.close()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> str:
        self._inlet.close()
        code = await self._process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


class Starting:
    """Starts processes; the *first* may be on its way."""

    def __init__(
        self,
        start: Callable[[], Coroutine[None, None, asyncio.subprocess.Process]],
        first: asyncio.Task[asyncio.subprocess.Process] | None = None,
    ) -> None:
        self._start = start
        self._first = first

    async def __call__(self) -> Pipe:
        """Raises OSError."""
        first, self._first = self._first, None
        return Pipe(await (first or self._start()))
