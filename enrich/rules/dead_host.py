"""
What: a link's host does not exist any more, or its domain is parked: for sale, or filled
with advertisements.

Why: readers meet an error of their browser or a shop window, and whoever registers
the name next owns the link.

Example:

    _publications/a.md:8:27: E LNK102 no such host: old.example

Applicability: shown, and never proposed, is the archived copy nearest to the entry's
year, where there is one (`links.archive`). That a name does not exist is asked twice; a name server
that fails says nothing about the link. A domain is called parked where it leads to a company that
parks domains or shows its programs, and where a page says so and nothing else at any address.

Source: https://www.rfc-editor.org/rfc/rfc8020
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import archiving, checking
from enrich.models import Doubt, Fault, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.broken_uses(entry, evidence, context, Fault.NO_HOST, confirmed=True):
        yield archiving.with_copy(checking.link_finding("LNK102", use), use, entry, evidence, context)
    for use in checking.absent_uses(entry, evidence, context, Doubt.PARKED):
        finding = checking.link_finding("LNK102", use, checking.absence(use))
        yield archiving.with_copy(finding, use, entry, evidence, context)


RULE = Rule("LNK102", "dead-host", Severity.ERROR, check, __doc__)
