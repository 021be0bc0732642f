"""`enrich resolve`: what an identifier or an address stands for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from enrich.cli.network import open_network, utc_now
from enrich.cli.setting import setting_of
from enrich.identifiers import read_arxiv_id, repair_candidates
from enrich.matching import Anchor, Verdict, judge
from enrich.models import Failure, NotFound, Record, RecordQuery
from enrich.reports.resolution import Candidate, Resolution, write_json, write_text

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterator
    from typing import TextIO

    from enrich.cli.network import Network
    from enrich.identifiers import Candidate as Repair
    from enrich.identifiers import Reading
    from enrich.models import Answer

EXISTS = 0.90
"""Confidence in a repaired identifier that merely exists: one of two slips is another real paper."""
OFFLINE = 0.50

_WRITTEN = "the identifier is written"


def resolve(args: argparse.Namespace, stdin: TextIO, out: TextIO) -> int:
    """One answer an item, in their order; 1 where one of them stands for nothing, or for several works."""
    return asyncio.run(_resolve(args, stdin, out))


async def _resolve(args: argparse.Namespace, stdin: TextIO, out: TextIO) -> int:
    setting = setting_of(args)
    today = setting.started_at.date()
    code = 0
    if args.offline:
        for item in _items(args, stdin):
            code |= _write(_by_grammar(item, today), args, out)
        return code
    async with open_network(setting, args) as network:
        for item in _items(args, stdin):
            code |= _write(await _resolution(item, today, args, network), args, out)
    return code


def _items(args: argparse.Namespace, stdin: TextIO) -> Iterator[str]:
    for item in args.items:
        if item == "-":
            yield from (line.rstrip("\r\n") for line in stdin if line.strip())
        else:
            yield item


def _write(resolution: Resolution, args: argparse.Namespace, out: TextIO) -> int:
    if args.format == "json":
        write_json(resolution, out)
    else:
        write_text(resolution, out, utc_now())
    return 0 if resolution.id and resolution.confidence else 1


def _by_grammar(item: str, today: dt.date) -> Resolution:
    """What the text alone tells."""
    reading = read_arxiv_id(item, today=today)
    if reading:
        return _exact(item, reading, confidence=1.0, reason=f"{_WRITTEN}; not confirmed (offline)")
    repairs = repair_candidates(item, today=today)
    if not repairs:
        return _nothing(item)
    only = repairs[0] if len(repairs) == 1 else None
    how = _done(repairs[0].title) if only else "several repairs"
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


async def _resolution(item: str, today: dt.date, args: argparse.Namespace, network: Network) -> Resolution:
    reading = read_arxiv_id(item, today=today)
    if reading:
        query = RecordQuery("arxiv", reading.arxiv.id)
        return _read(item, reading, (await network.answer([query]))[query], args)
    repairs = repair_candidates(item, today=today)
    queries = [RecordQuery("arxiv", repair.arxiv.id) for repair in repairs]
    answers = await network.answer(queries)
    return _repaired(item, list(zip(repairs, (answers[query] for query in queries), strict=True)), args)


def _read(item: str, reading: Reading, answer: Answer, args: argparse.Namespace) -> Resolution:
    match answer.outcome:
        case Record() as record:
            if _says_another(record, args):
                reason = "the identifier exists, but title or authors are others"
                return _exact(item, reading, confidence=0.0, reason=reason, record=record, answer=answer)
            return _exact(item, reading, confidence=1.0, reason=_WRITTEN, record=record, answer=answer)
        case NotFound():
            return _exact(item, reading, confidence=0.0, reason="arXiv has no such paper", answer=answer)
        case Failure(_, detail):
            reason = f"{_WRITTEN}; arXiv could not be asked: {detail}"
            return _exact(item, reading, confidence=1.0, reason=reason)
    raise TypeError(f"a record was asked for, {type(answer.outcome).__name__} was told")


def _repaired(item: str, asked: list[tuple[Repair, Answer]], args: argparse.Namespace) -> Resolution:
    """The first tier in which one paper exists, and fits where title or authors are given."""
    if not asked:
        return _nothing(item)
    found = [
        (repair, answer, answer.outcome)
        for repair, answer in asked
        if isinstance(answer.outcome, Record) and not _says_another(answer.outcome, args)
    ]
    best_tier = min((repair.tier for repair, _, _ in found), default=0)
    best = [one for one in found if one[0].tier == best_tier]
    kind = asked[0][0].kind
    if len(best) != 1:
        failed = any(isinstance(answer.outcome, Failure) for _, answer in asked)
        why = "arXiv could not be asked" if failed else "arXiv has no paper under any likely repair"
        return Resolution(
            item, kind, "repair", 0.0, f"{len(best)} papers fit" if best else why,
            candidates=tuple(_candidate(record, args) for _, _, record in best),
        )  # fmt: skip
    repair, answer, record = best[0]
    return Resolution(
        item,
        repair.kind,
        "repair",
        _score(record, args) or EXISTS,
        f"{_done(repair.title)}; identifier exists",
        id=repair.arxiv.id,
        version=repair.arxiv.version,
        doi=record.doi,
        record=record,
        answer=answer,
    )


def _exact(
    item: str,
    reading: Reading,
    *,
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


def _nothing(item: str) -> Resolution:
    return Resolution(item, "text", "none", 0.0, "no arXiv identifier is written here")


def _says_another(record: Record, args: argparse.Namespace) -> bool:
    """Whether `--title` or `--author` speak against *record*."""
    if not args.title and not args.author:
        return False
    match = judge(args.title or record.title, args.author or record.authors, record, anchor=Anchor.ID)
    return match.verdict is not Verdict.SAME


def _score(record: Record, args: argparse.Namespace) -> float | None:
    if not args.title:
        return None
    return judge(args.title, args.author, record, anchor=Anchor.ID).title_score


def _candidate(record: Record, args: argparse.Namespace) -> Candidate:
    year = record.published.year if record.published else None
    return Candidate(record.id, record.doi, record.title, record.authors, year, score=_score(record, args))


def _done(title: str) -> str:
    """
    An imperative clause as a statement of what was done.

    >>> _done("remove the `hf` prefix")
    'repair: remove the `hf` prefix'
    """
    return f"repair: {title}"
