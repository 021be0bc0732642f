"""Any front matter: usual names for the fields, and every scalar that is an address is a link."""

from __future__ import annotations

from enrich.catalogues.shape import Shape

GENERIC = Shape(
    name="generic",
    venue=("venue", "journal", "conference", "container-title", "booktitle"),
    doi=("doi", "DOI", "bib.doi"),
    any_file=True,
    any_address=True,
    mentions=("resource",),
)
