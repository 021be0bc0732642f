"""
Which paper a citation or a title means, by arXiv's search.

Pure. A title alone decides nothing: the one paper that has it and its authors is
taken, and of several none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.matching import Anchor, Verdict, judge, plain_text
from enrich.models import Candidates, Failure, SearchQuery
from enrich.resolution.citations import Citation, read_citation, surname
from enrich.resolution.words import Candidate, Resolution, Wanted

if TYPE_CHECKING:
    from enrich.evidence import Evidence
    from enrich.matching import Match
    from enrich.models import Answer, Record

MOST_SHOWN = 10


def searched(item: str, evidence: Evidence, wanted: Wanted) -> Resolution | None:
    """
    What *item*, which holds no identifier, means by its title; None while answers are missing.

    Where the form leaves two titles possible, the second is searched for where the first is in vain.
    """
    citation = read_citation(item)
    resolution = _nothing(item, "no identifier and no title is written here")
    if citation is None:
        return resolution
    kind = _kind(citation)
    for title in (wanted.title,) if wanted.title else citation.titles:
        authors = wanted.authors or citation.authors
        answer = evidence.get(SearchQuery(plain_text(title) or title, surname(authors[0]) if authors else ""))
        if answer is None:
            return None
        resolution = _found(item, kind, title, citation, authors, answer)
        if resolution.id or resolution.candidates:
            break
    return resolution


def unsearched(item: str) -> Resolution:
    """What *item*, which holds no identifier, means where nobody is asked: nothing."""
    citation = read_citation(item)
    if citation is None:
        return _nothing(item, "no identifier and no title is written here")
    return _nothing(
        item, "no identifier is written here, and no title is searched for (offline)", _kind(citation)
    )


def _kind(citation: Citation) -> str:
    return "title" if citation.is_title else "citation"


def _nothing(item: str, reason: str, kind: str = "text") -> Resolution:
    return Resolution(item, kind, "none", 0.0, reason)


def _found(
    item: str, kind: str, title: str, citation: Citation, authors: tuple[str, ...], answer: Answer
) -> Resolution:
    if isinstance(answer.outcome, Failure):
        reason = f"arXiv could not be asked: {answer.outcome.detail}"
        return Resolution(item, kind, "none", 0.0, reason, answer=answer)
    records = answer.outcome.records if isinstance(answer.outcome, Candidates) else ()
    judged = [
        (record, judge(title, authors, record, anchor=Anchor.GUESS, year=citation.year)) for record in records
    ]
    alike = [one for one in judged if one[1].verdict is not Verdict.DIFFERENT and one[1].near]
    same = [one for one in judged if one[1].verdict is Verdict.SAME]
    if len(same) == 1:
        record, match = same[0]
        return Resolution(
            item, kind, "search", match.title_score, "title and authors are those of one paper alone",
            id=record.id, doi=record.doi, record=record, answer=answer,
        )  # fmt: skip
    shown = sorted(alike, key=_likeness)[:MOST_SHOWN]
    return Resolution(
        item,
        kind,
        "none",
        0.0,
        _why(len(same), authors) if shown else "arXiv has no paper of this title and these authors",
        candidates=tuple(candidate(record, match.title_score) for record, match in shown),
        answer=answer,
    )


def _likeness(one: tuple[Record, Match]) -> tuple[float, str]:
    return -one[1].title_score, one[0].id


def _why(same: int, authors: tuple[str, ...]) -> str:
    if same:
        return "several papers have this title and these authors"
    return "title and authors do not decide" if authors else "the title alone does not decide"


def candidate(record: Record, score: float | None) -> Candidate:
    year = record.year or (record.published.year if record.published else None)
    return Candidate(record.id, record.doi, record.title, record.authors, year, record.venue, score)
