"""
What an identifier, an address or a citation stands for: `enrich resolve` without its hands.

    bibtex ─► citations ─► searching ─► deciding

    resolved(item, evidence, wanted, today) -> Resolution | None
"""

from __future__ import annotations

from enrich.resolution.deciding import by_grammar, resolved
from enrich.resolution.words import Candidate, Resolution, Wanted

__all__ = ["Candidate", "Resolution", "Wanted", "by_grammar", "resolved"]
