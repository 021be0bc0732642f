"""What is known of the place that the answer goes to: its width, its colours."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import rules, vcs
from enrich.models import Severity
from enrich.reports import Page
from enrich.version import VERSION

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from enrich.setting import Setting


def can_colour(args: argparse.Namespace, stream: TextIO) -> bool:
    """
    `--color`, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then `TERM=dumb`, then the terminal.

    Sources: https://no-color.org, https://bixense.com/clicolors
    """
    if args.color != "auto":
        return bool(args.color == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") != "0" for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def page_of(args: argparse.Namespace, setting: Setting, out: TextIO) -> Page:
    return Page(
        names=rules.NAMES,
        version=VERSION,
        show=Severity[getattr(args, "show", "warning").upper()],
        width=shutil.get_terminal_size().columns if out.isatty() else 100,
        colour=can_colour(args, out),
        quiet=getattr(args, "quiet", False),
        records=getattr(args, "records", False),
        root=Path(os.path.relpath(setting.root)).as_posix(),
        paths=tuple(getattr(args, "paths", ())),
        prefix=vcs.within_work_tree(setting.root),
        summary_bytes=setting.config.report.summary_bytes,
        in_git=vcs.no_git(setting.root) is None,
        confirm_after=setting.config.links.confirm_after,
        confirm_days=setting.config.links.confirm_days,
        portioned=frozenset(host for host, its in setting.config.links.hosts if its.per_run is not None),
    )
