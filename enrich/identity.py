"""
Which work an entry says to be, and whether a record is that work.

Pure. Several rules stand on this one judgement, so that none of them can write
from a record that another would refuse. Asks by looking (`Evidence.get`): first
for the identifiers that are written, then for repairs, cheapest tier first.

Source of the order and of the rule: measurements over 4,722 entries; an
identifier as an anchor plus title and authors never accepted a wrong record,
existence alone does (58.8 % of one-digit slips are another real paper).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from enrich.identifiers import means_arxiv, read_arxiv_id, repair_candidates
from enrich.matching import Anchor, Match, Verdict, judge
from enrich.models import (
    Answer,
    Applicability,
    Fix,
    Link,
    NotFound,
    Record,
    RecordQuery,
    Role,
    Text,
    format_path,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identifiers import Candidate, Reading
    from enrich.models import Entry, Path, Value
    from enrich.text import Span

GUESSED_FROM_TIER = 2
"""From this tier on a candidate is a guess: it needs the stricter rule, and to be the only one."""


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


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, the record of one identifier that it may mean, and what speaks for and against."""

    claim: Claim
    query: RecordQuery
    answer: Answer
    match: Match | None
    """None where the answer is no record."""
    candidate: Candidate | None = None

    @property
    def record(self) -> Record | None:
        return self.answer.outcome if isinstance(self.answer.outcome, Record) else None

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
            confidence=self.match.title_score if self.match else 0.0,
            anchor=anchor,
        )


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


def judged_reading(entry: Entry, claim: Claim, evidence: Evidence) -> Judged | None:
    """The record of the identifier that *claim* states; None while it isn't known, or states none."""
    if claim.reading is None:
        return None
    return _judged(entry, claim, RecordQuery("arxiv", claim.reading.arxiv.id), evidence, Anchor.ID)


def judged_repairs(entry: Entry, claim: Claim, evidence: Evidence) -> tuple[Judged, ...] | None:
    """
    What the repairs of *claim* turn out to be, up to and including the first tier
    in which one is verified; None while answers are missing.
    """
    known: list[Judged] = []
    for tier, candidates in groupby(claim.candidates, key=lambda candidate: candidate.tier):
        of_tier = tuple(candidates)
        queries = [RecordQuery("arxiv", candidate.arxiv.id) for candidate in of_tier]
        if evidence.get_all(queries) is None:
            return None
        anchor = Anchor.ID if tier < GUESSED_FROM_TIER else Anchor.GUESS
        judged = [
            found
            for query, candidate in zip(queries, of_tier, strict=True)
            if (found := _judged(entry, claim, query, evidence, anchor, candidate))
        ]
        known += judged
        if any(one.is_verified for one in judged):
            break
    return tuple(known)


def _judged(
    entry: Entry,
    claim: Claim,
    query: RecordQuery,
    evidence: Evidence,
    anchor: Anchor,
    candidate: Candidate | None = None,
) -> Judged | None:
    answer = evidence.get(query)
    if answer is None:
        return None
    match = None
    if isinstance(record := answer.outcome, Record):
        match = evidence.once((query, anchor), lambda: _match(entry, record, anchor))
    return Judged(claim, query, answer, match, candidate)


def _match(entry: Entry, record: Record, anchor: Anchor) -> Match:
    title = entry.title.value if entry.title else ""
    names = entry.authors.names if entry.authors else ()
    return judge(title, names, record, anchor=anchor, year=_year(entry))


def _year(entry: Entry) -> int | None:
    digits = entry.year.value.strip() if entry.year else ""
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None


def only_verified(judged: tuple[Judged, ...]) -> Judged | None:
    """The verified one, if all verified ones are of one work."""
    verified = [one for one in judged if one.is_verified]
    return verified[0] if len({one.query for one in verified}) == 1 else None


def identity(entry: Entry, evidence: Evidence, today: dt.date) -> Judged | None:
    """
    The record whose fields may be used for *entry*: verified, or at least not of
    another work (then every change from it is unsafe). None while answers are
    missing, and where the claims point to different works.
    """
    return evidence.once("identity", lambda: _identity(entry, evidence, today))


def _identity(entry: Entry, evidence: Evidence, today: dt.date) -> Judged | None:
    judged: list[Judged] = []
    for claim in claims(entry, evidence, today):
        if claim.reading:
            found = judged_reading(entry, claim, evidence)
            judged += [found] if found else []
        else:
            repairs = judged_repairs(entry, claim, evidence)
            best = only_verified(repairs) if repairs else None
            judged += [best] if best else list(repairs or ())[:1]
    if any(one.is_verified for one in judged):
        return only_verified(tuple(judged))
    alike = [one for one in judged if one.is_alike]
    return alike[0] if len({one.query for one in alike}) == 1 else None


def is_unknown(judged: Judged) -> bool:
    """Whether arXiv answered that it has no such work."""
    return isinstance(judged.answer.outcome, NotFound)
