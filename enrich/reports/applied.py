"""What `enrich apply` wrote, and what it left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import hints
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.reports.parts.page import Page
    from enrich.writing import Carried


def applied_lines(carried: Carried, page: Page, *, dry_run: bool) -> Iterator[str]:
    wrote = "Would write" if dry_run else "Wrote"
    changes, files = counted(len(carried.written), "change"), counted(len(carried.files), "file")
    yield f"{wrote} {changes} in {files}." if carried.written else "Nothing was written."
    if carried.written and not carried.left and not dry_run:
        yield hints.see_written(carried.files, page.root, page.in_git)


def left_lines(carried: Carried) -> Iterator[str]:
    """One a file, with the names of its changes and the cure."""
    for left in carried.left:
        path, names = printable(left.path), ", ".join(left.names)
        if left.reason is None:
            again = hints.run_again(left.path)
            yield f"stale: {path}: the file changed since this was proposed ({names}); run {again} again"
        else:
            yield f"not written: {path}: {printable(left.reason)} ({names})"


def nothing_lines(*, waiting: int, safe: int, elsewhere: int, root: str) -> Iterator[str]:
    """*elsewhere*: accepted changes that don't wait here."""
    if elsewhere:
        are = "is" if elsewhere == 1 else "are"
        look = hints.at(hints.LOOK_FOR_CHANGES, root)
        yield f"{counted(elsewhere, 'accepted change')} {are} not in the queue; {look} looks for them."
    elif not waiting:
        yield f"No pending changes. {hints.at(hints.LOOK_FOR_CHANGES, root)} looks for some."
    else:
        yield f"Nothing is accepted. {hints.at(hints.REVIEW, root)} decides."
        if safe:
            yield f"{hints.at(hints.APPLY_SAFE, root)} writes {counted(safe, 'safe change')}."
