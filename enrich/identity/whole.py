"""
The one record whose fields may be used for an entry, all its claims together.

Several rules stand on this judgement, so that none of them can write from a
record that another would refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity.claims import claims
from enrich.identity.judging import Judged, judged_reading, judged_repairs, only_verified
from enrich.identity.sought import sought_beside

if TYPE_CHECKING:
    import datetime as dt

    from enrich.evidence import Evidence
    from enrich.models import Entry


def identity(entry: Entry, evidence: Evidence, today: dt.date) -> Judged | None:
    """
    The record whose fields may be used for *entry*: verified, or at least not of
    another work (then every change from it is unsafe). None while answers are
    missing, where the claims point to different works, and where another work than
    theirs has the entry's title and all its authors.
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
    alike = {one.query: one for one in judged if one.is_alike}
    if len(alike) != 1:
        return None
    only = next(iter(alike.values()))
    beside = sought_beside(entry, only, evidence)
    return only if beside and beside.best is None else None
