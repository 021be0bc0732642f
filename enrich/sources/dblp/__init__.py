"""
DBLP as a source of published versions.

    asking    `Dblp`: titles → requests → outcomes
    hits      one answer read with distrust, pure
"""

from enrich.sources.dblp.asking import Dblp
from enrich.sources.dblp.hits import read_answer

__all__ = ["Dblp", "read_answer"]
