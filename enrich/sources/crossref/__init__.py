"""
Crossref as a source of records by DOI, and of published works by title where that is asked.

    asking    `Crossref`: DOIs → requests → outcomes
    titles    `CrossrefTitles`: titles → requests → outcomes
    works     one answer read with distrust, pure
"""

from enrich.sources.crossref.asking import Crossref
from enrich.sources.crossref.titles import CrossrefTitles
from enrich.sources.crossref.works import read_list, read_work

__all__ = ["Crossref", "CrossrefTitles", "read_list", "read_work"]
