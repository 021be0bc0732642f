"""
One key at a time where the terminal can do that, one line at a time elsewhere.

The terminal is as it was when the program ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import TextIO

try:
    import termios
    import tty
except ImportError:  # Windows reads lines
    pass

ESCAPE_S = 0.05
"""How long the rest of an arrow key may take after its escape."""
ENDED = "\x04"
"""What is read where nothing more can be: Ctrl-D."""


class Terminated(Exception):  # noqa: N818 - what happened, on its way to exit code 143
    """The program was asked to end, by SIGTERM."""


class Keyboard:
    """Reads answers; within `with`, SIGTERM raises Terminated and the terminal is put back."""

    def __init__(self, stdin: TextIO, out: TextIO) -> None:
        self._stdin, self._out = stdin, out
        self._settings: list[Any] | None = None
        """Of the terminal as it was; None where lines are read."""

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        before = signal.signal(signal.SIGTERM, _terminated)
        try:
            self._take_terminal()
            yield
        finally:
            self._give_back()
            signal.signal(signal.SIGTERM, before)

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """For an editor, which sets the terminal as it needs it."""
        had = self._settings is not None
        self._give_back()
        try:
            yield
        finally:
            if had:
                self._take_terminal()

    def key(self) -> str:
        """
        The next answer: a character, '' for a key that is none, ENDED at the end.

        Raises KeyboardInterrupt and Terminated.
        """
        self._out.flush()
        if self._settings is None:
            line = self._stdin.readline()
            return line.strip()[:1] if line else ENDED
        key = self._pressed()
        self._out.write(f"{key if key.isprintable() else ''}\n")
        return key

    def _pressed(self) -> str:
        while (read := os.read(self._stdin.fileno(), 1)) in (b"\n", b"\r"):
            pass
        if not read:
            return ENDED
        if read == b"\x1b" or read >= b"\x80":
            # The rest of an arrow key, or of a letter that is no key of ours, is no answer either.
            while select.select([self._stdin], [], [], ESCAPE_S)[0] and os.read(self._stdin.fileno(), 64):
                pass
            return ""
        return read.decode("ascii")

    def _take_terminal(self) -> None:
        if os.environ.get("TERM", "dumb") == "dumb" or "termios" not in sys.modules:
            return
        with contextlib.suppress(termios.error):
            self._settings = termios.tcgetattr(self._stdin.fileno())
            tty.setcbreak(self._stdin.fileno(), termios.TCSADRAIN)

    def _give_back(self) -> None:
        if self._settings is not None:
            termios.tcsetattr(self._stdin.fileno(), termios.TCSADRAIN, self._settings)
            self._settings = None


def _terminated(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise Terminated
