"""
A process that is a worker: messages come in on standard input, others go out on standard output.

It ends with its input, so it never outlives the driver, whatever became of that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from enrich.engines.garbage import rarely_collected
from enrich.engines.processes.messages import Begin, unpacked
from enrich.engines.processes.pipes import LENGTH, framed
from enrich.engines.processes.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_S = 5.0
"""After the end of the input, until the process ends even where its loop does not get to it."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver says when to stop
    outlet = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints, it is no message
    with rarely_collected():
        asyncio.run(_serve(sys.stdin.fileno(), outlet))


async def _serve(inlet: int, outlet: int) -> None:
    loop = asyncio.get_running_loop()
    frames: asyncio.Queue[bytes] = asyncio.Queue()

    def put(frame: bytes) -> None:
        loop.call_soon_threadsafe(frames.put_nowait, frame)

    # A thread, for not every system's loop can wait for a pipe that it was given.
    threading.Thread(target=_read, args=(inlet, put), daemon=True).start()
    first = await frames.get()
    if not first:
        return
    begin, *messages = unpacked(first)
    if not isinstance(begin, Begin):
        raise TypeError(f"{type(begin).__name__} before the beginning")
    async with Serving(begin, lambda frame: _write(outlet, frame)) as serving:
        serving.take(messages)
        while frame := await frames.get():
            serving.take(unpacked(frame))


def _read(inlet: int, put: Callable[[bytes], None]) -> None:
    """Every frame, and nothing at the end; then the process has `LAST_S` to end by itself."""
    try:
        while len(head := _exactly(inlet, LENGTH.size)) == LENGTH.size:
            put(_exactly(inlet, LENGTH.unpack(head)[0]))
        put(b"")
    except RuntimeError:
        return  # the loop has ended already
    time.sleep(LAST_S)
    os._exit(1)


def _exactly(inlet: int, size: int) -> bytes:
    """*size* bytes; fewer at the end."""
    parts = bytearray()
    while len(parts) < size and (part := os.read(inlet, min(size - len(parts), 1 << 20))):
        parts += part
    return bytes(parts)


def _write(outlet: int, frame: bytes) -> None:
    """Waits for a driver that is busy, which is how a slow one is given time."""
    left = memoryview(framed(frame))
    try:
        while left:
            left = left[os.write(outlet, left) :]
    except BrokenPipeError:
        os._exit(1)  # nobody is there any more
