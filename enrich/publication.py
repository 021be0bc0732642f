"""
As what an entry's work was published, and how surely that is known.

Pure. A registration agency's record of a DOI that the entry or its verified arXiv
record states is authoritative; what else knows of a published version proposes one.
Preprints are no publication, whatever their DOI. Asks by looking, cheapest first:
who has a DOI is not searched for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.identifiers import is_preprint_doi, read_doi
from enrich.identity import claims, identity
from enrich.matching import Anchor, Match, Verdict, judge, plain_text
from enrich.models import Applicability, Candidates, Fix, PublishedQuery, Record, RecordQuery, Role, WorkKind
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Answer, Entry, Path, Value
    from enrich.rule import Context

SEARCHED_BY_TITLE = frozenset({"dblp"})
PUBLISHED = ("openalex", "semanticscholar", "dblp")
"""Sources that know published versions of preprints."""


@dataclass(frozen=True, slots=True)
class Work:
    """A record of the work, or of what passes for it, and how it compares with the entry."""

    record: Record
    answer: Answer
    match: Match
    is_stated: bool
    """By its agency, of a DOI that the entry or its verified arXiv record states."""

    @property
    def is_verified(self) -> bool:
        return self.match.verdict is Verdict.SAME

    @property
    def is_another(self) -> bool:
        return self.match.verdict is Verdict.DIFFERENT

    @property
    def is_placed(self) -> bool:
        """
        Of a kind that stands somewhere: a repository of data or software is no venue.

        Of a series of books alone it isn't known which book, and so which conference, it is.
        """
        is_inside = self.record.kind in (WorkKind.PROCEEDINGS, WorkKind.CHAPTER) and not is_series(self.venue)
        return is_inside or self.record.kind is WorkKind.ARTICLE

    @property
    def evidence(self) -> tuple[str, ...]:
        return self.match.evidence

    @property
    def venue(self) -> str:
        """In plain text; empty where none is known."""
        venue = self.record.venue or ""
        return plain_text(venue) or " ".join(venue.split())

    def fix(
        self,
        title: str,
        path: Path,
        before: Value,
        after: Value,
        *,
        most: Applicability = Applicability.SAFE,
        source: str = "",
        anchor: tuple[str, ...] = (),
    ) -> Fix:
        """
        Safe at most, and only where the work is verified and its agency says so.

        *source* is the answer's unless given.
        """
        is_safe = self.is_stated and self.is_verified
        return Fix(
            title=title,
            path=path,
            before=before,
            after=after,
            applicability=most if is_safe else Applicability.UNSAFE,
            source=source or self.answer.source,
            confidence=self.match.confidence,
            anchor=anchor,
        )


# -- DOIs that are stated --------------------------------------------------------------------


def own_doi(entry: Entry) -> str | None:
    """The DOI in the entry's field for one, in its canonical spelling; None for a preprint's."""
    return _publishers(entry.doi.value) if entry.doi else None


def _publishers(text: str) -> str | None:
    reading = read_doi(text)
    return reading.doi.id if reading and not is_preprint_doi(reading.doi.id) else None


def _stated_dois(entry: Entry, evidence: Evidence, context: Context) -> Iterator[str]:
    papers = (link.url for link in entry.links if link.role in (Role.PAPER, Role.PDF))
    for doi in (own_doi(entry), *map(_publishers, papers)):
        if doi:
            yield doi
    known = identity(entry, evidence, context.today)
    if known and known.is_verified and known.record and known.record.doi:
        yield known.record.doi


def stated_works(entry: Entry, evidence: Evidence, context: Context) -> tuple[Work, ...]:
    """The records of all DOIs that are stated, the entry's own first; unknown ones are asked for."""
    return evidence.once("stated works", lambda: tuple(_stated_works(entry, evidence, context)))


def own_work(entry: Entry, evidence: Evidence, context: Context) -> Work | None:
    """
    The verified work of the DOI in the entry's own field, where the entry claims no paper of arXiv.

    A DOI is an identifier like arXiv's, and its agency's record is judged by the same rule.
    """
    if claims(entry, evidence, context.today):
        return None
    works = stated_works(entry, evidence, context)
    return next((work for work in works if work.is_verified and work.record.id == own_doi(entry)), None)


def _stated_works(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Work]:
    for doi in dict.fromkeys(_stated_dois(entry, evidence, context)):
        answer = evidence.get(RecordQuery("doi", doi))
        if answer and isinstance(answer.outcome, Record):
            match = _match(entry, answer.outcome, Anchor.ID)
            yield Work(answer.outcome, answer, match, is_stated=True)


