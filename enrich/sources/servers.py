"""
Names under which preprint servers and archives pass for venues. Pure.
"""

from __future__ import annotations

import re

from enrich.patterns import pattern

_SERVER = pattern(
    r"(?:arxiv|corr|computing research repository|biorxiv|medrxiv|chemrxiv|techrxiv|psyarxiv|socarxiv|edarxiv"
    r"|eartharxiv|engrxiv|ssrn|social science research network|research square|preprints\.org|preprints"
    r"|authorea|openreview|hal|zenodo|figshare|osf|peerj preprints|iacr cryptology eprint archive|cryptology"
    r" eprint archive|iacr cryptol\. eprint arch\.|no venue|unpublished)"
    r"(?:\W|\Z)",
    re.IGNORECASE,
)


def is_preprint_server(venue: str) -> bool:
    """
    Whether *venue*, as a source writes it, is where works stand that may never be published.

    >>> is_preprint_server("arXiv (Cornell University)"), is_preprint_server("CoRL")
    (True, False)
    """
    return _SERVER.match(venue) is not None
