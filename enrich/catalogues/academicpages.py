"""
Sites made with academicpages: a collection of publications, each with a citation in HTML, which is only read.

A value that begins with `#` and has no quotes is null with a comment, and stays so.

Source: https://github.com/academicpages/academicpages.github.io/tree/master/_publications
"""

from __future__ import annotations

from enrich.catalogues.shape import Shape, Signs

ACADEMICPAGES = Shape(
    name="academicpages",
    authors=("authors", "author"),
    citations=("citation",),
    venue=("venue",),
    # paperurl, slidesurl, bibtexurl, and what people add: arxivurl, codeurl
    addresses=("*url",),
    no_link=("#",),
    after=("venue",),
    signs=Signs(
        within=("**/_publications/**",),
        keys=("collection", "permalink"),
        one_of=("paperurl", "citation", "venue"),
    ),
)
