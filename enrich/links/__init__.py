"""
Addresses of the web: their canonical form, their repair, where text holds them, and what an answer means.

Pure: no I/O, no clock, no randomness; nothing here raises because of what a text holds.
"""

from enrich.links.canonical import CanonicalUrl, authority_of, canonical_url, host_key, port_of
from enrich.links.hosts import is_local, is_public
from enrich.links.kinds import LinkKind, link_kind
from enrich.links.markdown import find_links, find_urls
from enrich.links.patterns import Remap, any_means, linked, remap_of, remapped
from enrich.links.repair import UrlRepair, repair_url
from enrich.links.sites import same_site
from enrich.links.tracking import without_tracking
from enrich.links.verdict import Observation, On403, Reading, Trouble, failure, phrase, verdict
from enrich.links.writing import Writing, Written, classify, is_address, is_file

__all__ = [
    "CanonicalUrl",
    "LinkKind",
    "Observation",
    "On403",
    "Reading",
    "Remap",
    "Trouble",
    "UrlRepair",
    "Writing",
    "Written",
    "any_means",
    "authority_of",
    "canonical_url",
    "classify",
    "failure",
    "find_links",
    "find_urls",
    "host_key",
    "is_address",
    "is_file",
    "is_local",
    "is_public",
    "link_kind",
    "linked",
    "phrase",
    "port_of",
    "remap_of",
    "remapped",
    "repair_url",
    "same_site",
    "verdict",
    "without_tracking",
]
