"""
Crossref as a source of records by DOI.

    asking    `Crossref`: DOIs → requests → outcomes
    works     one answer read with distrust, pure
"""

from enrich.sources.crossref.asking import Crossref
from enrich.sources.crossref.works import read_list, read_work

__all__ = ["Crossref", "read_list", "read_work"]
