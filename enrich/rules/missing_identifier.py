"""
What: an entry names no arXiv paper, and one paper has its title and its authors.

Why: without an identifier nothing can be looked up, and readers search for what
is one link away. A quarter of hand-made entries name only a publisher's page.

Example:

    + arxiv_id: '1410.4615'

Applicability: to review, never written unasked: not every work is on arXiv, and
other works have titles like it. Off by default, for each such entry costs a
request to arXiv's search; a link of the entry to the paper is looked at first.

Source: https://info.arxiv.org/help/api/user-manual.html#query_details; title and
authors compared as `matching` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.catalogues.shape import path_of
from enrich.identity import claims, sought_for
from enrich.models import Applicability, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    added = context.shape.added_key("arxiv_id")
    if added is None or "arxiv_id" in entry.present or claims(entry, evidence, context.today):
        return
    sought = sought_for(entry, evidence, context.today)
    if sought is None or sought.best is None:
        return
    best = sought.best
    yield Finding(
        "IDN220",
        f"no identifier; {best.name} has this title and these authors",
        None,
        field=added.key,
        because=(best.answer,),
        evidence=best.evidence,
        fix=best.fix(
            f"add {added.key}",
            path_of(added.key),
            None,
            best.query.id,
            most=Applicability.UNSAFE,
            anchor=(added.after, *context.shape.after) if added.after else context.shape.after,
        ),
    )


RULE = Rule("IDN220", "missing-identifier", Severity.INFO, check, __doc__, on_by_default=False)
