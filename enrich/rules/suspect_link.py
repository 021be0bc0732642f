"""
What: a link that used to work answers 404 or 410, its host is gone, or it shows something else than
what was linked (LNK102, LNK103, LNK104), but not often or long enough yet.

Why: sites have bad afternoons. Calling a link broken that works again tomorrow
costs more trust than calling it broken three days late.

Example:

    28 links that used to work failed; after 3 failures over 3 days they are called broken.

Applicability: no fix. `--set links.confirm-after=1` asks for today's verdict.

Source: `links.confirm-after` and `links.confirm-days` of the configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Fault, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.broken_uses(entry, evidence, context, Fault.GONE, Fault.NO_HOST, confirmed=False):
        yield checking.run_finding("RUN603", use)
    for use in checking.link_uses(entry, evidence, context):
        if checking.is_absent(use) and not checking.is_confirmed(use, context):
            yield checking.run_finding("RUN603", use, checking.absence(use))


RULE = Rule("RUN603", "suspect", Severity.NOTICE, check, __doc__)
