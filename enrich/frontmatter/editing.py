"""
Edits to front matter that move nothing else.

Every operation becomes splices of the text. The result is read again: the fences
stand where they stood, the tree is the intended one, and every other byte is
the same; else nothing is edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.habits import NO_HABITS, Habits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.frontmatter.nodes import FrontMatter
    from enrich.frontmatter.operations import Edited, Operation, Refused


def edit(
    front_matter: FrontMatter, operations: Sequence[Operation], *, habits: Habits = NO_HABITS
) -> Edited | Refused:
    """
    The document with all *operations* made, or why one of them can't be; never half of them.

    *habits* say how the catalogue writes what the file at hand doesn't show.
    """
    # Neither is needed to read alone.
    if front_matter.format == "toml":
        from enrich.frontmatter.toml import editing as toml  # noqa: PLC0415

        return toml.edit(front_matter, operations)
    from enrich.frontmatter.yaml import editing as yaml  # noqa: PLC0415

    return yaml.edit(front_matter, operations, habits)
