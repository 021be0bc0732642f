"""
What: a host refuses automated requests (401, 403, a challenge page, a redirect loop).

Why: such a link is neither good nor broken. It is said, so that silence means
that something was checked.

Example:

    RUN602 the host refuses automated requests: https://doi.example/10.1/x

Applicability: no fix. `[links.hosts."…"] on-403` gives one host another meaning. A link
that used to work and has been refused for 14 days is shown as a warning, which
fails nothing.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4
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
    for use in checking.link_uses(entry, evidence, context):
        if checking.is_blocked(use.check):
            yield checking.unverified_finding("RUN602", use)


RULE = Rule("RUN602", "blocked", Severity.NOTICE, check, __doc__)
