"""
What: an address holds parameters that only tell its host where visitors come from.

Why: they track readers, and make two addresses of one page.

Example:

    - {name: Paper, url: 'https://lab.example.edu/paper?utm_source=newsletter'}
    + {name: Paper, url: 'https://lab.example.edu/paper'}

Applicability: safe: only parameters that are known to mean nothing else (utm_…, fbclid, gclid, …) go,
and nothing else is touched. Off by default.

Source: https://docs.clearurls.xyz/1.27.3/specs/rules/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.models import Applicability, Finding, Severity
from enrich.relinking import rewritten
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    for link in entry.links:
        clean = links.without_tracking(link.url)
        if clean == link.url or not links.is_address(link.url):
            continue
        yield Finding(
            "LNK123",
            "the address holds parameters that only track",
            link.span,
            field=link.field,
            url=link.url,
            fix=rewritten(
                entry,
                link,
                clean,
                title="drop what only tracks",
                applicability=Applicability.SAFE,
                source="grammar",
            ),
        )


RULE = Rule("LNK123", "tracking-parameters", Severity.INFO, check, __doc__, on_by_default=False)
