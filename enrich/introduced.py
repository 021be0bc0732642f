"""
What a change brings, told apart from what it merely touches.

A link is new when the entry had no such address before; any other finding, when it
stands on a line that was not there. What is not new is at most a warning: a pull
request fails for what it brings, not for what it passes by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.links import canonical_url, relative
from enrich.models import Outcome, Severity
from enrich.planning import open_entry
from enrich.proposing import Subject
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Document, Finding, Link, Result
    from enrich.rule import Context

NOT_INTRODUCED = "not introduced by this change"
_UNREADABLE = "FMT"
"""Front matter that can't be read hides everything else: whoever touches the entry mends it."""


@dataclass(frozen=True, slots=True)
class Before:
    """What an entry held at the base."""

    addresses: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


NOTHING = Before()
"""Of an entry that is new."""


def before(document: Document, context: Context) -> Before:
    """What *document* held; of front matter that can't be read, its lines alone."""
    subject = open_entry(document, context)
    links = subject.entry.links if isinstance(subject, Subject) else ()
    addresses = {address for link in links for address in _names(link, document.path) if address}
    return Before(frozenset(addresses), frozenset(_lines(document.text)))


def _names(link: Link, path: str) -> tuple[str | None, ...]:
    """Under which reports may list *link*."""
    return link.url, canonical_url(link.url), relative.named(path, link.url)


def _lines(text: str) -> list[str]:
    # Not str.splitlines: places are counted in lines that end at LF, CRLF or CR alone.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def weighed(outcome: Outcome, base: Before) -> Outcome:
    """*outcome* with what the change did not bring told as such."""
    results = tuple(result if _is_new(result, base) else _passed_by(result) for result in outcome.results)
    held = {placed.use.url for placed in outcome.links} | {url for url, _ in outcome.counted}
    new = held - base.addresses
    return replace(outcome, results=results, new_links=len(new))


def _is_new(result: Result, base: Before) -> bool:
    finding = result.finding
    if finding.rule.startswith(_UNREADABLE):
        return True
    if finding.url is not None:
        return finding.url not in base.addresses
    return result.place is None or result.place.source not in base.lines


def _passed_by(result: Result) -> Result:
    return replace(result, finding=_as_warning(result.finding))


def _as_warning(finding: Finding) -> Finding:
    return replace(
        finding,
        severity=min(finding.severity, Severity.WARNING),
        evidence=(*finding.evidence, NOT_INTRODUCED),
    )
