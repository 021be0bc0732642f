"""
The standard streams as the program finds them: closed, full, or with nobody at the other end any more.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import Any, TextIO

_NAMES = ("stdin", "stdout", "stderr")


def open_standard_streams() -> None:
    """
    Where the caller closed some of them there is nothing to read, and nobody to tell.

    Else the files that the program opens would get their numbers, and what is said would end up in them.
    """
    if None not in (getattr(sys, name) for name in _NAMES):
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < len(_NAMES):
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    for number, name in enumerate(_NAMES):
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            # Open to the end of the process, and the descriptor with it.
            stream = open(number, mode, encoding="utf-8", errors="replace", newline="\n", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


class Patient:
    """A stream that says nothing more once writing to it raises *fault*; what the program does goes on."""

    def __init__(self, stream: TextIO, fault: type[OSError]) -> None:
        self._stream = stream
        self._fault = fault

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except self._fault:
            hush(self._stream)
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except self._fault:
            hush(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def patient(stream: TextIO, fault: type[OSError] = OSError) -> TextIO:
    return cast("TextIO", Patient(stream, fault))


def hush(stream: TextIO) -> None:
    """Nothing more is said on *stream*, so that the interpreter's last flush can't fail either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
