"""
What an item stands for: an identifier, an address, a DOI, or a text that cites a work.

Pure. Asks by looking (`Evidence.get`), as rules do: an item is looked at again
until nothing is wanted any more. The identifier that is written goes before every
other sign; where several works fit none is taken, and all are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identifiers import is_arxiv_doi, read_arxiv_id, read_doi, repair_candidates
from enrich.matching import Anchor, Verdict, judge
from enrich.models import Failure, NotFound, Record, RecordQuery
from enrich.resolution.bibtex import bibtex_fields
from enrich.resolution.done import done
from enrich.resolution.searching import candidate, searched, unsearched
from enrich.resolution.words import Candidate, Resolution, Wanted

if TYPE_CHECKING:
    import datetime as dt

    from enrich.evidence import Evidence
    from enrich.identifiers import Candidate as Repair
    from enrich.identifiers import DoiReading, Reading
    from enrich.models import Answer

EXISTS = 0.90
"""Confidence in a repaired identifier that merely exists: one of two slips is another real paper."""
VERSION_UNKNOWN = 0.5
"""Confidence where the paper is certain, and the version that was asked for is not."""
OFFLINE = 0.50

WRITTEN = "the identifier is written"


def resolved(item: str, evidence: Evidence, wanted: Wanted, today: dt.date) -> Resolution | None:
    """What *item* stands for; None while answers are missing."""
    reading = _reading(item, today)
    if reading:
        answer = evidence.get(RecordQuery("arxiv", reading.arxiv.id))
        return _read(item, reading, answer, wanted) if answer else None
    doi = _doi(item)
    if doi:
        answer = evidence.get(RecordQuery("doi", doi.doi.id))
        return _of_doi(item, doi, answer, wanted) if answer else None
    repairs = repair_candidates(item, today=today)
    if repairs:
        answers = evidence.get_all(RecordQuery("arxiv", repair.arxiv.id) for repair in repairs)
        return _repaired(item, tuple(zip(repairs, answers, strict=True)), wanted) if answers else None
    return searched(item, evidence, wanted)


def by_grammar(item: str, today: dt.date) -> Resolution:
    """What the text alone tells, nobody asked."""
    reading = _reading(item, today)
    if reading:
        return _exact(item, reading, 1.0, f"{WRITTEN}; not confirmed (offline)")
    if doi := _doi(item):
        reason = f"{WRITTEN}; not confirmed (offline)"
        return Resolution(item, doi.kind, "exact", 1.0, reason, doi=doi.doi.id)
    repairs = repair_candidates(item, today=today)
    if not repairs:
        return unsearched(item)
    only = repairs[0] if len(repairs) == 1 else None
    how = done(repairs[0].title) if only else "several repairs"
    return Resolution(
        item,
        repairs[0].kind,
        "repair",
        OFFLINE if only else 0.0,
        f"{how}; not confirmed (offline)",
        id=only.arxiv.id if only else None,
        version=only.arxiv.version if only else None,
        candidates=tuple(Candidate(id=repair.arxiv.id) for repair in repairs),
    )


# -- an identifier is written ----------------------------------------------------------------

_ARXIV_FIELDS = ("eprint", "arxiv", "arxivid", "url", "journal", "note", "howpublished", "doi")
"""Of BibTeX, in which an identifier of arXiv may stand; the first that holds one counts."""


def _reading(item: str, today: dt.date) -> Reading | None:
    fields = bibtex_fields(item)
    readings = (read_arxiv_id(fields[name], today=today) for name in _ARXIV_FIELDS if name in fields)
    return next(filter(None, readings), None) or read_arxiv_id(item, today=today)


def _read(item: str, reading: Reading, answer: Answer, wanted: Wanted) -> Resolution:
    match answer.outcome:
        case Record() as record if _says_another(record, wanted):
            reason = "the identifier exists, but title or authors are others"
            return _exact(item, reading, 0.0, reason, record, answer)
        case Record(version=int(newest)) as record if (reading.arxiv.version or 0) > newest:
            # A record may be older than the newest version.
            reason = f"{WRITTEN}; of its versions none after {newest} is known"
            return _exact(item, reading, VERSION_UNKNOWN, reason, record, answer)
        case Record() as record:
            return _exact(item, reading, 1.0, WRITTEN, record, answer)
        case NotFound():
            return _exact(item, reading, 0.0, "arXiv has no such paper", answer=answer)
        case Failure(_, detail):
            return _exact(item, reading, 1.0, f"{WRITTEN}; arXiv could not be asked: {detail}")
    raise TypeError(f"a record was asked for, {type(answer.outcome).__name__} was told")


def _doi(item: str) -> DoiReading | None:
    """A DOI; one of arXiv's that does not read as an identifier is a mangled identifier."""
    reading = read_doi(bibtex_fields(item).get("doi", "")) or read_doi(item)
    return reading if reading and not is_arxiv_doi(reading.doi.id) else None


