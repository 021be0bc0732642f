"""
`enrich diff`: changes as a patch with reasons, which `git apply` and `patch` take as it is.

The patch is bytes, for a file may hold some that are no text. On a screen, or
in a log, nobody applies it: there every line is made printable instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.models import Severity
from enrich.reports.parts import hints
from enrich.reports.parts.page import put
from enrich.reports.parts.style import Style
from enrich.reports.parts.word_diff import word_diff
from enrich.reports.parts.words import counted
from enrich.text import printable, unified_diff
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO, TextIO

    from enrich.models import Change
    from enrich.reports.parts.page import Page

_CONTEXT = 1
"""Lines around a change: enough to apply it, little enough to read a thousand."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    change: Change
    why: str
    """One clause: what the change rests on."""


@dataclass(frozen=True, slots=True)
class FilePatch:
    """A file as it is and as its pending changes, all together, make it."""

    path: str
    """Relative to the folder in which the patch will be applied, with `/`."""
    before: str
    after: str
    changes: tuple[Reasoned, ...]


def write_patch(patches: Iterable[FilePatch], page: Page, out: BinaryIO, *, reasons: bool = True) -> None:
    """For a pipe or a file: to the byte."""
    for patch in sorted(patches, key=lambda patch: patch.path):
        about = _about(patch, page) if reasons else []
        text = "".join(f"{line}\n" for line in about) + _diff(patch)
        out.write(text.encode("utf-8", "surrogateescape"))
    out.flush()


def show_patch(patches: Iterable[FilePatch], page: Page, out: TextIO, *, reasons: bool = True) -> None:
    """For a screen or a log: the same lines, harmless, and not to be applied."""
    style = Style(page.colour)
    for patch in sorted(patches, key=lambda patch: patch.path):
        put(out, *(style("faint", line) for line in _about(patch, page) if reasons))
        put(out, *(_shown(line, style) for line in _diff(patch).split("\n")[:-1]))


def show_words(patches: Iterable[FilePatch], page: Page, out: TextIO, *, reasons: bool = True) -> None:
    """What changes inside the lines, for people."""
    style = Style(page.colour)
    for patch in sorted(patches, key=lambda patch: patch.path):
        put(out, *(style("faint", line) for line in _about(patch, page) if reasons))
        put(out, style("strong", printable(patch.path)), *word_diff(patch.before, patch.after, style))


def write_stat(patches: Iterable[FilePatch], out: TextIO) -> None:
    """Instead of the patch: its files, and how many changes each has."""
    for patch in sorted(patches, key=lambda patch: patch.path):
        put(out, f"{printable(patch.path)}: {counted(len(patch.changes), 'change')}")


def write_closing_of_written(patches: Iterable[FilePatch], page: Page, err: TextIO) -> None:
    """After what the last run wrote."""
    files = list(patches)
    number = sum(len(patch.changes) for patch in files)
    if number:
        changes = f"{counted(number, 'change')} in {counted(len(files), 'file')}"
        put(err, f"The last run wrote {changes}. Take back: {hints.at(hints.TAKE_BACK, page.root)}")
    else:
        put(err, "There is no run of which something stands.")


def write_closing(
    patches: Iterable[FilePatch],
    page: Page,
    err: TextIO,
    *,
    without_patch: int = 0,
    mildest: Severity = Severity.ERROR,
    how: bool = True,
) -> None:
    """
    *without_patch*: findings that no pending change repairs, and the lowest severity among them.

    *how*: tell how to write, as to a person.
    """
    files = list(patches)
    number = sum(len(patch.changes) for patch in files)
    if number:
        changes = f"{counted(number, 'pending change')} in {counted(len(files), 'file')}"
        put(err, f"{changes}. Nothing is written; {hints.decide(page.root)}." if how else f"{changes}.")
    else:
        put(err, f"No pending changes. {hints.at(hints.LOOK_FOR_CHANGES, page.root)} looks for some.")
    if without_patch:
        have = "has" if without_patch == 1 else "have"
        level = mildest.word if mildest < Severity.WARNING else None
        check = hints.list_findings(level, page.root)
        put(err, f"{counted(without_patch, 'finding')} {have} no patch: {check}.")


def _about(patch: FilePatch, page: Page) -> Iterator[str]:
    return (about(each, page.names) for each in patch.changes)


def about(reasoned: Reasoned, names: Mapping[str, str]) -> str:
    """The `#` line of a change; *names* of the rules by their codes."""
    change, fix = reasoned.change, reasoned.change.fix
    rule = f"{change.rule} {names.get(change.rule, change.rule)} ({fix.applicability.word})"
    return f"# {change.id} {rule} {printable(f'{fix.field} — {fix.source}: {reasoned.why}')}"


def _diff(patch: FilePatch) -> str:
    """The path is written here and not by the diff, since one with a line break or a quote must be quoted."""
    body = unified_diff("", patch.before, patch.after, context=_CONTEXT)
    _, _, hunks = body.split("\n", 2) if body else ("", "", "")
    names = quoted_name("a/" + patch.path), quoted_name("b/" + patch.path)
    return f"--- {names[0]}\n+++ {names[1]}\n{hunks}" if body else ""


def quoted_name(path: str) -> str:
    """
    As git writes it: in C quotes where it must be, with a tab where a space could be taken for a date's.

    Source: `quote_c_style` in quote.c and `emit_rewrite_diff` in diff.c of git.
    """
    if re.search(r'[\x00-\x1f\x7f"\\]', path):
        escaped = (f"\\{byte:03o}" if byte < 32 or byte in b'\x7f"\\' else chr(byte) for byte in _bytes(path))
        return '"' + "".join(escaped).encode("latin-1").decode("utf-8", "surrogateescape") + '"'
    return f"{path}\t" if " " in path else path


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _shown(line: str, style: Style) -> str:
    # The marker stays in its column and the rest is read alone: ` ::error::` would be a command too.
    marker, rest = (line[:3], line[3:]) if line.startswith(("---", "+++")) else (line[:1], line[1:])
    role = {"+": "added", "-": "removed"}.get(line[:1], "")
    text = marker + printable(rest.removesuffix("\r"))
    return style(role, text) if role else text
