"""
Which paper an entry means where what it says leads nowhere, or it says nothing.

Asks in this order, and only while nothing is found: what else the entry says,
identifiers one slip away from the one that is written, the title. What is found
so is never written unasked: of one-digit slips 58.8 % are another real paper, and
the same authors may well call two papers alike.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from enrich.identifiers import near_misses, read_arxiv_id, repair_candidates
from enrich.identity.claims import claims
from enrich.identity.judging import (
    FOUND,
    GUESSED_FROM_TIER,
    Judged,
    judged,
    judged_candidates,
    judged_reading,
    judged_repairs,
    matched,
    only_verified,
)
from enrich.matching import Anchor, leading_surname, plain_text, squash
from enrich.models import Applicability, Candidates, Failure, RecordQuery, SearchQuery
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from enrich.evidence import Evidence
    from enrich.identifiers import Candidate
    from enrich.identity.claims import Claim
    from enrich.models import Answer, Entry, Fix

SHOWN = 5
"""Most candidates that are shown to people."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search for the entry's paper came to."""

    best: Judged | None = None
    """The one paper by title and authors."""
    several: tuple[Judged, ...] = ()
    """Where there is no such one: those that may be meant, as listed."""
    failure: Failure | None = None
    """Something that could not be asked."""
    is_stated: bool = False
    """`best` is what the claim itself says, no digit invented; all else is at most proposed."""

    @property
    def most(self) -> Applicability:
        return Applicability.SAFE if self.is_stated else Applicability.UNSAFE

    def fix(self, claim: Claim, today: dt.date, *, source: str = "") -> Fix | None:
        """Its identifier where *claim* has another text; None where no one paper was found."""
        if self.best is None:
            return None
        return self.best.fix(
            self.best.candidate.title if self.best.candidate else FOUND,
            claim.path,
            claim.text,
            claim.naming(self.best.arxiv, today),
            most=self.most,
            source=source,
        )


def understood(entry: Entry, claim: Claim, evidence: Evidence, today: dt.date) -> Sought | None:
    """
    What a *claim* that does not read means; None while answers are missing.

    A paper that its repairs leave no doubt about, else one that is found
    elsewhere, else the only one that may well be meant, renamed since.
    """
    return evidence.once(("understood", claim.path), lambda: _understood(entry, claim, evidence, today))


def _understood(entry: Entry, claim: Claim, evidence: Evidence, today: dt.date) -> Sought | None:
    repairs = judged_repairs(entry, claim, evidence)
    if repairs is None:
        return None
    fitting = tuple(repair for repair in repairs if repair.is_verified)
    # One that could not be asked about may be the paper: guessing further would be in vain.
    if not fitting and (failure := _failure(repairs)):
        return Sought(failure=failure)
    if fitting:
        best = only_verified(fitting)
        return Sought(best, is_stated=True) if best else Sought(several=fitting)
    alike = {repair.query: repair for repair in repairs if repair.is_alike}
    only_alike = next(iter(alike.values())) if len(alike) == 1 else None
    if only_alike and only_alike.candidate and only_alike.candidate.tier < GUESSED_FROM_TIER:
        instead = sought_beside(entry, only_alike, evidence)
    else:
        instead = sought_instead(entry, claim, evidence, today)
    if instead and instead.best is None and only_alike:
        return Sought(only_alike, is_stated=True)
    return instead


def sought_instead(entry: Entry, claim: Claim, evidence: Evidence, today: dt.date) -> Sought | None:
    """The paper that *claim*, which leads nowhere, was meant to name; None while answers are missing."""
    return evidence.once(("instead of", claim.path), lambda: _instead(entry, claim, evidence, today))


def _instead(entry: Entry, claim: Claim, evidence: Evidence, today: dt.date) -> Sought | None:
    others = _stated_elsewhere(entry, claim, evidence, today)
    if others is None:
        return None
    if known := only_verified(others):
        return Sought(replace(known, candidate=None))
    if not _can_be_recognised(entry):
        return Sought()
    guesses = judged_candidates(entry, _slips(claim, today), evidence, Anchor.GUESS)
    if guesses is None:
        return None
    if failure := _failure(guesses):
        return Sought(failure=failure)
    return _best_guess(guesses) or sought_by_title(entry, evidence)


