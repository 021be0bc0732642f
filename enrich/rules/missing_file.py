"""
What: a relative link leads to a file that is not there.

Why: readers meet an error page, and the file is often there under another name.

Example:

    research/a/index.qmd:14:12: E LNK130 there is no file research/a/preprint.pdf

Applicability: no fix. Said only where it is certain which file is meant: beside the
entry in a plain folder and in Quarto, in Obsidian where the link begins with a dot, in
Jekyll and Quarto from the site's root where it begins with `/`. Not judged are what a
template fills in, other sites, folders that are not here, links out of the catalogue,
and what git ignores or a site generator makes.

Source: https://jekyllrb.com/docs/static-files/, https://quarto.org/docs/websites/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking
from enrich.models import Fault, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Finding
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.broken_uses(entry, evidence, context, Fault.MISSING_FILE, confirmed=True):
        yield checking.link_finding("LNK130", use)


RULE = Rule("LNK130", "missing-file", Severity.ERROR, check, __doc__)
