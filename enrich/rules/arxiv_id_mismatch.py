"""
What: an arXiv identifier is real, but belongs to a paper with another title and other authors.

Why: readers get the wrong paper, and everything that is looked up by the
identifier is wrong as well. Of 112 hand-made entries that were compared, one
linked another paper.

Example:

    _publications/a.md:6:47: E IDN203 2410.21276 is another paper: “GPT-4o System Card”

Applicability: nothing of that record is used. The right identifier is to review
where one paper has this title and these authors: one that the entry names
elsewhere, one whose identifier is a slip away, or one that arXiv's search finds.
A paper that was renamed keeps its authors and is not reported here, unless another
one has the entry's title and all its authors.

Source: title and authors of the record, compared as `matching` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import claims, judged_reading, sought_beside, sought_instead
from enrich.matching import Verdict
from enrich.models import Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim, Judged, Sought
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for claim in claims(entry, evidence, context.today):
        judged = judged_reading(entry, claim, evidence)
        if not (claim.reading and judged and judged.match and judged.record):
            continue
        if judged.match.verdict is Verdict.DIFFERENT:
            sought = sought_instead(entry, claim, evidence, context.today)
        elif judged.is_alike:
            sought = sought_beside(entry, judged, evidence)
            if sought and sought.best is None:
                continue
        else:
            continue
        if sought is not None:
            yield _finding(entry, claim, judged, sought, context)


def _finding(entry: Entry, claim: Claim, judged: Judged, sought: Sought, context: Context) -> Finding:
    best = sought.best
    title = judged.record.title if judged.record else ""
    return Finding(
        "IDN203",
        f"{judged.query.id} is another paper: “{title}”",
        claim.span,
        part=claim.part,
        field=claim.field,
        url=claim.text if claim.is_link else None,
        because=(judged.answer, best.answer) if best else (judged.answer,),
        evidence=(
            *judged.evidence,
            f"this entry: “{entry.title.value if entry.title else ''}”",
            *((best.name, *best.evidence) if best else ()),
        ),
        help="" if best else "left for a person; not fixed",
        fix=sought.fix(claim, context.today),
    )


RULE = Rule("IDN203", "arxiv-id-mismatch", Severity.ERROR, check, __doc__)
