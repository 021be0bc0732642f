"""
What: a title differs from the record's by more than case, accents and punctuation.

Why: papers are renamed between versions, and entries have typos. Which of the
two it is, a person sees at once.

Example:

    - title: LLaVA-o1: Let Vision Language Models Reason Step-by-Step
    + title: LLaVA-CoT: Let Vision Language Models Reason Step-by-Step

Applicability: to review, never written unasked: a catalogue may well keep the title
under which it read a paper.

Source: the record's title, decoded to plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.matching import fold, plain_text
from enrich.models import Applicability, Finding, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    known = identity(entry, evidence, context.today)
    if entry.title is None or known is None or known.record is None:
        return
    if fold(entry.title.value) == fold(known.record.title):
        return
    title = plain_text(known.record.title)
    yield Finding(
        "MET303",
        f"the record's title is “{known.record.title}”",
        entry.title.span,
        field=format_path(entry.title.path),
        because=(known.answer,),
        evidence=known.evidence,
        fix=known.fix(
            "take the record's title",
            entry.title.path,
            entry.title.value,
            title,
            most=Applicability.UNSAFE,
        )
        if title is not None
        else None,
    )


RULE = Rule("MET303", "title-differs", Severity.INFO, check, __doc__)
