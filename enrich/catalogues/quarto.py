"""
Sites made with Quarto: a folder for each publication, and in it `index.qmd`.

`pub-info.reference` is a citation in HTML and only read by people; a link with `local: true`
is a file beside the entry.

Source: https://quarto.org/docs/reference/formats/html.html, and for `pub-info`
https://github.com/andrewheiss/ath-quarto
"""

from __future__ import annotations

from enrich.catalogues.shape import LinkList, Shape, Signs

QUARTO = Shape(
    name="quarto",
    authors=("author", "authors"),
    links=(LinkList("pub-info.links"), LinkList("links", "text", "href")),
    after=("doi",),
    signs=Signs(within=("**/index.qmd",), only_within=True, one_of=("pub-info", "doi")),
)
