"""
Whether the record of a claim is the entry's work.

Asks by looking (`Evidence.get`): first for the identifiers that are written, then
for repairs, cheapest tier first, and for older versions where a work was renamed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from enrich.identifiers import ArxivId
from enrich.matching import Anchor, Match, Verdict, judge
from enrich.models import Applicability, Fix, NotFound, Record, RecordQuery
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.evidence import Evidence
    from enrich.identifiers import Candidate
    from enrich.identity.claims import Claim
    from enrich.models import Answer, Entry, Path, Value

GUESSED_FROM_TIER = 2
"""From this tier on a candidate is a guess: it needs the stricter rule, and to be the only one."""
FOUND = "name the paper that has this title and these authors"
"""What a fix does that takes a paper found elsewhere."""
MOST_VERSIONS = 10
"""Older versions that are asked for; of 24 renamed works all had the entry's title in the first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The record of one identifier that an entry may mean, and what speaks for and against."""

    query: RecordQuery
    answer: Answer
    """To `query`, or to the search that listed `record`."""
    match: Match | None
    """None where the answer is no record."""
    candidate: Candidate | None = None
    """The repair by which a claim was understood so."""
    listed: Record | None = None
    """The record, where a search listed it."""

    @property
    def record(self) -> Record | None:
        return self.listed or (self.answer.outcome if isinstance(self.answer.outcome, Record) else None)

    @property
    def name(self) -> str:
        """For people: `arXiv 2410.21276 “GPT-4o System Card”`."""
        return f"arXiv {self.query.id} “{self.record.title}”" if self.record else f"arXiv {self.query.id}"

    @property
    def arxiv(self) -> ArxivId:
        """As the claim names it, its version included where it was repaired."""
        return self.candidate.arxiv if self.candidate else ArxivId(self.query.id)

    @property
    def is_verified(self) -> bool:
        return self.match is not None and self.match.verdict is Verdict.SAME

    @property
    def is_alike(self) -> bool:
        """The record may be the work under another title; nothing from it is safe."""
        return self.match is not None and self.match.verdict is Verdict.AMBIGUOUS

    @property
    def evidence(self) -> tuple[str, ...]:
        return self.match.evidence if self.match else ()

    @property
    def applicability(self) -> Applicability:
        """The most that a change from this record can be."""
        return Applicability.SAFE if self.is_verified else Applicability.UNSAFE

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
        A fix that stands on this record, and is safe at most where the record is verified.

        *source* is the answer's unless given; see `Fix` for the others.
        """
        return Fix(
            title=title,
            path=path,
            before=before,
            after=after,
            applicability=min(most, self.applicability),
            source=source or self.answer.source,
            confidence=self.match.confidence if self.match else 0.0,
            anchor=anchor,
        )


def judged_reading(entry: Entry, claim: Claim, evidence: Evidence) -> Judged | None:
    """The record of the identifier that *claim* states; None while it isn't known, or states none."""
    if claim.reading is None:
        return None
    return judged(entry, claim.reading.arxiv.id, evidence, Anchor.ID)


def judged_repairs(entry: Entry, claim: Claim, evidence: Evidence) -> tuple[Judged, ...] | None:
    """
    What the repairs of *claim* turn out to be, up to and including the first tier
    in which one is verified; None while answers are missing.
    """
    known: list[Judged] = []
    for tier, candidates in groupby(claim.candidates, key=lambda candidate: candidate.tier):
        anchor = Anchor.ID if tier < GUESSED_FROM_TIER else Anchor.GUESS
        of_tier = judged_candidates(entry, tuple(candidates), evidence, anchor)
        if of_tier is None:
            return None
        known += of_tier
        if any(one.is_verified for one in of_tier):
            break
    return tuple(known)


def judged_candidates(
    entry: Entry, candidates: tuple[Candidate, ...], evidence: Evidence, anchor: Anchor
) -> tuple[Judged, ...] | None:
    """All of *candidates*, asked for at once; None while answers are missing."""
    if evidence.get_all(RecordQuery("arxiv", candidate.arxiv.id) for candidate in candidates) is None:
        return None
    found = [judged(entry, candidate.arxiv.id, evidence, anchor, candidate) for candidate in candidates]
    return tuple(one for one in found if one) if all(found) else None


def judged(
    entry: Entry, arxiv: str, evidence: Evidence, anchor: Anchor, candidate: Candidate | None = None
) -> Judged | None:
    """The record of the identifier *arxiv*; None while it, or an older version of it, isn't known."""
    query = RecordQuery("arxiv", arxiv)
    answer = evidence.get(query)
    if answer is None:
        return None
    if not isinstance(record := answer.outcome, Record):
        return Judged(query, answer, None, candidate)
    match = evidence.once((query, anchor), lambda: _with_versions(entry, record, evidence, anchor))
    return Judged(query, answer, match, candidate) if match else None


def matched(entry: Entry, record: Record, anchor: Anchor) -> Match:
    title = entry.title.value if entry.title else ""
    names = entry.authors.names if entry.authors else ()
    return judge(title, names, record, anchor=anchor, year=_year(entry))


def _with_versions(entry: Entry, record: Record, evidence: Evidence, anchor: Anchor) -> Match | None:
    """
    The match with *record*, or with an older version of it where a work was renamed.

    What an older version says can only speak for the work: nobody knows whether arXiv
    has every version in its index, so that one is missing there says nothing.
    """
    match = matched(entry, record, anchor)
    if match.verdict is not Verdict.AMBIGUOUS or match.near or not match.authors_agreeing:
        return match
    older = range(1, min(record.version or 1, MOST_VERSIONS + 1))
    answers = evidence.get_all(RecordQuery("arxiv", f"{record.id}v{number}") for number in older)
    if answers is None:
        return None
    for answer in answers:
        if isinstance(version := answer.outcome, Record):
            earlier = matched(entry, version, anchor)
            if earlier.verdict is Verdict.SAME:
                renamed = f"version {version.version} had the title “{version.title}”"
                return replace(earlier, support=(*earlier.support, renamed))
    return match


def _year(entry: Entry) -> int | None:
    digits = entry.year.value.strip() if entry.year else ""
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None


def only_verified(judged: tuple[Judged, ...]) -> Judged | None:
    """The verified one, if all verified ones are of one work."""
    verified = [one for one in judged if one.is_verified]
    return verified[0] if len({one.query for one in verified}) == 1 else None


def is_unknown(judged: Judged) -> bool:
    """Whether arXiv answered that it has no such work."""
    return isinstance(judged.answer.outcome, NotFound)
