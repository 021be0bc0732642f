"""
What: a title is the record's, but lost its capitals or accents, or has debris in it.

Why: `Gpt-4o System Card` looks careless, and searches that mind case miss it.

Example:

    - title: Gpt-4o System Card
    + title: GPT-4o System Card

Applicability: safe when the record is verified and the loss is proved. A capital is
proved lost if it is the word's own (`BERT`, `arXiv`, `Qwen2`), if the record is itself in
sentence case (`in Africa`), or if the entry has no capital at all; so is every word
where capitalising each of the record's title gives the entry's, and one of those was
lost or an `Of` shows that no person did it. The record nowhere has less than the entry,
unless that was proved. A catalogue's own Title Case is left alone, and so is its sentence case:
`Rough sets` stays where the record has `Rough Sets`, and of `Rough sets for bert` only
`BERT` is restored. `LLaMA` stays where the record has `LLAMA`, and so does an exponent that
it lost; nothing is re-cased without a record. Of an entry that has a DOI and no
identifier of arXiv, the DOI's record proves lost capitals only, and lowers none.

Source: the record's title, decoded to plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.matching import capitalised, plain_text, restored
from enrich.models import Finding, Severity, format_path
from enrich.publication import own_work
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Judged
    from enrich.models import Entry, Text
    from enrich.publication import Work
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if "title" not in context.config.metadata.restore or entry.title is None:
        return
    known = identity(entry, evidence, context.today)
    if known is not None and known.record is not None:
        title = restored(entry.title.value, known.record.title)
        yield from _findings(entry.title, title, known, known.record.title)
    elif own := own_work(entry, evidence, context):
        title = restored(entry.title.value, own.record.title)
        proved = title if _only_capitals(entry.title.value, title) else None
        yield from _findings(entry.title, proved, own, own.record.title)


def _only_capitals(before: str, after: str | None) -> bool:
    """
    Whether *before* is *after* with every word capitalised, and nothing in it was lowered.

    Agencies have titles as publishers deposit them, in any style, so less is believed than of arXiv's.
    """
    written = " ".join(before.split())
    if after is None or capitalised(after) != written or len(after) != len(written):
        return False
    return not any(old.isupper() and new.islower() for old, new in zip(written, after, strict=True))


def _findings(written: Text, title: str | None, known: Judged | Work, record_title: str) -> Iterator[Finding]:
    if title is not None:
        whose = "in the record" if title == plain_text(record_title) else "with the capitals that it lost"
        yield Finding(
            "MET310",
            f"the title is “{title}” {whose}",
            written.span,
            field=format_path(written.path),
            because=(known.answer,),
            evidence=known.evidence,
            fix=known.fix("restore the record's spelling", written.path, written.value, title),
        )


RULE = Rule("MET310", "title-case-lost", Severity.INFO, check, __doc__)
