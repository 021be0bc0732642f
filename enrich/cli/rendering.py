"""`enrich report`: a report that was saved as JSON, in another format; nothing is asked."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import rules
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.config import expand
from enrich.errors import UsageError
from enrich.reports import FORMATS
from enrich.reports.comment import LARGEST, comment_text
from enrich.reports.parts.page import put
from enrich.reports.parts.reading import Unreadable
from enrich.reports.pull_request import TooMany, pull_request_text
from enrich.reports.saved import only, read_saved
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from typing import TextIO

    from enrich.reports import Page
    from enrich.reports.saved import Saved


def render(args: argparse.Namespace, stdin: TextIO, out: TextIO, err: TextIO) -> int:
    """0. Raises UsageError where the file is no report, or larger than its format takes."""
    setting = setting_of(args)
    try:
        saved = read_saved(_text(args, stdin))
    except Unreadable as error:
        raise UsageError(f"{printable(args.file)}: {printable(str(error))}") from error
    if args.select:
        saved = only(saved, expand(rules.RULES, [part.strip() for part in args.select.split(",")]))
    page = page_of(args, setting, out)
    page = replace(page, version=saved.version, records=saved.has_records)
    match args.format:
        case "pull-request":
            put(out, *_pull_request(saved, page).splitlines())
        case "comment":
            put(out, *comment_text(saved, page).splitlines())
        case _:
            _report(saved, page, args.format, out, err)
    return 0


def _text(args: argparse.Namespace, stdin: TextIO) -> str:
    most = LARGEST if args.format == "comment" else None
    try:
        if args.file == "-":
            content = stdin.buffer.read(most + 1 if most else -1)
        else:
            with Path(args.file).open("rb") as file:
                content = file.read(most + 1 if most else -1)
    except OSError as error:
        raise UsageError(f"{printable(args.file)}: {error.strerror}") from error
    if most and len(content) > most:
        raise UsageError(f"{printable(args.file)}: larger than {most // 1024} KiB, no comment is made of it")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{printable(args.file)}: not UTF-8") from error


def _pull_request(saved: Saved, page: Page) -> str:
    try:
        return pull_request_text(saved, page, run_url=_run_url(os.environ))
    except TooMany as error:
        raise UsageError(f"{error}; `enrich run --limit-entries 100` writes fewer") from error


def _run_url(environ: Mapping[str, str]) -> str:
    """
    Of this run of GitHub Actions; '' elsewhere.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    """
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, number = (environ.get(name, "") for name in names)
    return f"{server}/{repository}/actions/runs/{number}" if number else ""


def _report(saved: Saved, page: Page, name: str, out: TextIO, err: TextIO) -> None:
    report = FORMATS[name](page, out, err)
    report.begin(saved.run, saved.totals.entries)
    for outcome in saved.outcomes:
        report.entry(outcome)
    report.end(saved.totals)
