"""
From queries to answers.

    words  reach ─► batches ─► answering
"""

from __future__ import annotations

from enrich.fetcher.answering import Fetcher, LeftOpen
from enrich.fetcher.words import Interrupted, Memory, Source

__all__ = ["Fetcher", "Interrupted", "LeftOpen", "Memory", "Source"]
