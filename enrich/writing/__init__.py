"""
Changes carried out on the disk: noted in the journal first, then written, then remembered.

Knows the ledger and files; knows nothing of rules or reports.
"""

from __future__ import annotations

from enrich.writing.accepted import Carried, NotCarried, carry_out, would_carry_out
from enrich.writing.scribe import Scribe, is_settled, pending_of, pendings

__all__ = [
    "Carried",
    "NotCarried",
    "Scribe",
    "carry_out",
    "is_settled",
    "pending_of",
    "pendings",
    "would_carry_out",
]
