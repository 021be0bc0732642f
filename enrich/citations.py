"""
How often an entry's work is cited.

Pure, and asks by looking. Each source counts what it knows, so one of them is believed
for an entry: the first of the configured ones that has the work. Another's number never
stands in for one that did not come, or counts would move with the weather.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import claims, identity
from enrich.matching import Anchor, Verdict, judge
from enrich.models import Applicability, CitationsQuery, Fix, NotFound, Record
from enrich.publication import own_work
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.evidence import Evidence
    from enrich.matching import Match
    from enrich.models import Answer, Entry, Path, Value
    from enrich.rule import Context

COUNTING = ("openalex", "semanticscholar")
"""Sources that count citations."""


@dataclass(frozen=True, slots=True)
class Cited:
    count: int
    answer: Answer
    match: Match
    """Of the counted work with what the entry is known to be."""

    @property
    def evidence(self) -> tuple[str, ...]:
        return self.match.evidence

    def fix(
        self, title: str, path: Path, before: Value, after: Value, *, anchor: tuple[str, ...] = ()
    ) -> Fix:
        return Fix(
            title=title,
            path=path,
            before=before,
            after=after,
            applicability=Applicability.SAFE,
            source=self.answer.source,
            confidence=self.match.title_score,
            anchor=anchor,
        )


def cited(entry: Entry, evidence: Evidence, context: Context) -> Cited | None:
    """
    How often *entry*'s work is cited; None where nobody says so of a work with its title and authors.

    It must be verified before it is counted: by arXiv's record, or, where the entry
    claims no paper of arXiv, by the agency's record of its own DOI.
    """
    return evidence.once("cited", lambda: _cited(entry, evidence, context))


def _cited(entry: Entry, evidence: Evidence, context: Context) -> Cited | None:
    known = _verified(entry, evidence, context)
    if known is None:
        return None
    for source in context.config.metadata.sources:
        if source not in COUNTING:
            continue
        answer = evidence.get(CitationsQuery(source, known.scheme, known.id))
        if answer is None or not isinstance(answer.outcome, NotFound):
            return _counted(known, answer) if answer else None
    return None


def _counted(known: Record, answer: Answer) -> Cited | None:
    """Sources that count keep a work twice, or two as one: what they counted must be what is known."""
    counted = answer.outcome
    if not isinstance(counted, Record) or counted.citations is None:
        return None
    match = judge(known.title, known.authors, counted, anchor=Anchor.ID)
    return Cited(counted.citations, answer, match) if match.verdict is Verdict.SAME else None


def _verified(entry: Entry, evidence: Evidence, context: Context) -> Record | None:
    """The record of the work that the entry is known to be."""
    if claims(entry, evidence, context.today):
        known = identity(entry, evidence, context.today)
        return known.record if known and known.is_verified else None
    own = own_work(entry, evidence, context)
    return own.record if own else None
