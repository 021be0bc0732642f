"""
What a mangled arXiv identifier may have been, the likeliest first.

Tier 1 finds a well-formed identifier in debris; tier 2 undoes what machines and
keyboards do, without inventing a digit; tiers 3 to 6 guess: digits swapped, one
too many, one wrong, one missing. A candidate is possible, no more: whether it is
the work in question is for its record to say.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from enrich.identifiers.debris import Repair, Step, without_debris
from enrich.identifiers.guesses import MISSING, SWAPPED, guesses
from enrich.identifiers.mechanics import digits_of, mechanical
from enrich.identifiers.places import Setting, locate
from enrich.identifiers.reading import Reading, read_arxiv_id
from enrich.identifiers.scheme import ANY_ID, ArxivId
from enrich.identifiers.unwrap import LONGEST, unwrap
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.text import Span

DEBRIS, MECHANICAL = 1, 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An identifier that a text may mean."""

    arxiv: ArxivId
    kind: str
    """What befell it: `hf-prefix`, `missing-dot`, `yaml-float-lost-zero`, …"""
    tier: int
    """From 1 to 6, see above. Tiers 3 to 6 need a unique match to be believed."""
    title: str
    """Imperative: `remove the `hf` prefix`."""
    span: Span
    """In the text: the mangled identifier, or the host where only that is misspelt."""


def repair_candidates(text: str, *, today: dt.date, max_tier: int = MECHANICAL) -> tuple[Candidate, ...]:
    """
    What *text* may mean, without duplicates; nothing where it reads exactly or means no identifier.

    >>> [str(found.arxiv) for found in repair_candidates("2410.2127", today=dt.date(2026, 11, 22))]
    ['2410.21270', '2410.02127']
    """
    if len(text) > LONGEST or read_arxiv_id(text, today=today):
        return ()
    plain = unwrap(text)
    place = locate(plain.text)
    if place is None:
        return ()
    found: dict[str, Candidate] = {}
    for tier, repair in _repairs(place.span.of(plain.text), place.setting, today, max_tier):
        steps, span = repair.steps, place.span
        if place.misspelt_host:
            span = span if steps else place.misspelt_host
            steps = (Step("host-typo", "write the host as `arxiv.org`"), *steps)
        steps = steps or (Step("surroundings", "remove what stands around the identifier"),)
        found.setdefault(repair.id, _candidate(repair, steps, tier, plain.origin(span.start, span.end)))
    return tuple(found.values())


def near_misses(reading: Reading, *, today: dt.date, max_tier: int = MISSING) -> tuple[Candidate, ...]:
    """
    Candidates of tiers 3 to 6 for an identifier that is well formed, but of no work or of another one.

    For when arXiv does not know it, or its record is of another work.
    """
    found: dict[str, Candidate] = {}
    for tier in range(SWAPPED, max_tier + 1):
        for repair in guesses(reading.arxiv.id, tier, today):
            found.setdefault(repair.id, _candidate(repair, repair.steps, tier, reading.span))
    return tuple(found.values())


def _candidate(repair: Repair, steps: tuple[Step, ...], tier: int, span: Span) -> Candidate:
    title = " and ".join(step.clause for step in steps)
    return Candidate(ArxivId(repair.id, repair.version), steps[0].kind, tier, title, span)


def _repairs(slug: str, setting: Setting, today: dt.date, max_tier: int) -> Iterator[tuple[int, Repair]]:
    # Several identifiers, or a path that leads elsewhere: any choice would be arbitrary.
    if len({found[0].lower() for found in ANY_ID.finditer(slug)}) > 1 or "//" in slug or "/.." in f"/{slug}":
        return
    intact = without_debris(slug, today)
    if intact:
        yield DEBRIS, intact
    elif max_tier >= MECHANICAL:
        for repair in mechanical(slug, setting, today):
            yield MECHANICAL, repair
    digits = digits_of(slug) if max_tier >= SWAPPED else None
    if digits is None or (
        setting is Setting.BARE and digits.isdigit()
    ):  # a number with two faults is a number
        return
    for tier in range(SWAPPED, max_tier + 1):
        for repair in guesses(digits, tier, today):
            yield tier, repair


# -- is one meant? ---------------------------------------------------------------------------

_ANY_DAY = dt.date(2099, 12, 31)  # the scheme has two digits for a year


def means_arxiv(text: str) -> bool:
    """
    Is *text* meant to be an arXiv identifier or the address of an arXiv paper?

    Also where it is mangled past repair (`https://arxiv.org/abs/TODO`). Not so for
    arXiv's other pages (`/list/`, `/search/`, `info.arxiv.org`) and for look-alike
    hosts. A number on its own is meant so if it has the shape or can be repaired, and
    is no range of pages.
    """
    # Remembered, for this is asked of every link, each time its entry is looked at.
    return _is_meant(text) if len(text) <= _MOST_REMEMBERED else arxiv_span(text) is not None


_MOST_REMEMBERED = 1_000
"""Characters of a text that is remembered: the memory stays within a few megabytes."""


@lru_cache(maxsize=4096)
def _is_meant(text: str) -> bool:
    return arxiv_span(text) is not None


def arxiv_span(text: str) -> Span | None:
    """
    Where in *text* the identifier stands that is meant, mangled or not; None where none is meant.

    >>> arxiv_span("https://arxiv.org/abs/hf2410.21276")
    Span(start=22, end=34)
    """
    reading = read_arxiv_id(text, today=_ANY_DAY)
    if reading:
        return reading.span
    if len(text) > LONGEST:
        return None
    plain = unwrap(text)
    place = locate(plain.text)
    if place is None:
        return None
    if place.setting is Setting.BARE and not _is_like_an_id(place.span.of(plain.text), text):
        return None
    return plain.origin(place.span.start, place.span.end)


_RANGE = pattern("[0-9]{4} ?- ?[0-9]{4}")  # of pages or years


def _is_like_an_id(slug: str, text: str) -> bool:
    if ANY_ID.fullmatch(slug):
        return True
    return not _RANGE.fullmatch(slug) and bool(repair_candidates(text, today=_ANY_DAY))
