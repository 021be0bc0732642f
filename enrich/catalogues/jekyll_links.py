"""Jekyll collections with a list of named links: awesome-llm-papers, ml4code, llm-bible and their kin."""

from __future__ import annotations

from enrich.catalogues.shape import LinkList, Shape, Signs

JEKYLL_LINKS = Shape(
    name="jekyll-links",
    authors=("authors",),
    venue=("conference", "journal", "venue"),
    links=(LinkList("additional_links"),),
    short_authors="short_authors",
    after=("additional_links",),
    # An entry without links leaves the list out: a quarter of ml4code.
    signs=Signs(within=("**/_publications/**",), keys=("additional_links[]",)),
)
