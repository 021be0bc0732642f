"""
Whether all that the last run wrote is remembered, told without reading what it wrote.

A run that ended by itself says so in the last line of its journal, with the digest of the
memory as it left it. As long as the memory has that digest, nothing is missing in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from enrich.ledger.lines import VERSION, line_of, object_of

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.ledger.folder import StateFolder

_END_BYTES = 256
"""More than the line takes."""


def is_remembered(state: StateFolder, run: Path) -> bool:
    """Whether *run*, which is the file of a journal, ended by itself and the memory is as that left it."""
    said = _said(run)
    return bool(said) and said == _digest(state)


def all_is_remembered(state: StateFolder) -> bytes:
    """The last line of the journal of a run that has written down all. To be made `alone`."""
    return line_of({"v": VERSION, "remembered": _digest(state)})


def still_remembered(state: StateFolder, run: Path) -> None:
    """
    The memory has changed and still holds all that *run* wrote, which ended by itself.

    To be called `alone`. Where it can't be noted, that journal will be read.
    """
    with contextlib.suppress(OSError), run.open("ab") as file:
        file.write(all_is_remembered(state))


def _digest(state: StateFolder) -> str:
    """Of the memory; empty where there is none, or it can't be read."""
    try:
        with state.written.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _said(run: Path) -> str:
    try:
        with run.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _END_BYTES))
            *_, last, after = b"\n", *file.read().split(b"\n")
        told = object_of(last).get("remembered") if not after else ""
    except (OSError, TypeError, ValueError, RecursionError):
        return ""
    return told if isinstance(told, str) else ""
