"""
A document to its front matter. The opening fence decides the format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter import fences
from enrich.frontmatter.nodes import Unreadable
from enrich.frontmatter.yaml import reading as yaml
from enrich.text import Span

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import FrontMatter, Missing
    from enrich.models import Document

LONGEST = 1_000_000
"""Code points of front matter. The longest known one has 52 KB; one that is larger costs minutes to read."""


def parse(document: Document) -> FrontMatter | Missing | Unreadable:
    """
    The front matter of *document*, why it has none, or why it can't be read.

    Offsets everywhere are code points of `document.text`, a byte order mark
    included. The body may hold undecodable bytes, the header may not.
    """
    fenced = fences.cut(document.text)
    if not isinstance(fenced, fences.Fenced):
        return fenced
    if fenced.header.end - fenced.header.start > LONGEST:
        code = "FMT406" if fenced.format == "toml" else "FMT401"
        where = Span(fenced.opening, fenced.opening + 3)
        return Unreadable(code, f"front matter is larger than {LONGEST:,} characters", where)
    if fenced.format == "toml":
        from enrich.frontmatter.toml import reading as toml  # noqa: PLC0415 - few catalogues have any

        return toml.read(document, fenced)
    return yaml.read(document, fenced)
