"""
Whether a key may be sent to where it would go.
"""

from __future__ import annotations

import logging

from enrich.patterns import pattern

_KEY = pattern(r"[\x21-\x7e]+")
_log = logging.getLogger(__name__)


def usable_key(source: str, key: str, endpoint: str, home: str) -> str:
    """
    *key* of *source*, where *endpoint* is below its *home*; else empty.

    A key that can't be sent is told of, never shown.
    """
    if not key or not f"{endpoint.rstrip('/')}/".startswith(home):
        return ""
    if _KEY.fullmatch(key):
        return key
    _log.warning("the key for %s is not one: it holds blanks or characters outside ASCII", source)
    return ""
