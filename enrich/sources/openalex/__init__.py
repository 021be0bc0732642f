"""
OpenAlex as a source of published versions.

    asking    `OpenAlex`: preprints → requests → outcomes
    works     one answer read with distrust, pure
"""

from enrich.sources.openalex.asking import OpenAlex
from enrich.sources.openalex.works import read_answer

__all__ = ["OpenAlex", "read_answer"]
