"""What `enrich resolve` answers, and how it is written: a block of text, or one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cache.memory import MIRROR
from enrich.reports.parts import hints, wire
from enrich.reports.parts.cells import width
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from typing import TextIO

    from enrich.models import Answer, Record
    from enrich.resolution import Candidate, Resolution

_SHOWN_AUTHORS = 3


def write_json(resolution: Resolution, out: TextIO) -> None:
    version = None if resolution.version is None else f"v{resolution.version}"
    value = {
        "input": resolution.input,
        "id": resolution.id,
        "version": version,
        "doi": resolution.doi,
        "kind": resolution.kind,
        "tier": resolution.tier,
        "confidence": resolution.confidence,
        "record": _record(resolution.record) if resolution.record else None,
        "candidates": [_candidate(each) for each in resolution.candidates],
        "reason": resolution.reason,
    }
    put(out, wire.dumps(value))


def write_text(resolution: Resolution, out: TextIO, now: dt.datetime) -> None:
    """*now* (UTC) tells the age of an answer from the cache."""
    if resolution.tier == "none" and resolution.candidates:
        put(out, *_choice(resolution))
        return
    rows = [("how", resolution.reason)]
    if resolution.record:
        rows = [*_of_record(resolution, resolution.record), *rows]
    if resolution.answer:
        rows.append(("source", _origin(resolution.answer, now)))
    put(out, f"{printable(resolution.input)} → {_target(resolution)}")
    put(out, *(f"  {label:<7}  {printable(text)}" for label, text in rows))


def _target(resolution: Resolution) -> str:
    names = [f"arXiv {resolution.id}"] if resolution.id else []
    names += [f"doi {resolution.doi}"] if resolution.doi and not resolution.id else []
    if not names:
        return "nothing found"
    record = resolution.record
    version = resolution.version or (record.version if record else None)
    day = _submitted(record, version) if record else None
    facts = [f"v{version}"] if version else []
    facts += [_day(day)] if day else []
    return printable(names[0] + (f" ({', '.join(facts)})" if facts else ""))


def _submitted(record: Record, version: int | None) -> dt.date | None:
    """When *version* was submitted, as far as that is known; without one, when the first was."""
    if version is None or version == 1:
        return record.published
    if version <= len(record.versions):
        return record.versions[version - 1]
    return record.updated if version == record.version else None


def _of_record(resolution: Resolution, record: Record) -> Iterator[tuple[str, str]]:
    yield "title", record.title
    shown = "; ".join(record.authors[:_SHOWN_AUTHORS])
    more = len(record.authors) > _SHOWN_AUTHORS
    yield "authors", f"{shown}; … ({len(record.authors):,})" if more else shown
    if record.venue:
        yield "venue", f"{record.venue} {record.year or ''}".rstrip()
    yield "doi", resolution.doi or record.doi or "none from a publisher"


def _origin(answer: Answer, now: dt.datetime) -> str:
    if not answer.cached:
        return answer.source
    if answer.source == MIRROR:
        return f"{answer.source}, as of {_day(answer.retrieved_at)}"
    hours = int((now - answer.retrieved_at).total_seconds() // 3600)
    age = f"{hours // 24} d old" if hours >= 24 else f"{hours} h old"
    return f"{answer.source} (cache, {age})"


def _day(day: dt.date) -> str:
    """Not strftime's %b, which follows the locale: `25 Oct 2024`."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _choice(resolution: Resolution) -> Iterator[str]:
    yield f"{counted(len(resolution.candidates), 'candidate')}; {printable(resolution.reason)}"
    rows = [_columns(each) for each in resolution.candidates]
    sizes = [max(width(row[column]) for row in rows) for column in range(3)]
    for number, (*cells, score) in enumerate(rows, 1):
        padded = (text + " " * (size - width(text)) for text, size in zip(cells, sizes, strict=True))
        yield f"  {number}  {'  '.join(padded)}  {score}".rstrip()
    authors = resolution.candidates[0].authors
    if resolution.kind == "title" and authors:
        yield f"Add an author: {hints.with_author(resolution.input, _surname(authors[0]))}"


def _columns(candidate: Candidate) -> tuple[str, str, str, str]:
    authors = candidate.authors or ()
    names = ", ".join(map(_surname, authors[:_SHOWN_AUTHORS])) + (
        ", …" if len(authors) > _SHOWN_AUTHORS else ""
    )
    where = " ".join(str(part) for part in (candidate.venue, candidate.year) if part)
    score = "" if candidate.score is None else f"score {candidate.score:.2f}"
    return printable(candidate.id or candidate.doi or "?"), printable(names), printable(where), score


def _surname(name: str) -> str:
    return name.split(",", maxsplit=1)[0].strip() if "," in name else (name.split() or [name])[-1]


def _record(record: Record) -> wire.Object:
    return {**wire.record_fields(record), "venue": record.venue, "year": record.year}


def _candidate(candidate: Candidate) -> wire.Object:
    return {
        "id": candidate.id,
        "doi": candidate.doi,
        "title": candidate.title,
        "authors": None if candidate.authors is None else list(candidate.authors),
        "year": candidate.year,
        "venue": candidate.venue,
        "score": candidate.score,
    }
