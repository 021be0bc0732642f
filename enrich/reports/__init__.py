"""
What a run says, one file per format; each writes to the streams it is given.

    summary · full · concise · grouped                        a Report each, for people
    json_document · json_lines · github · gitlab · sarif ·
    junit · markdown                                          for machines and platforms
    patch · resolution · explanation                          answers to other commands
    review_page/                                              one HTML file, in which changes are decided
    parts/                                                    what they are made of
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.reports.parts.page import Page, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

__all__ = ["FORMATS", "LISTING", "Page", "Report"]


def _format(module: str, name: str) -> Callable[[Page, TextIO, TextIO], Report]:
    """The report *name* of *module*, which is imported when one is made: a run makes one or two."""

    def make(page: Page, out: TextIO, err: TextIO) -> Report:
        report: Report = getattr(import_module(f"enrich.reports.{module}"), name)(page, out, err)
        return report

    return make


FORMATS: Mapping[str, Callable[[Page, TextIO, TextIO], Report]] = MappingProxyType(
    {
        "summary": _format("summary", "Summary"),
        "full": _format("full", "Full"),
        "concise": _format("concise", "Concise"),
        "grouped": _format("grouped", "Grouped"),
        "json": _format("json_document", "JsonDocument"),
        "json-lines": _format("json_lines", "JsonLines"),
        "github": _format("github", "Github"),
        "gitlab": _format("gitlab", "Gitlab"),
        "sarif": _format("sarif", "Sarif"),
        "junit": _format("junit", "Junit"),
        "markdown": _format("markdown", "Markdown"),
    }
)
"""By the name that `--output-format` takes; made with a page, the answer's stream and the run's stream."""

LISTING = frozenset({"json", "json-lines"})
"""Formats that list every link; to the others links may be told by their number alone (`Outcome.counted`)."""
