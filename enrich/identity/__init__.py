"""
Which work an entry says to be, and whether a record is that work.

Pure. Asks by looking (`Evidence.get`), cheapest first.

    claims    where an identifier is written, well or badly
    judging   whether the record of a claim is the entry's work
    whole     the one record whose fields may be used
    sought    which paper is meant where claims lead nowhere

Source of the order and of the rule: measurements over 4,722 entries; an
identifier as an anchor plus title and authors never accepted a wrong record,
existence alone does (58.8 % of one-digit slips are another real paper).
"""

from __future__ import annotations

from enrich.identity.claims import Claim, claims
from enrich.identity.judging import (
    GUESSED_FROM_TIER,
    Judged,
    is_unknown,
    judged_reading,
    judged_repairs,
    only_verified,
)
from enrich.identity.sought import SHOWN, Sought, sought_beside, sought_for, sought_instead, understood
from enrich.identity.whole import identity

__all__ = [
    "GUESSED_FROM_TIER",
    "SHOWN",
    "Claim",
    "Judged",
    "Sought",
    "claims",
    "identity",
    "is_unknown",
    "judged_reading",
    "judged_repairs",
    "only_verified",
    "sought_beside",
    "sought_for",
    "sought_instead",
    "understood",
]
