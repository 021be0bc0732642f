"""
From queries to answers.

    words  reach ─► batches ─► answering
"""

from __future__ import annotations

from enrich.fetcher.answering import Fetcher, LeftOpen
from enrich.fetcher.batches import LINGER_S
from enrich.fetcher.words import Interrupted, Memory, Source

__all__ = ["LINGER_S", "Fetcher", "Interrupted", "LeftOpen", "Memory", "Source"]