def _of_doi(item: str, reading: DoiReading, answer: Answer, wanted: Wanted) -> Resolution:
    doi = reading.doi.id
    match answer.outcome:
        case Record() as record:
            is_another = _says_another(record, wanted)
            return Resolution(
                item,
                reading.kind,
                "exact",
                0.0 if is_another else 1.0,
                "the DOI exists, but title or authors are others" if is_another else WRITTEN,
                id=record.arxiv,
                doi=record.doi or doi,
                record=record,
                answer=answer,
            )
        case NotFound():
            return Resolution(
                item, reading.kind, "exact", 0.0, "no agency has such a DOI", doi=doi, answer=answer
            )
        case Failure(_, detail):
            reason = f"{WRITTEN}; its agency could not be asked: {detail}"
            return Resolution(item, reading.kind, "exact", 1.0, reason, doi=doi)
    raise TypeError(f"a record was asked for, {type(answer.outcome).__name__} was told")


def _exact(
    item: str,
    reading: Reading,
    confidence: float,
    reason: str,
    record: Record | None = None,
    answer: Answer | None = None,
) -> Resolution:
    return Resolution(
        item, reading.kind, "exact", confidence, reason,
        id=reading.arxiv.id, version=reading.arxiv.version, doi=record.doi if record else None,
        record=record, answer=answer,
    )  # fmt: skip


# -- an identifier is mangled ----------------------------------------------------------------


def _repaired(item: str, asked: tuple[tuple[Repair, Answer], ...], wanted: Wanted) -> Resolution:
    """The first tier in which one paper exists, and fits where title or authors are given."""
    found = [
        (repair, answer, answer.outcome)
        for repair, answer in asked
        if isinstance(answer.outcome, Record) and not _says_another(answer.outcome, wanted)
    ]
    best_tier = min((repair.tier for repair, _, _ in found), default=0)
    best = [one for one in found if one[0].tier == best_tier]
    kind = asked[0][0].kind
    if len(best) != 1:
        failed = any(isinstance(answer.outcome, Failure) for _, answer in asked)
        why = "arXiv could not be asked" if failed else "arXiv has no paper under any likely repair"
        return Resolution(
            item, kind, "repair", 0.0, f"{len(best)} papers fit" if best else why,
            candidates=tuple(candidate(record, _score(record, wanted)) for _, _, record in best),
        )  # fmt: skip
    repair, answer, record = best[0]
    return Resolution(
        item,
        repair.kind,
        "repair",
        _score(record, wanted) or EXISTS,
        f"{done(repair.title)}; identifier exists",
        id=repair.arxiv.id,
        version=repair.arxiv.version,
        doi=record.doi,
        record=record,
        answer=answer,
    )


def _says_another(record: Record, wanted: Wanted) -> bool:
    """Whether what is wanted speaks against *record*."""
    if not wanted.title and not wanted.authors:
        return False
    match = judge(wanted.title or record.title, wanted.authors or record.authors, record, anchor=Anchor.ID)
    return match.verdict is not Verdict.SAME


def _score(record: Record, wanted: Wanted) -> float | None:
    if not wanted.title:
        return None
    return judge(wanted.title, wanted.authors, record, anchor=Anchor.ID).title_score
