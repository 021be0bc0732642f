"""
The JSON forms of a run's parts, as the schemas in `enrich/schemas` describe them.

Text stays as it is in the file or the answer. It leaves here as printable
ASCII, so that no name in a catalogue can steer the terminal or the log that
shows a report.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any, TypeAlias

from enrich.models import Map, Severity, State
from enrich.naming import query_name
from enrich.patterns import pattern

if TYPE_CHECKING:
    from enrich.models import Answer, LinkUse, Outcome, PlacedLink, Record, Result, Run, Totals, Value
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.tally import Tally

VERSION = 1
"""Within it keys may be added, never removed."""

Object: TypeAlias = "dict[str, Any]"

_SURROGATE = pattern("[\ud800-\udfff]")


def dumps(value: object) -> str:
    """
    One line of ASCII.

    A byte of a file that is no UTF-8 becomes U+FFFD, since strict readers refuse
    a lone surrogate even when it is escaped. `##[` is escaped because GitHub
    takes it for a command anywhere in a line.
    """
    line = json.dumps(value, separators=(",", ":"), allow_nan=False)
    if "\\ud" in line:
        whole = _SURROGATE.sub("\ufffd", json.dumps(value, separators=(",", ":"), ensure_ascii=False))
        line = json.dumps(json.loads(whole), separators=(",", ":"))
    return line.replace("##[", "#\\u0023[").replace("\x7f", "\\u007f")


def tool(run: Run, totals: Totals | None, page: Page) -> Object:
    """*totals* is None while the run goes on: whether it is complete isn't known then."""
    return {
        "name": "enrich",
        "version": page.version,
        "command": run.command,
        "profile": run.profile,
        "config": run.config,
        "started_at": instant(run.started_at),
        "offline": run.offline,
        **_if_any(since=run.since),
        "complete": totals.complete if totals else None,
        "exit_code": totals.exit_code if totals else None,
    }


def summary(run: Run, totals: Totals, tally: Tally) -> Object:
    """In a dry run nothing was written: its findings are open, its changes pending."""
    pending = tally.safe + tally.to_review
    standing = tally.open + tally.fixed if run.dry_run else tally.open
    return {
        "entries": totals.entries,
        "links": len(tally.links),
        "findings": {level.word: standing[level] for level in sorted(Severity, reverse=True)},
        "changes": {
            "written": 0 if run.dry_run else tally.written,
            "pending": pending + (tally.written if run.dry_run else 0),
            **({} if run.dry_run else _lines(tally)),
        },
        **_if_any(new_links=tally.new_links),
        "unverified": len(tally.unverified),
        "requests": dict(sorted(totals.requests)),
        "seconds": round(totals.seconds, 1),
    }


def _lines(tally: Tally) -> Object:
    return _if_any(lines_changed=tally.lines_changed, lines_added=tally.lines_added)


def _if_any(**keys: object) -> Object:
    """Keys that stand where they have something to say."""
    return {key: value for key, value in keys.items() if value}


def listed(outcome: Outcome) -> tuple[PlacedLink, ...]:
    """Every link of *outcome*; raises LookupError where some are only counted."""
    if outcome.counted:
        raise LookupError(f"{outcome.path}: not every link is told of")
    return outcome.links


def link(use: LinkUse, places: list[Object]) -> Object:
    check, answer = use.check, use.answer
    return {
        "url": use.url,
        "status": check.status.value,
        "reason": check.reason.value if check.reason else None,
        "code": check.code,
        "final_url": check.final_url,
        "chain": [{"url": hop.url, "code": hop.code} for hop in check.chain],
        "checked_at": instant(answer.retrieved_at) if answer else None,
        "cached": bool(answer and answer.cached),
        "entries": sorted(places, key=lambda place: tuple(place.values())),
    }


def link_place(path: str, placed: PlacedLink) -> Object:
    place = placed.place
    return {"path": path, "line": place.line, "column": place.column, "field": placed.use.link.field}


def finding(result: Result, run: Run, page: Page) -> Object:
    state = State.OPEN if run.dry_run and result.state is State.FIXED else result.state
    found, place = result.finding, result.place
    return {
        "rule": found.rule,
        "name": page.name(found.rule),
        "severity": found.severity.word,
        "path": result.path or None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_column": place.end_column if place else None,
        "field": found.field or None,
        "message": found.message,
        "url": found.url,
        **_if_any(evidence=list(found.evidence), help=found.help),
        "because": [reason(answer) for answer in found.because],
        "status": state.value,
        "fingerprint": result.fingerprint,
        "change": change(result),
    }


def reason(answer: Answer) -> Object:
    return {
        "source": answer.source,
        "query": query_name(answer.query),
        "retrieved_at": instant(answer.retrieved_at),
        "cached": answer.cached,
    }


def change(result: Result) -> Object | None:
    """None also where a fix can't be made. A fix that is only shown has no id: no one decides about it."""
    fix = result.change.fix if result.change else result.finding.fix
    if fix is None or (result.change is None and fix.applicability.word != "display"):
        return None
    return {
        "id": result.change.id if result.change else None,
        **_if_any(title=fix.title),
        "safety": fix.applicability.word,
        "field": fix.field,
        "before": plain(fix.before),
        "after": plain(fix.after),
        "source": fix.source,
        "confidence": fix.confidence,
    }


def record(known: Record) -> Object:
    return {
        "id": known.id,
        "source": known.scheme,
        **record_fields(known),
    }


def record_fields(known: Record) -> Object:
    return {
        "title": known.title,
        "authors": list(known.authors),
        "published": known.published.isoformat() if known.published else None,
        "updated": known.updated.isoformat() if known.updated else None,
        "categories": list(known.categories),
        "doi": known.doi,
        "journal_ref": known.journal_ref,
    }


def plain(value: Value) -> Any:
    """A value of front matter as JSON has it: dates and numbers that JSON lacks are text."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Map):
        return {key: plain(each) for key, each in value.pairs}
    if isinstance(value, dt.date) or (isinstance(value, float) and not math.isfinite(value)):
        return str(value)
    return value


def instant(moment: dt.datetime) -> str:
    """
    >>> instant(dt.datetime(2027, 1, 15, 9, 12, 4, tzinfo=dt.UTC))
    '2027-01-15T09:12:04Z'
    """
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
