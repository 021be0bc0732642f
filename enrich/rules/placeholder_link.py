"""
What: a link is a placeholder: `#`, TODO, example.com.

Why: a theme renders it, and readers click on nothing.

Example:

    - {name: Code, url: '#'}

Applicability: no fix. What belongs there is not known.

Source: https://www.rfc-editor.org/rfc/rfc2606
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking, links
from enrich.models import Finding, LinkStatus, Role, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        if use.check.status is not LinkStatus.UNSUPPORTED or use.link.role is Role.BODY:
            continue  # in the text an address of example.com is an example
        if links.classify(use.link.url).kind is links.Written.PLACEHOLDER:
            yield checking.link_finding("LNK120", use, f"`{use.link.url}` stands where an address is to come")


RULE = Rule("LNK120", "placeholder-link", Severity.WARNING, check, __doc__)
