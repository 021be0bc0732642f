"""
Lines of standard input as they come, while others are being answered.

A program may write a line, wait for its answer, and write the next; so reading
must not hold up what is under way, nor wait for more than there is.
"""

from __future__ import annotations

import asyncio
import io
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import TextIO

AHEAD = 1_024
"""Lines that may be read before they are wanted."""


async def lines_of(stream: TextIO) -> AsyncIterator[str]:
    """The lines of *stream* without their ends; a thread waits for them."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    room = threading.Semaphore(AHEAD)

    def read() -> None:
        try:
            for line in _own(stream):
                room.acquire()
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)
        except RuntimeError:
            return  # the loop is closed: nobody wants the rest

    # A daemon, for nothing else ends a read that waits for a person.
    threading.Thread(target=read, name="standard input", daemon=True).start()
    while (line := await lines.get()) is not None:
        room.release()
        yield line


def _own(stream: TextIO) -> TextIO:
    """
    *stream* by a reader of its own: the interpreter closes standard input at its
    end, and must not wait for the lock of a read that is still under way.
    """
    try:
        number = stream.fileno()
    except io.UnsupportedOperation:
        return stream
    return open(number, encoding=stream.encoding, errors=stream.errors, closefd=False)
