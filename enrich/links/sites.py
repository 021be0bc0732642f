"""
Which two hosts belong to one registrant.

The public suffix list takes about a tenth of a second to load, so it is loaded when
first asked.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from enrich.links.canonical import canonical_url, host_key
from enrich.links.hosts import as_address

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def same_site(url_a: str, url_b: str) -> bool:
    """
    Whether both addresses are at one registrable domain; False where one is no address.

    >>> same_site("https://www.acm.org/", "https://dl.acm.org/doi/1")
    True
    >>> same_site("https://a.github.io/", "https://b.github.io/")
    False
    """
    sites = [_site(url) for url in (url_a, url_b)]
    return sites[0] is not None and sites[0] == sites[1]


def _site(url: str) -> str | None:
    canonical = canonical_url(url)
    if canonical is None:
        return None
    host = host_key(canonical)
    return host if as_address(host) else _suffixes().privatesuffix(host) or host


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - see above

    return PublicSuffixList()
