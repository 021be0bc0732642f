"""
Semantic Scholar as a source of published versions.

    asking    `SemanticScholar`: preprints → requests → outcomes
    papers    one answer read with distrust, pure
"""

from enrich.sources.semanticscholar.asking import SemanticScholar
from enrich.sources.semanticscholar.papers import read_answer

__all__ = ["SemanticScholar", "read_answer"]
