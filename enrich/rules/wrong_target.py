"""
What: a link to the paper leads to the page of another paper.

Why: whoever reads on reads something else; nobody notices, for the link works.

Example:

    _publications/a.md:7:24: W LNK105 leads to another paper: “Learning to Represent Edits”

Applicability: no fix. Said only where the page names its work and its authors in the meta
tags that publishers write for those who index them, every title on the page is another
one, and no author is in common; a renamed paper, a sister paper and a page that
states the entry's own identifier are never called wrong. For links to arXiv see IDN203.

Source: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking
from enrich.identifiers import read_arxiv_id, read_doi
from enrich.identity import claims, identity
from enrich.matching import Anchor, Verdict, judge
from enrich.models import Finding, Record, Role, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.evidence import Evidence
    from enrich.identifiers import Doi
    from enrich.models import Entry, PageWork
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if entry.title is None or entry.authors is None:
        return
    known = identity(entry, evidence, context.today)
    for use in checking.link_uses(entry, evidence, context):
        work = use.check.work
        if work is None or use.check.doubt or use.link.role not in (Role.PAPER, Role.PDF):
            continue
        if _states_own_identifier(work, entry, evidence, context):
            continue
        record = known.record if known else None
        is_other = _is_another(work, entry.title.value, entry.authors.names) and (
            record is None or _is_another(work, record.title, record.authors)
        )
        if is_other:
            finding = checking.link_finding("LNK105", use, f"leads to another paper: “{work.titles[0]}”")
            yield replace(finding, evidence=_evidence(work))


def _is_another(work: PageWork, title: str, authors: Sequence[str]) -> bool:
    """Whether no title on the page can be *title*, and nobody of *authors* is an author there."""
    return all(
        judge(title, authors, Record("page", "", named, work.authors), anchor=Anchor.ID).verdict
        is Verdict.DIFFERENT
        for named in work.titles
    )


def _states_own_identifier(work: PageWork, entry: Entry, evidence: Evidence, context: Context) -> bool:
    own = {claim.reading.arxiv.id for claim in claims(entry, evidence, context.today) if claim.reading}
    named = [text for text in (work.arxiv_id, work.doi) if text]
    read = (read_arxiv_id(text, today=context.today) for text in named)
    if any(reading.arxiv.id in own for reading in read if reading):
        return True
    doi = _doi(entry.doi.value) if entry.doi else None
    return doi is not None and doi in map(_doi, named)


def _doi(text: str) -> Doi | None:
    reading = read_doi(text)
    return reading.doi if reading else None


def _evidence(work: PageWork) -> tuple[str, ...]:
    first, *others = work.authors
    return (
        f"by {first}{f' and {len(others)} others' if others else ''}, says the page; no author in common",
    )


RULE = Rule("LNK105", "wrong-target", Severity.WARNING, check, __doc__)