def _failure(asked: Iterable[Judged]) -> Failure | None:
    return next((one.answer.outcome for one in asked if isinstance(one.answer.outcome, Failure)), None)


def _stated_elsewhere(
    entry: Entry, claim: Claim, evidence: Evidence, today: dt.date
) -> tuple[Judged, ...] | None:
    """What the other claims of *entry* turn out to be."""
    known: list[Judged] = []
    for other in claims(entry, evidence, today):
        if other.path == claim.path:
            continue
        read = judged_reading(entry, other, evidence)
        found = (read,) if read else None if other.reading else judged_repairs(entry, other, evidence)
        if found is None:
            return None
        known += found
    return tuple(known)


def _slips(claim: Claim, today: dt.date) -> tuple[Candidate, ...]:
    """Identifiers that a slip in the digits turns into what is written."""
    if claim.reading:
        return near_misses(claim.reading, today=today)
    candidates = repair_candidates(claim.text, today=today, max_tier=6)
    return tuple(one for one in candidates if one.tier > GUESSED_FROM_TIER)


def _best_guess(guesses: Iterable[Judged]) -> Sought | None:
    """Of the likeliest slip that leads to a paper by this title and these authors."""
    fitting = [guess for guess in guesses if guess.is_verified and guess.candidate]
    for _, of_tier in groupby(fitting, key=lambda guess: guess.candidate.tier if guess.candidate else 0):
        same = tuple(of_tier)
        best = only_verified(same)
        return Sought(best) if best else Sought(several=same)
    return None


# -- by title --------------------------------------------------------------------------------


def sought_by_title(entry: Entry, evidence: Evidence) -> Sought | None:
    """The one paper by title and authors that arXiv's search lists; None while that isn't known."""
    return evidence.once("sought by title", lambda: _by_title(entry, evidence))


def sought_beside(entry: Entry, alike: Judged, evidence: Evidence) -> Sought | None:
    """
    A paper that is the entry's beyond doubt, where *alike* only may be; None while that isn't known.

    A sister paper has the same authors, and of two lists of hundreds a few names
    always agree: what a title and all authors say goes before that.
    """
    found = sought_by_title(entry, evidence)
    if found is None:
        return None
    return Sought(found.best if found.best and found.best.query != alike.query else None)


def _by_title(entry: Entry, evidence: Evidence) -> Sought | None:
    if not _can_be_recognised(entry):
        return Sought()
    answer = evidence.get(_search(entry))
    if answer is None:
        return None
    match answer.outcome:
        case Candidates() as listed:
            return _among(entry, listed, answer)
        case Failure() as failure:
            return Sought(failure=failure)
        case _:
            return Sought()


def _among(entry: Entry, listed: Candidates, answer: Answer) -> Sought:
    found = [
        Judged(RecordQuery("arxiv", record.id), answer, matched(entry, record, Anchor.GUESS), listed=record)
        for record in listed.records
    ]
    fitting = tuple(one for one in found if one.is_verified)
    if best := only_verified(fitting):
        return Sought(best)
    return Sought(several=(fitting or tuple(one for one in found if one.is_alike))[:SHOWN])


def _search(entry: Entry) -> SearchQuery:
    title = entry.title.value if entry.title else ""
    return SearchQuery(plain_text(title) or " ".join(title.split()), _surname(entry))


def _surname(entry: Entry) -> str:
    return leading_surname(entry.authors.names if entry.authors else ())


def _can_be_recognised(entry: Entry) -> bool:
    """Whether a paper could be told to be this one: by its title and its authors, no less."""
    return entry.title is not None and bool(squash(entry.title.value)) and bool(_surname(entry))


# -- where nothing is claimed ----------------------------------------------------------------


def sought_for(entry: Entry, evidence: Evidence, today: dt.date) -> Sought | None:
    """
    The paper of an *entry* that claims none: among those that it links, else by its title.

    Most links are mentions of other papers, so they count as guesses.
    """
    linked = list(
        dict.fromkeys(
            reading.arxiv.id for link in entry.links if (reading := read_arxiv_id(link.url, today=today))
        )
    )
    found = [judged(entry, arxiv, evidence, Anchor.GUESS) for arxiv in linked]
    if not all(found):
        return None
    best = only_verified(tuple(one for one in found if one))
    return Sought(best) if best else sought_by_title(entry, evidence)
