"""
What: a deep link ends at the front page of a site.

Why: the page is gone, and the site says so by showing its front page instead of
an error. Readers look for the paper and find a welcome.

Example:

    _publications/a.md:8:27: W LNK104 ends at the front page https://lab.example.edu/

Applicability: no fix. Where the page went, the redirect does not say, and LNK111
proposes nothing here. A link that worked before is first listed as suspect, as with LNK101.

Source: https://developers.google.com/search/docs/crawling-indexing/http-network-errors#soft-404-errors
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.absent_uses(entry, evidence, context, None):
        yield checking.link_finding("LNK104", use, checking.absence(use))


RULE = Rule("LNK104", "redirect-to-home", Severity.WARNING, check, __doc__)
