"""
What a person may do next: every command that a report names, in one place.

Each works as it is printed; a test keeps them to commands that exist.
"""

from __future__ import annotations

import posixpath
import shlex
from typing import TYPE_CHECKING

from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

APPLY = "`enrich apply`"
APPLY_SAFE = "`enrich apply --safe`"
LIST_FINDINGS = "`enrich check`"
LOOK_FOR_CHANGES = "`enrich run --dry-run`"
PRUNE = "`enrich baseline prune`"
NO_TERMINAL = f"`enrich review` asks questions and needs a terminal; use --html FILE, or {APPLY_SAFE}"
REVIEW = "`enrich review`"
REVIEW_PAGE = "`enrich review --html review.html`"
SEE_PENDING = "`enrich diff`"
TAKE_BACK = "`enrich undo`"
WRITE = "`enrich run`"

MOST_PATHS = 3
"""That are written out in a command; a hook gives hundreds."""


def at(command: str, root: str) -> str:
    """*command* for the catalogue at *root*, from where the program was called."""
    return command if root == "." else f"{command[:-1]} {shlex.quote(printable(root))}`"


def over(command: str, paths: Sequence[str], root: str) -> str:
    """*command* for what the run looked at: a few *paths* as they were given, else all below *root*."""
    if not 0 < len(paths) <= MOST_PATHS:
        return at(command, root)
    return f"{command[:-1]} {' '.join(shlex.quote(printable(path)) for path in paths)}`"


def review(root: str) -> str:
    return f"{at(REVIEW, root)}, or {at(REVIEW_PAGE, root)}"


def decide(root: str) -> str:
    return f"{at(REVIEW, root)} decides, {at(APPLY, root)} writes"


def reject(name: str) -> str:
    return f"`enrich review --reject {name}`"


def run_again(path: str) -> str:
    """For one entry, *path* relative to the catalogue's root."""
    return f"`enrich run {shlex.quote(printable(path))}`"


def show(level: str) -> str:
    return f"`--show {level}`"


def list_findings(level: str | None, root: str) -> str:
    """*level* is None where the default level lists them."""
    return at(f"`enrich check --show {level}`" if level else LIST_FINDINGS, root)


def see_written(files: Sequence[str], root: str, in_git: bool) -> str:
    """Where to look at what was written to *files*, relative to *root*, and how to take it back."""
    take_back = f"Take back: {at(TAKE_BACK, root)}"
    if not in_git:
        return take_back
    only = (
        f" -- {shlex.quote(printable(posixpath.normpath(posixpath.join(root, files[0]))))}"
        if len(files) == 1
        else ""
    )
    return f"See them: `git diff{only}`   {take_back}"


def spread(host: str, links: int) -> str:
    """How to ask so many *links* of a *host* that refuses: not all in one run."""
    portion = min(links // 5 // 10 * 10, 200)
    return f'hint: [links.hosts."{printable(host)}"] per-run = {portion} spreads them over several runs.'


def with_author(title: str, surname: str) -> str:
    return f"`enrich resolve {_quoted(title)} --author {shlex.quote(printable(surname))}`"


def silence(code: str) -> str:
    return f'`--ignore {code}` for one call; `ignore = ["{code}"]` under `[rules]` in enrich.toml for good'


def _quoted(text: str) -> str:
    shown = printable(text)
    return shlex.quote(shown) if set(shown) & set('"$`\\!') else f'"{shown}"'
