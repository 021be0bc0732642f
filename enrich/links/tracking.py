"""
What in an address tells a host where its visitor comes from, and nothing of the page.

Pure. Only parameters that are known to mean nothing else: `ref` and `source` name pages at many hosts.
Source: https://docs.clearurls.xyz/1.27.3/specs/rules/ and the documents of those who set them
"""

from __future__ import annotations

import re

from enrich.patterns import pattern

_PARAMETER = pattern(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_[ce]id"
    r"|mkt_tok|_hs(?:enc|mi)|__hs(?:tc|sc|fp)|hsctatracking|vero_(?:id|conv)|oly_(?:enc|anon)_id|wickedid"
    r"|_openstat|s_kwcid|ml_subscriber(?:_hash)?)(?:=[^&]*)?",
    re.IGNORECASE | re.ASCII,
)


def without_tracking(text: str) -> str:
    """
    The address *text* without parameters that only track; nothing else in it is touched.

    >>> without_tracking("https://a.org/p?utm_source=x&v=1#top")
    'https://a.org/p?v=1#top'
    """
    address, hash_mark, fragment = text.partition("#")
    path, mark, query = address.partition("?")
    if not mark:
        return text
    kept = [part for part in query.split("&") if not _PARAMETER.fullmatch(part)]
    if len(kept) == query.count("&") + 1:
        return text
    return path + (mark if kept else "") + "&".join(kept) + hash_mark + fragment
