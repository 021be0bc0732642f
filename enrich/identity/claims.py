"""
Where an entry says which arXiv paper it is, well or badly.

Pure, and asks nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identifiers import arxiv_span, means_arxiv, read_arxiv_id, repair_candidates
from enrich.models import Link, Role, Text, format_path
from enrich.text import Edit, Span, splice
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identifiers import ArxivId, Candidate, Reading
    from enrich.models import Entry, Path


@dataclass(frozen=True, slots=True)
class Claim:
    """A place of the front matter at which an arXiv identifier is written, well or badly."""

    text: str
    path: Path
    span: Span
    is_link: bool
    reading: Reading | None
    candidates: tuple[Candidate, ...]
    """Repairs in order of likelihood; empty where `reading` is set or nothing can be made of it."""

    @property
    def field(self) -> str:
        return format_path(self.path)

    @property
    def part(self) -> Span:
        """The identifier in `text`, mangled or not; the whole text where none can be made out."""
        if self.reading:
            return self.reading.span
        if self.candidates:
            return self.candidates[0].span
        return arxiv_span(self.text) or Span(0, len(self.text))

    def naming(self, arxiv: ArxivId, today: dt.date) -> str:
        """`text` with *arxiv* put in place; arXiv's own address where that isn't enough."""
        if not self.is_link:
            return str(arxiv)
        in_place = splice(self.text, [Edit(self.part, str(arxiv))])
        reading = read_arxiv_id(in_place, today=today)
        return in_place if reading and reading.is_address and reading.arxiv == arxiv else arxiv.url


def claims(entry: Entry, evidence: Evidence, today: dt.date) -> tuple[Claim, ...]:
    """
    Every claim of *entry*, fields before links.

    Identifiers in the text are mentions of other papers, and links to code or
    data may lie on an arXiv-like host: neither claims anything.
    """
    return evidence.once("claims", lambda: tuple(_claims(entry, today)))


def _claims(entry: Entry, today: dt.date) -> Iterator[Claim]:
    fields = {text.path for text in entry.arxiv}
    for text in entry.arxiv:
        yield _claim(text, today, is_link=False)
    for link in entry.links:
        if link.role in (Role.PAPER, Role.PDF) and link.path not in fields and means_arxiv(link.url):
            yield _claim(link, today, is_link=True)


def _claim(where: Text | Link, today: dt.date, *, is_link: bool) -> Claim:
    written = where.url if isinstance(where, Link) else where.value
    reading = read_arxiv_id(written, today=today)
    candidates = () if reading else repair_candidates(written, today=today)
    return Claim(written, where.path, where.span, is_link, reading, candidates)
