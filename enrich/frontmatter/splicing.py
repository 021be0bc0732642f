"""
Edits made, and the proof that nothing outside of the front matter moved.

What the front matter says afterwards is proved by its language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.fences import Fenced, cut
from enrich.text import splice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.frontmatter.nodes import FrontMatter
    from enrich.text import Edit


class Unverified(Exception):  # noqa: N818 - leaves this package as a `Refused`
    """The edits don't do what they should; the text says what they would do."""


def spliced(front_matter: FrontMatter, edits: Iterable[Edit]) -> tuple[str, Fenced]:
    """
    The document's text with *edits* made, and its fences, which stand where they stood.

    Raises Unverified.
    """
    before, header = front_matter.document.text, front_matter.header
    try:
        text = splice(before, edits)
    except ValueError as error:
        raise Unverified("two edits would overlap") from error
    fenced, grown = cut(text), len(text) - len(before)
    if not isinstance(fenced, Fenced) or fenced.header.end != header.end + grown:
        raise Unverified("the fences would move")
    if text[: header.start] != before[: header.start] or text[fenced.header.end :] != before[header.end :]:
        raise Unverified("something outside of the front matter would change")
    return text, fenced
