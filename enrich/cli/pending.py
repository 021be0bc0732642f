"""`enrich diff` shows what waits for a person, `enrich undo` takes the last run back."""

from __future__ import annotations

import posixpath
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from enrich import rules
from enrich.applying import apply_changes
from enrich.cli.catalogue import below, open_catalogue
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.config import expand
from enrich.files import Unread, read
from enrich.frontmatter import NO_HABITS
from enrich.ledger import read_pending, read_rejected, undecided, undo
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.reports.patch import FilePatch, Reasoned, show_patch, write_closing, write_patch, write_stat
from enrich.text import printable
from enrich.vcs import work_tree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from enrich.cli.setting import Setting
    from enrich.ledger import Pending
    from enrich.models import Change


def diff(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Pending changes as a patch; 1 with `--exit-code` where there are any."""
    setting = setting_of(args, args.paths)
    page = page_of(args, setting, out)
    patches, stale = _patches(setting, _wanted(args, setting))
    if args.stat:
        write_stat(patches, out)
    elif out.isatty():
        show_patch(patches, page, out, reasons=not args.no_reasons)
    else:
        out.flush()
        write_patch(patches, page, sys.stdout.buffer, reasons=not args.no_reasons)
    write_closing(patches, page, err, how=out.isatty())
    put(err, *(_stale(change) for change in stale))
    return 1 if args.exit_code and patches else 0


def _wanted(args: argparse.Namespace, setting: Setting) -> Iterator[Pending]:
    codes = expand(rules.RULES, args.rule.split(",")) if args.rule else frozenset(rules.BY_CODE)
    is_below = below(setting.root, args.paths)
    for item in undecided(read_pending(setting.state), read_rejected(setting.state)):
        if item.change.rule in codes and is_below(item.change.path):
            yield item


def _patches(setting: Setting, items: Iterable[Pending]) -> tuple[list[FilePatch], list[Change]]:
    """One patch a file, and the changes that no longer fit."""
    by_path: defaultdict[str, list[Pending]] = defaultdict(list)
    for item in items:
        by_path[item.change.path].append(item)
    habits = open_catalogue(setting, ()).customs.habits if by_path else NO_HABITS
    patches, stale = [], []
    for path, pending in by_path.items():
        document = read(setting.root, path)
        if isinstance(document, Unread):
            stale += [item.change for item in pending]
            continue
        applied = apply_changes(document, [item.change for item in pending], habits=habits)
        stale += applied.stale
        reasoned = tuple(Reasoned(item.change, item.why) for item in pending if item.change in applied.made)
        if reasoned:
            named = posixpath.join(prefix_of(setting), path)
            patches.append(FilePatch(named, document.text, applied.text, reasoned))
    return patches, stale


def prefix_of(setting: Setting) -> str:
    """From the top of the git work tree, where `git apply` takes paths from, to the catalogue."""
    top = work_tree(setting.root)
    below = setting.root.relative_to(top).as_posix() if top else "."
    return "" if below == "." else below


def _stale(change: Change) -> str:
    path = printable(change.path)
    cure = f"run `enrich run {path}` again"
    return f"stale: {path}: the file changed since this was proposed ({change.id}); {cure}"


def take_back(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """The last run undone; 4 where files changed since, which are named and left alone."""
    setting = setting_of(args, [args.path] if args.path else [])
    undone = undo(setting.state)
    if undone is None:
        put(out, "There is no run to take back.")
        return 0
    changes, files = counted(len(undone.changes), "change"), counted(len(undone.files), "file")
    put(out, f"Took back {changes} in {files}.")
    put(err, *(f"not taken back: {printable(path)}: {why}" for path, why in undone.refused))
    return 4 if undone.refused else 0
