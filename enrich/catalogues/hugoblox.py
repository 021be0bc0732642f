"""
Sites made with Hugo Blox, once Wowchemy and Academic: one folder for each publication.

Of its authors some are folders of the site (`admin`), which no record spells. Links that
stand for none are `''` and, in old sites, `'#'`. What a link of the list is, its `type` says
(`type: pdf`), in older sites its `name`, else its `icon`; a preprint may be an identifier
(`provider: arxiv`, `id: 2410.21276`).

Source: https://docs.hugoblox.com/reference/front-matter/
"""

from __future__ import annotations

from enrich.catalogues.shape import LinkList, Shape, Signs

HUGOBLOX = Shape(
    name="hugoblox",
    authors=("authors",),
    venue=("publication",),
    doi=("doi", "hugoblox.ids.doi"),
    arxiv=("arxiv_id", "arxiv", "arxivid", "arxiv-id", "eprint", "hugoblox.ids.arxiv"),
    links=(
        LinkList(
            "links",
            kind="type",
            labels=("label", "type", "icon"),
            registry="provider",
            identifier="id",
        ),
        LinkList("url_custom"),
    ),
    addresses=("url_*", "external_link"),
    no_link=("#",),
    after=("doi",),
    signs=Signs(within=("**/content/**/publication*/**",), keys=("publication_types",)),
)
