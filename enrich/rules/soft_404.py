"""
What: a link answers 200, and shows an error page.

Why: readers look for the paper and are told that it is not there; a link checker
that trusts the status never says so.

Example:

    _publications/a.md:8:27: W LNK103 answers 200, but there is no such page: titled “Page not found”

Applicability: no fix. Said where the page's title, a heading or a sentence says that it is
gone, in the languages that enrich knows, and an address beside it that nobody made
shows the same; or where any address there is redirected to the same one. That is
asked once for each folder of a host. A host that answers 404 to such an address is
believed, whatever its pages say; logins, search pages and pages that programs fill
are never called gone. A link that worked before is first listed as suspect, as
with LNK101.

Source: https://developers.google.com/search/docs/crawling-indexing/http-network-errors#soft-404-errors
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Doubt, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.absent_uses(entry, evidence, context, Doubt.GONE):
        yield checking.link_finding("LNK103", use, checking.absence(use))


RULE = Rule("LNK103", "soft-404", Severity.WARNING, check, __doc__)
