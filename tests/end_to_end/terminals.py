"""The unmodified program on a real pty, with a person who reads before they type."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATIENCE_S = 60.0
"""How long the person waits for the program, however slow the machine is."""


@dataclass(slots=True)
class Terminal:
    process: subprocess.Popen[bytes]
    descriptor: int
    side: int
    """The program's end, kept open so that its settings can be looked at."""
    shown: str = ""
    """All that came on the screen."""
    _read: int = field(default=0)
    """How much of it the person has read."""

    def until(self, text: str) -> str:
        """What came on the screen since the last time, up to *text*, which is waited for."""
        limit = time.monotonic() + PATIENCE_S
        while (found := self.shown.find(text, self._read)) < 0:
            assert self._more(limit), f"no {text!r} in {self.shown[self._read :]!r}"
        start, self._read = self._read, found + len(text)
        return self.shown[start : self._read]

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def answer(self, keys: str, prompt: str = "?] ") -> None:
        """Each of *keys* when it is asked for."""
        for key in keys:
            self.until(prompt)
            self.type(key)

    def hang_up(self) -> None:
        """The window closes: the program is told by SIGHUP, and nothing can be shown any more."""
        for end in (self.side, self.descriptor):
            os.close(end)
        self.descriptor = self.side = -1

    def interrupt(self) -> None:
        """Ctrl-C, as the terminal sends it to whoever runs in it."""
        self.type("\x03")

    def end(self, code: int = 0) -> str:
        """The rest of what came on the screen, once the program has ended with *code*."""
        limit = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < limit, self.shown
            self._more(time.monotonic() + 0.05)
        while self._more(time.monotonic() + 0.05):
            pass
        assert self.process.returncode == code, self.shown
        start, self._read = self._read, len(self.shown)
        return self.shown[start:]

    def settings(self) -> object:
        """Of the terminal, as `stty` tells them."""
        return termios.tcgetattr(self.side)

    def _more(self, limit: float) -> bool:
        if not select.select([self.descriptor], [], [], max(0.0, limit - time.monotonic()))[0]:
            return False
        self.shown += os.read(self.descriptor, 65_536).decode("utf-8", "replace").replace("\r\n", "\n")
        return True


@contextlib.contextmanager
def terminal(
    root: Path, *args: str, environ: Mapping[str, str], columns: int = 80, term: str = "xterm"
) -> Iterator[Terminal]:
    """`enrich` with *args* in the folder *root*; ended at the end, if it hasn't."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "enrich", *args],
        cwd=root,
        env={**environ, "TERM": term},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - so that Ctrl-C reaches it
    )
    shown = Terminal(process, ours, theirs)
    try:
        yield shown
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        if shown.descriptor >= 0:
            os.close(ours)
            os.close(theirs)
