"""
Lines of standard input as they come, while others are being answered.

A program may write a line, wait for its answer, and write the next; so reading
must not hold up what is under way, nor wait for more than there is.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import threading
from typing import TYPE_CHECKING

from enrich.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import TextIO

AHEAD = 1_024
"""Lines that may be read before they are wanted."""


async def lines_of(stream: TextIO) -> AsyncIterator[str]:
    """Without their ends; a thread waits for them. Raises UsageError where *stream* can't be read."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    room = threading.Semaphore(AHEAD)
    faults: list[Exception] = []

    def read() -> None:
        try:
            for line in _own(stream):
                room.acquire()
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)
        except RuntimeError:
            return  # the loop is closed: nobody wants the rest
        except (OSError, ValueError) as error:  # a folder, a terminal that is gone, no UTF-8
            faults.append(error)
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(lines.put_nowait, None)

    # A daemon, for nothing else ends a read that waits for a person.
    threading.Thread(target=read, name="standard input", daemon=True).start()
    while (line := await lines.get()) is not None:
        room.release()
        yield line
    if faults:
        raise UsageError(f"standard input can't be read: {faults[0]}") from faults[0]


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
