"""Where a bug is written down: what a developer needs, without page content or secrets."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from enrich.errors import StateError

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.setting import Setting


def bug_report(setting: Setting) -> Path:
    return setting.state.path / "bugs.txt"


def keep(setting: Setting, path: str, error: Exception) -> None:
    """
    Add *error* to the report: the entry's path, the places in the code, and the error's own words.

    Does nothing where the folder can't be written: the run goes on and says so itself.
    """
    where = "".join((*traceback.format_tb(error.__traceback__), *getattr(error, "__notes__", ())))
    try:
        setting.state.prepare()
        with bug_report(setting).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(f"{path}\n{where}{type(error).__name__}: {error}\n\n")
    except (OSError, StateError):
        return
