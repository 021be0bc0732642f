"""
Where a run is told: on the screen, in files, and to the platform that it runs on.

In GitHub Actions annotations (on standard error) and the job's summary are added to
what a person reads; they never take its place.
"""

from __future__ import annotations

import contextlib
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from enrich.cli.terminal import page_of
from enrich.errors import UsageError
from enrich.reports import FORMATS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TextIO

    from enrich.models import Outcome, Run, Totals
    from enrich.reports import Page, Report
    from enrich.setting import Setting


HTML = "html"
"""The review page: a report in a file only."""


class _Several:
    """One run told to several reports."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports

    def begin(self, run: Run, found: int) -> None:
        for report in self._reports:
            report.begin(run, found)

    def entry(self, outcome: Outcome) -> None:
        for report in self._reports:
            report.entry(outcome)

    def end(self, totals: Totals) -> None:
        for report in self._reports:
            report.end(totals)


@contextlib.contextmanager
def open_reports(
    args: argparse.Namespace,
    setting: Setting,
    out: TextIO,
    err: TextIO,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Report]:
    """
    The report of a run, on all its ways; files are complete when the context ends.

    Raises UsageError for a format or a file that can't be written, before anything is asked.
    """
    page = page_of(args, setting, out)
    plain = replace(page, colour=False, quiet=True, width=100)
    with contextlib.ExitStack() as stack:
        reports = [FORMATS[args.output_format](page, out, err)]
        for name, path in _wanted(args, setting):
            reports.append(_in_file(name, setting, plain, stack.enter_context(_open(path, "w"))))
        if _annotates(args, setting, environ):
            if args.output_format != "github":
                reports.append(FORMATS["github"](plain, err, io.StringIO()))
            if summary := environ.get("GITHUB_STEP_SUMMARY"):
                reports.append(_summary(plain, stack.enter_context(_open(Path(summary), "a"))))
        yield _Several(reports)


def _in_file(name: str, setting: Setting, page: Page, file: TextIO) -> Report:
    if name != HTML:
        return FORMATS[name](page, file, io.StringIO())
    from enrich.cli.review_page import PageReport

    return PageReport(setting, file)


def _summary(page: Page, file: TextIO) -> Report:
    """What other programs of the step have said takes part of the room."""
    room = max(0, page.summary_bytes - file.tell())
    return FORMATS["markdown"](replace(page, summary_bytes=room), file, io.StringIO())


def _annotates(args: argparse.Namespace, setting: Setting, environ: Mapping[str, str]) -> bool:
    chosen = args.annotations or setting.config.report.annotations
    return chosen == "auto" and environ.get("GITHUB_ACTIONS") == "true"


def _wanted(args: argparse.Namespace, setting: Setting) -> Iterator[tuple[str, Path]]:
    """Formats and files: of the command line from where it was called, of the configuration from the root."""
    yield from (_format_and_file(text, Path()) for text in args.report)
    if not args.report:
        yield from (_format_and_file(text, setting.root) for text in setting.config.report.reports)


def _format_and_file(text: str, folder: Path) -> tuple[str, Path]:
    name, equals, file = text.partition("=")
    if not (equals and file):
        raise UsageError(f"--report {text}: takes FORMAT=FILE, such as sarif=enrich.sarif")
    if name not in (*FORMATS, HTML):
        choices = ", ".join((*FORMATS, HTML))
        raise UsageError(f"--report {text}: no format `{name}`; choose from {choices}")
    return name, folder / file


def _open(path: Path, mode: Literal["w", "a"]) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageError(f"{path}: the report can't be written: {error.strerror or error}") from error
