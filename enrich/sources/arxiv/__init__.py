"""
arXiv's API as a source of records.

    asking       `Arxiv`: identifiers → requests → outcomes
    looking_up   what to ask next after what was told, pure
    feed         one answer read with distrust, pure
"""

from enrich.sources.arxiv.asking import Arxiv
from enrich.sources.arxiv.feed import Feed, Refused, Unusable, parse_feed

__all__ = ["Arxiv", "Feed", "Refused", "Unusable", "parse_feed"]
