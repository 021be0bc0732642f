"""Which files there are, whether they are as committed, and the guard in front of writing them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import WriteRefused
from enrich.text import printable
from enrich.vcs.asking import ask, no_git, split, work_tree
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_SHOWN = 10
"""Files that a refusal names; a catalogue can have thousands."""


@dataclass(frozen=True, slots=True)
class Unclean:
    """A file that isn't as the last commit has it."""

    state: str
    """Two letters as `git status --short` writes them: ` M`, `A `, `??`, `!!` (ignored)."""
    path: str
    """Relative to the catalogue's root."""


def listed_files(root: Path, folder: str) -> tuple[str, ...] | None:
    """
    Every file below *folder* that git tracks or doesn't ignore, relative to *root*; None without git.

    Files that are tracked but deleted are among them, as are links, whatever they lead to.
    """
    if no_git(root):
        return None
    output = ask(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", folder)
    return None if isinstance(output, str) else tuple(sorted(set(split(output))))


def would_show(root: Path, path: str) -> bool:
    """
    Whether *path*, relative to *root*, would be seen here if it were there, as far as git can tell.

    Not what it ignores, what is in a submodule, and what a sparse checkout leaves out.
    """
    if no_git(root):
        return True
    listed = ask(root, "ls-files", "-t", "-z", "--", path)
    left_out = not isinstance(listed, bytes) or listed.startswith(b"S ")
    if left_out:
        return False
    return ask(root, "check-ignore", "--quiet", "--", f"./{path}", literal=False) == "exit 1"


def unclean(root: Path, paths: Iterable[str]) -> tuple[Unclean, ...]:
    """
    Which of *paths*, files relative to *root* in a work tree, are not as the last commit has them.

    Modified, staged, untracked, ignored and unmerged files all count; files that
    don't exist and never did are not known. Raises WriteRefused where git refuses to tell.
    """
    wanted = set(paths)
    folders = sorted({path.rpartition("/")[0] or "." for path in wanted})
    # A long list of folders may be more than a command line holds; the whole tree says the same.
    folders = folders if 0 < len(folders) <= 100 else ["."]
    every = ("--untracked-files=all", "--ignored=matching", "--ignore-submodules=none", "--no-renames")
    output = ask(root, "status", "--porcelain=v2", "-z", *every, "--", *folders)
    if isinstance(output, str):
        raise WriteRefused(f"git can't tell whether these files are committed: {printable(output)}")
    # Git answers in paths from the top of its work tree, and may name a folder that the root is in.
    below = root.relative_to(work_tree(root) or root)
    return tuple(_concerning(wanted, below, _states(output)))


def blob_id(content: bytes) -> str:
    """The id under which git keeps *content*."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def guard(
    root: Path,
    paths: Iterable[str],
    *,
    command: str,
    last_written: Callable[[], Mapping[str, str]],
    journal_fault: str | None = None,
    allow_dirty: bool = False,
    allow_no_vcs: bool = False,
) -> None:
    """
    Return where *command*, such as `enrich run`, may write the entries at *paths*; else raise WriteRefused.

    In a work tree every entry must be tracked, and be as committed or as enrich
    last wrote it: *last_written* tells the SHA-256 of what that was, by path, and
    is asked only where git names any.
    Outside one the journal is the only way back, so it must be writable;
    *journal_fault* says why it isn't.
    """
    missing = no_git(root)
    if missing and journal_fault and not allow_no_vcs:
        raise WriteRefused(
            f"there would be no way back: {missing}, and the journal can't be written: {journal_fault}\n"
            f"Put the catalogue under git, or go on with --allow-no-vcs."
        )
    if missing or allow_dirty:
        return
    changed = unclean(root, _with_targets(root, paths))
    ours = last_written() if changed else {}
    foreign = [file for file in changed if not _is_ours(root, file, ours)]
    if foreign:
        raise WriteRefused(_refusal(foreign, command))


def _is_ours(root: Path, file: Unclean, last_written: Mapping[str, str]) -> bool:
    if file.state in ("??", "!!") or "D" in file.state or "U" in file.state or file.path not in last_written:
        return False
    try:
        content = (root / file.path).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == last_written[file.path]


def _refusal(files: Sequence[Unclean], command: str) -> str:
    rows = [f"  {file.state} {printable(file.path)}" for file in files[:_SHOWN]]
    if len(files) > _SHOWN:
        rows.append(f"  … and {len(files) - _SHOWN:,} more")
    look = "or look first with --dry-run, " if command == "enrich run" else ""
    return "\n".join(
        (
            "these files have changes that are not committed:",
            *rows,
            f"`{command}` writes files. Commit or stash first, so that `git diff` shows only its changes,",
            f"{look}or go on with --allow-dirty.",
        )
    )


def _with_targets(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """*paths*, and for those that are links also the files in *root* that would be written through them."""
    wanted: dict[str, None] = {}
    for path in paths:
        wanted[path] = None
        target = os.path.realpath(root / path)
        # As text: five thousand of them.
        if target != os.path.join(root, path) and Path(target).is_relative_to(root):  # noqa: PTH118
            wanted[Path(target).relative_to(root).as_posix()] = None
    return tuple(wanted)


def _concerning(wanted: Iterable[str], below: Path, states: Mapping[str, str]) -> Iterator[Unclean]:
    """Git names a folder where all of it is ignored, or where it is a repository of its own."""
    for path in sorted(wanted):
        place = below / path
        state = next((states[str(above)] for above in (place, *place.parents) if str(above) in states), None)
        if state is not None:
            yield Unclean(state, path)


_FIELDS_BEFORE_PATH = {"1": 8, "2": 9, "u": 10, "?": 1, "!": 1}
"""Source: https://git-scm.com/docs/git-status#_porcelain_format_version_2"""


def _states(output: bytes) -> dict[str, str]:
    states = {}
    for line in split(output):
        kind = line[0]
        path = line.split(" ", _FIELDS_BEFORE_PATH[kind])[-1]
        states[path.rstrip("/")] = kind * 2 if kind in "?!" else line[2:4].replace(".", " ")
    return states
