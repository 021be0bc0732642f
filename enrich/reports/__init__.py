"""
What a run says, one file per format; each writes to the streams it is given.

    full · concise · summary · json_document · json_lines     a Report each
    patch · resolution · explanation                          answers to other commands
    parts/                                                    what they are made of
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.reports.concise import Concise
from enrich.reports.full import Full
from enrich.reports.json_document import JsonDocument
from enrich.reports.json_lines import JsonLines
from enrich.reports.parts.page import Page, Report
from enrich.reports.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

__all__ = ["FORMATS", "Page", "Report"]

FORMATS: Mapping[str, Callable[[Page, TextIO, TextIO], Report]] = MappingProxyType(
    {
        "full": Full,
        "concise": Concise,
        "summary": Summary,
        "json": JsonDocument,
        "json-lines": JsonLines,
    }
)
"""By the name that `--output-format` takes; made with a page, the answer's stream and the run's stream."""
