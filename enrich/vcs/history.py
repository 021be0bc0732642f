"""What commits held, and which of them were taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.patterns import pattern
from enrich.vcs.asking import ask, no_git, split

if TYPE_CHECKING:
    from pathlib import Path

_REVERTS = pattern(r"^This reverts commit ([0-9a-f]{7,64})\b", re.MULTILINE)
"""As `git revert` writes, and the button of GitHub."""
_MOST = 100
"""Reverts that are looked at, the newest ones."""


def committed_blobs(root: Path) -> frozenset[str]:
    """Ids of every content that commits of the last year gave to files below *root*; none without git."""
    if no_git(root):
        return frozenset()
    output = ask(root, "log", "--all", "--since=1.year", "--format=", "--raw", "--no-abbrev", "-z", "--", ".")
    if isinstance(output, str):
        return frozenset()
    # Each change is `:mode mode old new status`, then its path, all ended by NUL.
    return frozenset(part.split(" ")[3] for part in split(output) if part.startswith(":"))


def reverted(root: Path, path: str) -> tuple[bytes, ...]:
    """
    What the file at *path* below *root* held in the commits of the last year that a later one
    says to revert, newest first; nothing without git.
    """
    if no_git(root):
        return ()
    wanted = ("--since=1.year", f"--max-count={_MOST}", "--grep=^This reverts commit ", "--format=%B", "-z")
    output = ask(root, "log", *wanted, "--", path)
    messages = [] if isinstance(output, str) else split(output)
    commits = dict.fromkeys(commit for message in messages for commit in _REVERTS.findall(message))
    contents = (ask(root, "cat-file", "blob", f"{commit}:./{path}") for commit in commits)
    return tuple(content for content in contents if isinstance(content, bytes))
