"""
Addresses by patterns: which ones a pattern means, and where they are asked instead.

Pure. A pattern is a host, `*.example.org`, or addresses, `https://example.org/old/*`; in both
`*` is any run of characters. Canonical addresses are compared, so no fragment is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.globs import filled, matches_text, stars
from enrich.links.canonical import CanonicalUrl, authority_of, canonical_url, host_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Remap = tuple[str, str]
"""A pattern of addresses, and what stands in its place; its `*` are filled in order."""


def means(pattern: str, url: str) -> bool:
    """
    Whether *pattern* means canonical *url*.

    >>> means("*.example.org", "https://a.example.org/b"), means("https://a.org/b*", "https://a.org/c")
    (True, False)
    """
    if "://" in pattern:
        return matches_text(_whole(pattern), url)
    return matches_text(pattern, authority_of(url) if ":" in pattern else host_key(url))


def any_means(patterns: Iterable[str], url: str) -> bool:
    return any(means(pattern, url) for pattern in patterns)


def remap_of(url: str, remaps: Sequence[Remap]) -> Remap | None:
    """The first of *remaps* that means canonical *url*, if one does."""
    return next((remap for remap in remaps if means(remap[0], url)), None)


def remapped(url: str, remap: Remap) -> CanonicalUrl | None:
    """
    Where canonical *url* is asked, by a remap that means it; None where it makes no address of it.

    >>> remapped("https://a.org/b/c", ("https://a.org/*", "http://127.0.0.1:4000/*"))
    'http://127.0.0.1:4000/b/c'
    """
    return _exchanged(url, *remap)


def linked(url: str, remap: Remap) -> CanonicalUrl | None:
    """The address that is asked at canonical *url* by *remap*; None where it does not lead there."""
    pattern, replacement = remap
    if count_stars(pattern) != count_stars(replacement):
        return None
    return _exchanged(url, replacement, pattern)


def count_stars(pattern: str) -> int:
    """How many runs of characters *pattern* leaves open."""
    return len(stars(pattern, pattern) or ())


def _exchanged(url: str, pattern: str, replacement: str) -> CanonicalUrl | None:
    found = stars(_whole(pattern), url)
    return None if found is None else canonical_url(filled(replacement, found))


def _whole(pattern: str) -> str:
    """With the `/` that a canonical address has after its host."""
    rest = pattern.partition("://")[2]
    return pattern if "/" in rest or rest.endswith("*") else f"{pattern}/"
