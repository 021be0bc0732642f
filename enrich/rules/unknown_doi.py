"""
What: a link is the address of a DOI that is not registered.

Why: the link leads to an error page of the resolver. A character was lost or added,
or the publisher never registered what it printed.

Example:

    _publications/a.md:8:27: E IDN211 the DOI does not resolve

Applicability: no fix. The resolver is asked twice, the second time past its own
memory. That a publisher's page refuses programs says nothing about its DOI, so it
is not asked.

Source: https://www.doi.org/doi-handbook/HTML/rest-api-response-format.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.identifiers import is_arxiv_doi, read_doi
from enrich.models import Fault, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        reading = read_doi(use.url) if use.answer and use.check.fault is Fault.UNKNOWN_ID else None
        if reading and not is_arxiv_doi(reading.doi.id):  # of those IDN202 speaks
            yield checking.link_finding("IDN211", use)


RULE = Rule("IDN211", "unknown-doi", Severity.ERROR, check, __doc__)
