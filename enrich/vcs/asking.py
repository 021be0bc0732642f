"""The `git` program, asked and never told to change anything."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def work_tree(folder: Path) -> Path | None:
    """The top of the git work tree that *folder* is in; no program is asked."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def within_work_tree(root: Path) -> str:
    """The way from the top of its git work tree to *root*: '' at the top, and outside of git."""
    top = work_tree(root)
    below = root.relative_to(top).as_posix() if top else "."
    return "" if below == "." else below


def no_git(root: Path) -> str | None:
    """Why git can't be asked about *root*; None where it can."""
    if work_tree(root) is None:
        return "not in a git work tree"
    return None if shutil.which("git") else "git is not installed"


def split(output: bytes) -> list[str]:
    """Names that git ends with NUL."""
    return [os.fsdecode(part) for part in output.split(b"\0") if part]


_INHERITED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)
"""What git tells its hooks, and what would make it answer about another place than ours."""


def ask(root: Path, command: str, *arguments: str, told: bytes = b"", literal: bool = True) -> bytes | str:
    """What git prints when it is *told* something on its standard input, or in one line why it didn't."""
    environment = {name: value for name, value in os.environ.items() if name not in _INHERITED}
    # A question takes no lock, runs no monitor of the repository's choosing, and reads paths as they are.
    called = [
        "git",
        "-C",
        str(root),
        "-c",
        "core.fsmonitor=false",
        "--no-optional-locks",
        # `check-ignore` takes names, and not this option.
        *(["--literal-pathspecs"] if literal else []),
    ]
    done = subprocess.run(  # noqa: S603 - a list and no shell; paths come after `--`
        [*called, command, *arguments],
        input=told,
        capture_output=True,
        check=False,
        env=environment | {"LC_ALL": "C"},
    )
    if done.returncode == 0:
        return done.stdout
    return done.stderr.decode("utf-8", "replace").strip().partition("\n")[0] or f"exit {done.returncode}"
