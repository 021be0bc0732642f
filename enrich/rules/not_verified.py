"""
What: a link could not be verified: the network, a time limit, a server error or a rate limit was in the way.

Why: nothing is broken because we could not look. It is said, so that silence
means that something was checked.

Example:

    Not verified: 14 links (12 rate-limited, 2 timeout).

Applicability: no fix. Asked again by the next run. A link that used to work and
could not be verified for 14 days is shown as a warning, which fails nothing.

Source: https://www.rfc-editor.org/rfc/rfc6585#section-4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Finding, LinkStatus, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        if use.check.status is LinkStatus.UNVERIFIED and not checking.is_blocked(use.check):
            yield checking.unverified_finding("RUN601", use)


RULE = Rule("RUN601", "not-verified", Severity.NOTICE, check, __doc__)
