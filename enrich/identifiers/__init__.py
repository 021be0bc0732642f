"""
arXiv identifiers and DOIs: reading them, whatever they are wrapped in, and what a mangled one may have been.

    scheme      what is well formed, by the calendar
    unwrap      plain spelling, and where each character came from
    places      hosts, paths and labels; where an identifier is meant
    reading     exact readings                       kinds      their names
    repairs     candidates, the likeliest first      debris, mechanics, guesses    by tier
    doi         the same for DOIs, without repairs  preprints    DOIs that are never a publisher's
"""

from enrich.identifiers.doi import Doi, DoiReading, is_arxiv_doi, read_doi
from enrich.identifiers.preprints import is_preprint_doi
from enrich.identifiers.reading import Reading, read_arxiv_id
from enrich.identifiers.repairs import Candidate, arxiv_span, means_arxiv, near_misses, repair_candidates
from enrich.identifiers.scheme import ArxivId, parse_arxiv_id

__all__ = [
    "ArxivId",
    "Candidate",
    "Doi",
    "DoiReading",
    "Reading",
    "arxiv_span",
    "is_arxiv_doi",
    "is_preprint_doi",
    "means_arxiv",
    "near_misses",
    "parse_arxiv_id",
    "read_arxiv_id",
    "read_doi",
    "repair_candidates",
]
