"""
What: a link leads to a host that has announced its end.

Why: such a link works only as long as somebody keeps the redirects.

Example:

    - url: 'https://code.google.com/p/word2vec/'
    + url: 'https://code.google.com/archive/p/word2vec/'

Applicability: to review where the host says what comes instead. Else no fix.

Source: the announcement of each host, beside it in the table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Applicability, Finding, Fix, Severity
from enrich.patterns import pattern
from enrich.relinking import rewritten
from enrich.rule import Rule
from enrich.words import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, LinkUse
    from enrich.rule import Context


@dataclass(frozen=True, slots=True)
class Retired:
    address: re.Pattern[str]
    """Of canonical addresses."""
    end: str
    """What happened, one clause."""
    successor: str = ""
    """A template for what comes instead, '' where nothing does."""


RETIRED = (
    Retired(
        # https://opensource.googleblog.com/2015/03/farewell-to-google-code.html
        pattern(r"https?://code\.google\.com/p/(?P<name>[\w.-]+)(?:/.*)?"),
        "Google Code was closed in January 2016; its archive remains",
        r"https://code.google.com/archive/p/\g<name>/",
    ),
    Retired(
        # https://github.com/paperswithcode/paperswithcode-data/issues/116
        pattern(r"https?://(?:www\.)?paperswithcode\.com/.*"),
        "Papers with Code was closed in July 2025",
    ),
)


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        for retired in RETIRED:
            if found := retired.address.fullmatch(use.url):
                finding = checking.link_finding("LNK112", use, retired.end)
                yield replace(finding, fix=_fix(entry, use, found.expand(retired.successor)))


def _fix(entry: Entry, use: LinkUse, successor: str) -> Fix | None:
    if not successor:
        return None
    return rewritten(
        entry,
        use.link,
        successor,
        title="link what comes instead",
        applicability=Applicability.UNSAFE,
        source="grammar",
        confidence=0.9,
    )


RULE = Rule("LNK112", "retired-host", Severity.WARNING, check, __doc__)
