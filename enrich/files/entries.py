"""
Which files are entries: named ones, and what patterns find in folders.

No content is read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import globs, vcs
from enrich.errors import UsageError
from enrich.files.content import passes_link
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEVER = ("drafts/", "*.template")
"""Patterns that are excluded in every catalogue."""


def find_entries(
    root: Path,
    paths: Sequence[str],
    *,
    cwd: Path,
    include: Sequence[str] = ("*",),
    exclude: Sequence[str] = (),
) -> Iterator[str]:
    """
    The entries at *paths*, or of the whole catalogue without any; sorted, relative to *root*, each once.

    A folder gives what *include* means, but for what git ignores, hidden
    folders, and links that leave *root* or lead to an entry that is found
    anyway. A file that is named is taken whatever *include* says. *exclude*
    holds for both. Raises UsageError for a path that doesn't exist or is
    outside of *root*.
    """
    named, folders = _sorted_out(root, paths or [str(root)], cwd)
    unwanted = (*NEVER, *exclude)
    found = {path: _target(root, path) for path in named if not globs.matches_any(unwanted, path)}
    for folder in folders:
        for path in _below(root, folder):
            if (
                globs.matches_any(include, path)
                and not globs.matches_any(unwanted, path)
                and _is_file(root, path)
                and (target := _target(root, path)) is not None
            ):
                found[path] = target
    # A link and its target are one entry, under the target's name.
    yield from (path for path in sorted(found) if (target := found[path]) == path or target not in found)


def _sorted_out(root: Path, paths: Sequence[str], cwd: Path) -> tuple[list[str], list[str]]:
    """*paths* as files and folders, relative to *root*."""
    files: list[str] = []
    folders: list[str] = []
    for given in paths:
        place = Path(os.path.abspath(cwd / given))  # noqa: PTH100 - a link keeps its own name
        if not os.path.lexists(place):
            raise UsageError(f"{printable(given)}: no such file or directory")
        is_folder = place.is_dir()
        place = place.resolve() if is_folder else place.parent.resolve() / place.name
        if not place.is_relative_to(root):
            raise UsageError(f"{printable(given)}: outside of the catalogue at {root}")
        (folders if is_folder else files).append(place.relative_to(root).as_posix())
    return files, folders


def _below(root: Path, folder: str) -> Iterator[str]:
    """All files below *folder* that are in no hidden folder; what a person named may be hidden itself."""
    # A folder that git ignores as a whole has been named by somebody all the same.
    listed = vcs.listed_files(root, folder) or _walked(root, folder)
    start = 0 if folder == "." else len(folder) + 1
    for path in listed:
        if not any(part.startswith(".") for part in path[start:].split("/")[:-1]):
            yield path


def _walked(root: Path, folder: str) -> Iterator[str]:
    for place, names, files in os.walk(root / folder):
        names[:] = [name for name in names if not name.startswith(".") and name != "node_modules"]
        yield from (Path(place, name).relative_to(root).as_posix() for name in files)


def _is_file(root: Path, path: str) -> bool:
    """Git lists deleted ones and links too."""
    try:
        return stat.S_ISREG((root / path).stat().st_mode)
    except OSError:
        return False


def _target(root: Path, path: str) -> str | None:
    """Where *path* leads, itself for a plain file; None out of the catalogue."""
    if not passes_link(root, path):
        return path
    target = Path(os.path.realpath(root / path))
    return target.relative_to(root).as_posix() if target.is_relative_to(root) else None
