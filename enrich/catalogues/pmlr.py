"""
Volumes of the Proceedings of Machine Learning Research, whose front matter follows citeproc.

Source: https://github.com/mlresearch
"""

from __future__ import annotations

from enrich.catalogues.shape import Shape, Signs

PMLR = Shape(
    name="pmlr",
    authors=("author",),
    venue=("container-title",),
    keys=("id",),
    any_address=True,
    after=("container-title",),
    signs=Signs(
        within=("**/_posts/**",), keys=("author[]", "container-title"), value=("layout", "inproceedings")
    ),
)
