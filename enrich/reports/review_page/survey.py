"""
What is known of a catalogue from the answers at hand, to be shown beside its changes.

Asks nobody: an address without an answer is `unknown`, an entry without a
record is shown without one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from enrich import checking, links
from enrich.evidence import Evidence
from enrich.identity import identity
from enrich.planning import open_entry
from enrich.proposing import Subject
from enrich.reports.review_page.words import Picture, Source

if TYPE_CHECKING:
    from enrich.models import Document, Entry, LinkUse, Record
    from enrich.planning import Answers
    from enrich.rule import Context

UNKNOWN = "unknown"

_ADDRESSES = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
_NAMES = {"arxiv": "arXiv ", "doi": "doi:"}


class Survey:
    """Goes through a catalogue once."""

    def __init__(self, answers: Answers, context: Context) -> None:
        self._answers = answers
        self._context = context
        self._links: dict[str, tuple[str, str]] = {}
        self._entries: Counter[tuple[str, str]] = Counter()

    def look_at(self, document: Document, status: str) -> tuple[str, Source | None]:
        """Title and record of *document*, counted under *status*; a file that is no entry has neither."""
        subject = open_entry(document, self._context)
        if not isinstance(subject, Subject):
            return "", None
        entry, evidence = subject.entry, Evidence(self._answers)
        self._entries[_year(entry), status] += 1
        self._count_links(entry, evidence)
        judged = identity(entry, evidence, self._context.today)
        record = judged.record if judged else None
        return entry.title.value if entry.title else "", _source(record) if record else None

    def count(self, use: LinkUse) -> None:
        """What is known of a link, whatever was known of it before."""
        self._links[use.url] = _host(use.url), use.check.status.value

    def picture(self) -> Picture:
        by_host = Counter(self._links.values())
        return Picture(
            tuple((host, outcome, number) for (host, outcome), number in sorted(by_host.items())),
            tuple((year, status, number) for (year, status), number in sorted(self._entries.items())),
        )

    def _count_links(self, entry: Entry, evidence: Evidence) -> None:
        for link in entry.links:
            url = links.canonical_url(link.url) or link.url
            self._links.setdefault(url, (_host(url), UNKNOWN))
        for use in checking.link_uses(entry, evidence, self._context):
            self.count(use)


def _host(url: str) -> str:
    canonical = links.canonical_url(url)
    return links.host_key(canonical) if canonical else ""


def _year(entry: Entry) -> str:
    found = re.search(r"\b(?:19|20)\d\d\b", entry.year.value) if entry.year else None
    return found[0] if found else ""


def _source(record: Record) -> Source:
    return Source(
        f"{_NAMES[record.scheme]}{record.id}", record.title, f"{_ADDRESSES[record.scheme]}{record.id}"
    )