def _match(entry: Entry, record: Record, anchor: Anchor) -> Match:
    title = entry.title.value if entry.title else ""
    return judge(title, entry.authors.names if entry.authors else (), record, anchor=anchor)


# -- published versions ----------------------------------------------------------------------


def published(entry: Entry, evidence: Evidence, context: Context) -> Work | None:
    """
    The published version of *entry*'s work, with a venue; None where none is known, or not yet.

    Sources of published versions are asked one after the other, and only where no
    stated DOI tells, and arXiv's record is verified.
    """
    return evidence.once("published", lambda: _published(entry, evidence, context))


def _published(entry: Entry, evidence: Evidence, context: Context) -> Work | None:
    stated = [work for work in stated_works(entry, evidence, context) if _is_publication(work)]
    best = next((work for work in stated if work.is_verified), next(iter(stated), None))
    dois = _stated_dois(entry, evidence, context)
    if best or not all(evidence.get(RecordQuery("doi", doi)) for doi in dois):
        return best
    for source in context.config.metadata.sources:
        query = _query(source, entry, evidence, context) if source in PUBLISHED else None
        answer = evidence.get(query) if query else None
        if query and answer is None:
            return None
        found = _only_one(entry, answer, by_title=source in SEARCHED_BY_TITLE) if answer else None
        if found:
            return found
    return None


def _is_publication(work: Work) -> bool:
    is_preprint = work.record.kind is WorkKind.PREPRINT or is_preprint_doi(work.record.doi or "")
    return bool(work.venue) and not is_preprint and not work.is_another and not is_placeholder(work.venue)


def _query(source: str, entry: Entry, evidence: Evidence, context: Context) -> PublishedQuery | None:
    known = identity(entry, evidence, context.today)
    if known is None or known.record is None or not known.is_verified:
        return None
    if source not in SEARCHED_BY_TITLE:
        return PublishedQuery(source, known.record.id)
    title = plain_text(known.record.title)
    people = [name for name in known.record.authors if name != known.record.collaboration]
    return PublishedQuery(source, known.record.id, title, people[0].split()[-1]) if title and people else None


def _only_one(entry: Entry, answer: Answer, *, by_title: bool) -> Work | None:
    """The verified one of the records that *answer* holds, if all verified ones are of one publication."""
    records = answer.outcome.records if isinstance(answer.outcome, Candidates) else ()
    anchor = Anchor.GUESS if by_title else Anchor.ID
    works = [Work(record, answer, _match(entry, record, anchor), is_stated=False) for record in records]
    fitting = [work for work in works if work.is_verified and _is_publication(work)]
    return fitting[0] if len({work.record.doi or work.venue for work in fitting}) == 1 else None


# -- what is no venue ------------------------------------------------------------------------

_PLACEHOLDERS = frozenset({
    "", "no venue", "corr", "preprint", "unknown", "none", "n/a", "tbd", "tba", "todo", "unpublished",
})  # fmt: skip
_ARXIV = pattern(
    r"(?:arxiv|corr)\b(?:\.org)?(?: e-?prints?| preprints?)?(?:[ :,/]*(?:arxiv|abs)\b)?[ :,/.\d v]*"
)


def is_placeholder(venue: str, unset: tuple[str, ...] = ()) -> bool:
    """
    Whether *venue* stands for none: `No Venue`, `arXiv preprint arXiv:2410.21276`, or one of *unset*.

    >>> is_placeholder("Arxiv"), is_placeholder("arXiv and beyond workshop")
    (True, False)
    """
    plain = " ".join(venue.casefold().split()).strip(" .")
    return plain in _PLACEHOLDERS or plain in map(str.casefold, unset) or _ARXIV.fullmatch(plain) is not None


_SERIES = pattern(
    r"(?:lecture notes (?:in|on)|communications in computer|advances in intelligent|ifip advances"
    r"|smart innovation|studies in|springer proceedings|springer series|leibniz international"
    r"|frontiers in artificial intelligence and applications|proceedings in adaptation)\b",
    re.IGNORECASE,
)


def is_series(venue: str) -> bool:
    """
    Whether *venue* is a series of books, of which each holds another conference.

    >>> is_series("Lecture Notes in Computer Science"), is_series("Computer Vision – ECCV 2018")
    (True, False)
    """
    return _SERIES.match(venue) is not None
