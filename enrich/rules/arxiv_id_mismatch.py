"""
What: an arXiv identifier is real, but belongs to a paper with another title and other authors.

Why: readers get the wrong paper, and everything that is looked up by the
identifier is wrong as well. Of 112 hand-made entries that were compared, one
linked another paper.

Example:

    _publications/a.md:6:47: E IDN203 2410.21276 is another paper: “GPT-4o System Card”

Applicability: no fix, and nothing of that record is used. A paper that was
renamed keeps its authors and is not reported here.

Source: title and authors of the record, compared as `matching` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import claims, judged_reading
from enrich.matching import Verdict
from enrich.models import Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for claim in claims(entry, evidence, context.today):
        judged = judged_reading(entry, claim, evidence)
        if not (claim.reading and judged and judged.match and judged.record):
            continue
        if judged.match.verdict is Verdict.DIFFERENT:
            yield Finding(
                "IDN203",
                f"{judged.query.id} is another paper: “{judged.record.title}”",
                claim.span,
                part=claim.reading.span,
                field=claim.field,
                url=claim.text if claim.is_link else None,
                because=(judged.answer,),
                evidence=(
                    *judged.match.evidence,
                    f"this entry: “{entry.title.value if entry.title else ''}”",
                ),
                help="left for a person; not fixed",
            )


RULE = Rule("IDN203", "arxiv-id-mismatch", Severity.ERROR, check, __doc__)
