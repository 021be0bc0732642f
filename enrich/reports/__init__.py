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

from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.reports.concise import Concise
from enrich.reports.full import Full
from enrich.reports.github import Github
from enrich.reports.gitlab import Gitlab
from enrich.reports.grouped import Grouped
from enrich.reports.json_document import JsonDocument
from enrich.reports.json_lines import JsonLines
from enrich.reports.junit import Junit
from enrich.reports.markdown import Markdown
from enrich.reports.parts.page import Page, Report
from enrich.reports.sarif import Sarif
from enrich.reports.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

__all__ = ["FORMATS", "Page", "Report"]

FORMATS: Mapping[str, Callable[[Page, TextIO, TextIO], Report]] = MappingProxyType(
    {
        "summary": Summary,
        "full": Full,
        "concise": Concise,
        "grouped": Grouped,
        "json": JsonDocument,
        "json-lines": JsonLines,
        "github": Github,
        "gitlab": Gitlab,
        "sarif": Sarif,
        "junit": Junit,
        "markdown": Markdown,
    }
)
"""By the name that `--output-format` takes; made with a page, the answer's stream and the run's stream."""
