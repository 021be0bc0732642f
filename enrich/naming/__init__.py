"""
What changes, findings and values are called from run to run, and how values are written down.

Pure. Equal things have equal names on every machine; none depends on where in a file something stands.
"""

from __future__ import annotations

from enrich.naming.names import (
    ID_DIGITS,
    acceptance_key,
    accepted_key,
    change_id,
    decided_key,
    fingerprint,
    long_change_id,
    query_name,
    rejection_key,
    shortened,
    value_hash,
    without_positions,
)
from enrich.naming.positions import after_removals, before_removals, removals
from enrich.naming.values import canonical_json, from_json, to_json

__all__ = [
    "ID_DIGITS",
    "acceptance_key",
    "accepted_key",
    "after_removals",
    "before_removals",
    "canonical_json",
    "change_id",
    "decided_key",
    "fingerprint",
    "from_json",
    "long_change_id",
    "query_name",
    "rejection_key",
    "removals",
    "shortened",
    "to_json",
    "value_hash",
    "without_positions",
]
