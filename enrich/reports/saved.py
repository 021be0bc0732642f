"""
A report that was saved as JSON, as the words that any format is made of.

Everything is looked at before it is used, for the report of a pull request from
a stranger is the stranger's. What JSON does not hold (the line of the source, what
an answer said) is empty. Schema: `report.schema.json`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from enrich.models import (
    Answer,
    Applicability,
    Change,
    Fault,
    Finding,
    Fix,
    Hop,
    Link,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    LinkUse,
    Map,
    NotFound,
    Outcome,
    Place,
    PlacedLink,
    Reason,
    Record,
    RecordQuery,
    Result,
    Role,
    Run,
    Severity,
    State,
    Totals,
    parse_path,
)
from enrich.reports.parts.reading import Unreadable, read_json
from enrich.reports.parts.wire import VERSION
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from enum import Enum

    from enrich.models import Query, Value
    from enrich.reports.parts.reading import Part

    E = TypeVar("E", bound=Enum)

_RULE = r"[A-Z]{3}\d{3}"
_ID = r"[0-9a-f]{8,64}"
_HEX = r"[0-9a-f]{1,64}"


@dataclass(frozen=True, slots=True)
class Saved:
    run: Run
    totals: Totals
    outcomes: tuple[Outcome, ...]
    version: str
    """Of the enrich that wrote it."""
    has_records: bool


def read_saved(text: str) -> Saved:
    """Raises Unreadable, with one clause for people, where *text* is no report of a version that is known."""
    whole = read_json(text)
    if whole["version"].value != VERSION:
        raise Unreadable(f"a report of version {whole['version'].value} is not known to this enrich")
    tool, summary = whole["tool"], whole["summary"]
    return Saved(
        _run(tool),
        _totals(tool, summary),
        tuple(_outcomes(whole, summary)),
        tool["version"].text(),
        not whole.get("records").is_null,
    )


def _run(tool: Part) -> Run:
    return Run(
        tool["command"].text(r"[a-z]{1,20}"),
        tool["profile"].text(),
        tool["config"].text_or_none(),
        tool["started_at"].instant(),
        offline=tool["offline"].flag(),
        since=tool.get("since").text_or_none(),
    )


def _totals(tool: Part, summary: Part) -> Totals:
    return Totals(
        complete=tool["complete"].flag(),
        exit_code=tool["exit_code"].count(),
        entries=summary["entries"].count(),
        seconds=summary["seconds"].number(),
        requests=tuple((source, number.count()) for source, number in summary["requests"].pairs()),
    )


def _outcomes(whole: Part, summary: Part) -> Iterator[Outcome]:
    """One for each path that something is said of; the first has what is known of the run as a whole."""
    results: defaultdict[str, list[Result]] = defaultdict(list)
    links: defaultdict[str, list[PlacedLink]] = defaultdict(list)
    for part in whole["findings"].items():
        result = _result(part)
        results[result.path].append(result)
    for part in whole["links"].items():
        for path, placed in _links(part):
            links[path].append(placed)
    records = tuple(map(_record, whole["records"].items())) if not whole.get("records").is_null else ()
    changes = summary["changes"]
    yield Outcome(
        "",
        (),
        lines_changed=_count(changes.get("lines_changed")),
        lines_added=_count(changes.get("lines_added")),
        new_links=_count(summary.get("new_links")),
        records=records,
    )
    for path in sorted({*results, *links}):
        told = tuple(results[path])
        yield Outcome(
            path,
            told,
            tuple(links[path]),
            written=_changes(told, State.FIXED),
            pending=_changes(told, State.OPEN),
        )


def _count(part: Part) -> int:
    return 0 if part.is_null else part.count()


def _changes(results: tuple[Result, ...], state: State) -> tuple[Change, ...]:
    found = (result.change for result in results if result.state is state and result.change)
    return tuple({change.id: change for change in found}.values())


# -- findings --------------------------------------------------------------------------------


def _result(part: Part) -> Result:
    path = part["path"].text_or_none() or ""
    rule = part["rule"].text(_RULE)
    fix = None if part["change"].is_null else _fix(part["change"])
    name = None if fix is None or part["change"]["id"].is_null else part["change"]["id"].text(_ID)
    finding = Finding(
        rule,
        part["message"].text(),
        None,
        field=part["field"].text_or_none() or "",
        url=part["url"].text_or_none(),
        because=tuple(map(_answer, part["because"].items())),
        evidence=() if part.get("evidence").is_null else part["evidence"].texts(),
        help=part.get("help").text_or_none() or "",
        fix=fix,
        severity=_named(Severity, part["severity"]),
    )
    change = Change(name, path, rule, fix) if fix and name else None
    place = None if part["line"].is_null else _place(part)
    return Result(
        path, finding, place, _valued(State, part["status"]), part["fingerprint"].text(_HEX), change
    )


def _place(part: Part) -> Place:
    return Place(part["line"].count(1), part["column"].count(1), part["end_column"].count(1), "")


def _fix(part: Part) -> Fix:
    return Fix(
        part.get("title").text_or_none() or "",
        parse_path(part["field"].text()),
        _value(part["before"].value),
        _value(part["after"].value),
        _named(Applicability, part["safety"]),
        part["source"].text(),
        part["confidence"].number(),
    )


def _value(data: Any) -> Value:
    """A day was written as text, and stays one."""
    match data:
        case list():
            return tuple(map(_value, data))
        case dict():
            return Map(tuple((key, _value(item)) for key, item in data.items()))
        case None | str() | bool() | int() | float():
            return data
    raise Unreadable(f"no value of JSON: {data!r}")


def _answer(part: Part) -> Answer:
    source, query = part["source"].text(), part["query"].text()
    return answer_known_by_name(source, query, part["retrieved_at"].instant(), cached=part["cached"].flag())


def answer_known_by_name(source: str, query: str, retrieved_at: dt.datetime, *, cached: bool) -> Answer:
    """An answer of which it is only known who said it when, to what: see `naming.query_name`."""
    scheme, _, rest = query.partition(":")
    asked: Query = RecordQuery(scheme, rest) if scheme in ("arxiv", "doi") else LinkQuery(query)
    said = NotFound("what was answered is not kept here")
    return Answer(asked, said, source, retrieved_at, cached)


# -- links -----------------------------------------------------------------------------------


def _links(part: Part) -> Iterator[tuple[str, PlacedLink]]:
    url = part["url"].text()
    check = _check(part)
    at = part["checked_at"]
    cached = part["cached"].flag()
    answer = None if at.is_null else Answer(LinkQuery(url), check, "web", at.instant(), cached)
    for place in part["entries"].items():
        field = place["field"].text()
        steps = () if field == "body" else parse_path(field)
        link = Link(url, Span(0, 0), steps, Role.OTHER if steps else Role.BODY)
        where = Place(place["line"].count(1), place["column"].count(1), place["column"].count(1), "")
        yield place["path"].text(), PlacedLink(LinkUse(link, url, check, answer), where)


def _check(part: Part) -> LinkCheck:
    status = _valued(LinkStatus, part["status"])
    reason = None if part["reason"].is_null else _valued(Reason, part["reason"])
    if (reason is None) == (status is LinkStatus.UNVERIFIED):
        raise part["reason"].not_("what its status asks for")
    return LinkCheck(
        status,
        reason.value if reason else status.value,
        reason,
        Fault.GONE if status is LinkStatus.BROKEN else None,
        None if part["code"].is_null else part["code"].count(),
        part["final_url"].text_or_none(),
        tuple(Hop(hop["url"].text(), hop["code"].count()) for hop in part["chain"].items()),
    )


def _record(part: Part) -> Record:
    return Record(
        part["source"].text(),
        part["id"].text(),
        part["title"].text(),
        part["authors"].texts(),
        published=part["published"].day_or_none(),
        updated=part["updated"].day_or_none(),
        categories=part["categories"].texts(),
        doi=part["doi"].text_or_none(),
        journal_ref=part["journal_ref"].text_or_none(),
    )


# -- closed choices --------------------------------------------------------------------------


def _named(kind: type[E], part: Part) -> E:
    """By its name in lower case, as `Severity` and `Applicability` are told."""
    for each in kind:
        if each.name.lower() == part.value:
            return each
    raise part.not_(f"one of {', '.join(each.name.lower() for each in kind)}")


def _valued(kind: type[E], part: Part) -> E:
    for each in kind:
        if each.value == part.value:
            return each
    raise part.not_(f"one of {', '.join(str(each.value) for each in kind)}")


def only(saved: Saved, codes: frozenset[str]) -> Saved:
    """*saved* with findings and changes of these rules alone."""
    return replace(saved, outcomes=tuple(_only(outcome, codes) for outcome in saved.outcomes))


def _only(outcome: Outcome, codes: frozenset[str]) -> Outcome:
    return replace(
        outcome,
        results=tuple(result for result in outcome.results if result.finding.rule in codes),
        written=tuple(change for change in outcome.written if change.rule in codes),
        pending=tuple(change for change in outcome.pending if change.rule in codes),
        lines_changed=0,
        lines_added=0,
    )
