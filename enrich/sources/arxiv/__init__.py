"""
arXiv's API as a source of records.

    asking       `Arxiv`: identifiers → requests → outcomes
    looking_up   what to ask next after what was told, pure
    searching    `ArxivSearch`: a title → the papers that are called so
    wording      a title as a query, pure
    channel      the one way to the service, for both
    feed         one answer read with distrust, pure
"""

from enrich.sources.arxiv.asking import Arxiv
from enrich.sources.arxiv.feed import Feed, Refused, Unusable, parse_feed, parse_search
from enrich.sources.arxiv.searching import ArxivSearch

__all__ = ["Arxiv", "ArxivSearch", "Feed", "Refused", "Unusable", "parse_feed", "parse_search"]
