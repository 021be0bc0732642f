"""
What git knows of the catalogue: its files, whether they are as committed, what they were before.

    asking      the program itself
    working     the files as they are, and the guard in front of writing
    comparing   an earlier state, and what changed since
    history     what commits held, and which of them were taken back

Nothing is ever changed. Without git, or outside a work tree, there is nothing to know.
"""

from enrich.vcs.asking import no_git, within_work_tree, work_tree
from enrich.vcs.comparing import Comparison, compare, contents
from enrich.vcs.history import committed_blobs, reverted
from enrich.vcs.working import Unclean, blob_id, guard, listed_files, unclean, would_show

__all__ = [
    "Comparison",
    "Unclean",
    "blob_id",
    "committed_blobs",
    "compare",
    "contents",
    "guard",
    "listed_files",
    "no_git",
    "reverted",
    "unclean",
    "within_work_tree",
    "work_tree",
    "would_show",
]
