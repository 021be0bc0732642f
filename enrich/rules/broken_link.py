"""
What: a link is broken: its page answers 404 or 410, twice.

Why: readers meet an error page.

Example:

    _publications/a.md:8:27: E LNK101 404 Not Found

Applicability: shown, and never proposed, is the archived copy nearest to the entry's
year, where there is one (`links.archive`). A refusal (403, 429), a server error or a timeout is never
called broken. A link that worked before is called broken only after
`links.confirm-after` failures over `links.confirm-days`; until then it is
listed as suspect.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import archiving, checking
from enrich.models import Fault, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, LinkUse
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.broken_uses(entry, evidence, context, Fault.GONE, confirmed=True):
        finding = replace(checking.link_finding("LNK101", use), evidence=_evidence(use))
        yield archiving.with_copy(finding, use, entry, evidence, context)


def _evidence(use: LinkUse) -> tuple[str, ...]:
    if use.answer is None or use.answer.history.last_ok is None:
        return ()
    history = use.answer.history
    return (f"{history.failures} failures in a row; last good {history.last_ok:%Y-%m-%d}",)


RULE = Rule("LNK101", "broken-link", Severity.ERROR, check, __doc__)
