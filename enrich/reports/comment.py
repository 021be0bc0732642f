"""
The comment on a pull request: the job's summary, small enough, with a mark by which it is found again.

Source of the limit: https://github.com/orgs/community/discussions/27190
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.reports.markdown import Markdown

if TYPE_CHECKING:
    from enrich.reports.parts.page import Page
    from enrich.reports.saved import Saved

MOST_BYTES = 60_000
LARGEST = 256 * 1024
"""Bytes of a report that is taken from the run of a stranger's pull request."""
MARK = "<!-- enrich: comment -->"
"""The last line; there is one comment with it, which is written anew."""


def comment_text(saved: Saved, page: Page) -> str:
    out = io.StringIO()
    room = MOST_BYTES - len(MARK) - 2
    report = Markdown(replace(page, summary_bytes=room), out, io.StringIO())
    report.begin(saved.run, saved.totals.entries)
    for outcome in saved.outcomes:
        report.entry(outcome)
    report.end(saved.totals)
    return f"{out.getvalue()}\n{MARK}\n"
