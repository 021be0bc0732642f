"""`enrich diff` shows what waits for a person, `enrich undo` takes the last run back."""

from __future__ import annotations

import posixpath
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from enrich import rules
from enrich.applying import apply_changes
from enrich.catalogues.generic import GENERIC
from enrich.cli.catalogue import below, open_catalogue
from enrich.cli.queued import write_json
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.config import expand
from enrich.files import Unread, read
from enrich.frontmatter import NO_HABITS
from enrich.ledger import (
    last_splices,
    read_pending,
    read_rejected,
    read_unpatched,
    undecided,
    undo,
)
from enrich.models import Document, Severity
from enrich.planning import context_for
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.reports.patch import (
    FilePatch,
    Reasoned,
    show_patch,
    show_words,
    write_closing,
    write_closing_of_written,
    write_patch,
    write_stat,
)
from enrich.text import printable
from enrich.vcs import within_work_tree
from enrich.words import dataclass

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.models import Change
    from enrich.reports import Page
    from enrich.setting import Setting


@dataclass(frozen=True, slots=True)
class Changed:
    """A file, and what changes make of it."""

    before: Document
    after: str
    items: tuple[Pending, ...]

    def patch(self, setting: Setting) -> FilePatch:
        named = posixpath.join(within_work_tree(setting.root), self.before.path)
        reasoned = tuple(Reasoned(item.change, item.why) for item in self.items)
        return FilePatch(named, self.before.text, self.after, reasoned)


def diff(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Pending changes, or those of the last run, as a patch; 1 with `--exit-code` where there are any."""
    setting = setting_of(args, args.paths)
    page = page_of(args, setting, out)
    files, stale = _of_last_run(args, setting) if args.applied else _waiting(setting, _wanted(args, setting))
    code = 1 if args.exit_code and files else 0
    if args.output_format == "json":
        write_json(files, setting, page, out, err, written=args.applied, exit_code=code)
        return code
    patches = [file.patch(setting) for file in files]
    _show(args, patches, page, out)
    if args.applied:
        write_closing_of_written(patches, page, err)
    else:
        left, mildest = _without_patch(args, setting)
        write_closing(patches, page, err, without_patch=left, mildest=mildest, how=out.isatty())
    put(err, *(_stale(change) for change in stale))
    return code


def _show(args: argparse.Namespace, patches: Sequence[FilePatch], page: Page, out: TextIO) -> None:
    reasons = not args.no_reasons
    if args.stat:
        write_stat(patches, out)
    elif args.word_diff:
        show_words(patches, page, out, reasons=reasons)
    elif out.isatty():
        show_patch(patches, page, out, reasons=reasons)
    else:
        out.flush()
        write_patch(patches, page, sys.stdout.buffer, reasons=reasons)


def _chosen(args: argparse.Namespace, setting: Setting) -> Callable[[str, str], bool]:
    """Whether a path and a rule are asked for."""
    codes = expand(rules.RULES, args.rule.split(",")) if args.rule else frozenset(rules.BY_CODE)
    is_below = below(setting.root, args.paths)
    return lambda path, rule: rule in codes and is_below(path)


def _wanted(args: argparse.Namespace, setting: Setting) -> Iterator[Pending]:
    is_chosen = _chosen(args, setting)
    for item in undecided(read_pending(setting.state), read_rejected(setting.state)):
        if is_chosen(item.change.path, item.change.rule):
            yield item


def _without_patch(args: argparse.Namespace, setting: Setting) -> tuple[int, Severity]:
    """How many findings no pending change repairs, as the last runs say, and their lowest severity."""
    is_chosen = _chosen(args, setting)
    left = {name: number for name, number in read_unpatched(setting.state).items() if is_chosen(*name)}
    context = context_for(setting.config, GENERIC, setting.started_at.date())
    return sum(left.values()), min((context.severity(rule) for _, rule in left), default=Severity.ERROR)


def _waiting(setting: Setting, items: Iterable[Pending]) -> tuple[list[Changed], list[Change]]:
    """What the files become, and the changes that no longer fit."""
    by_path: defaultdict[str, list[Pending]] = defaultdict(list)
    for item in items:
        by_path[item.change.path].append(item)
    habits = open_catalogue(setting, ()).customs.habits if by_path else NO_HABITS
    files: list[Changed] = []
    stale: list[Change] = []
    for path, pending in by_path.items():
        document = read(setting.root, path)
        if isinstance(document, Unread):
            stale += [item.change for item in pending]
            continue
        applied = apply_changes(document, [item.change for item in pending], habits=habits)
        stale += applied.stale
        made = [item for item in pending if item.change in applied.made]
        if made:
            files.append(Changed(document, applied.text, tuple(made)))
    return files, stale


def _of_last_run(args: argparse.Namespace, setting: Setting) -> tuple[list[Changed], list[Change]]:
    """What the last run wrote and still stands as it left it; and the changes of files that went on."""
    is_chosen = _chosen(args, setting)
    files: list[Changed] = []
    stale: list[Change] = []
    for splice in last_splices(setting.state):
        chosen = [item for item in splice.items if is_chosen(item.change.path, item.change.rule)]
        document = read(setting.root, splice.path)
        before = None if isinstance(document, Unread) else splice.restored(document)
        if isinstance(document, Unread) or before is None:
            stale += [item.change for item in chosen]
        elif chosen:
            old = Document(splice.path, before, splice.before)
            changes = [item.change for item in chosen]
            whole = len(chosen) == len(splice.items)
            text = document.text if whole else apply_changes(old, changes).text
            files.append(Changed(old, text, tuple(chosen)))
    return files, stale


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
