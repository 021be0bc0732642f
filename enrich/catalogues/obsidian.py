"""
Vaults of Obsidian with notes on papers, such as its Citations and Zotero plugins write.

A wikilink names a note and is no address. Keys are flat: Obsidian shows no others.

Source: https://help.obsidian.md/properties
"""

from __future__ import annotations

from enrich.catalogues.shape import Shape, Signs

OBSIDIAN = Shape(
    name="obsidian",
    authors=("author", "authors"),
    year=("year",),
    venue=("container-title", "journal", "venue"),
    any_file=True,
    addresses=("url", "URL", "*_url", "resource", "link"),
    mentions=("resource",),
    signs=Signs(
        one_of=("citekey", "DOI", "doi", "url", "URL", "arxiv_id", "resource"), markers=(".obsidian",)
    ),
)
