"""
What came of an entry, as text: its outcome, and what it says to be.

Pure. Every field is there, so that a report of what is read is the same to the byte;
but whether an answer was cached, since it is by the time that it is read. What can't be
written so that it comes back equal is refused. Links have a text of their own, for most
reports count them only, and reading all that is known of them costs more than the rest.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from enrich.cache.encoding import OUTCOME, QUERY, RECORD, compact
from enrich.cache.forms import (
    DATE,
    MOMENT,
    NUMBER,
    REAL,
    TEXT,
    TRUTH,
    Form,
    each,
    maybe,
    numbered,
    one_of,
    pair,
    word,
)
from enrich.models import (
    Answer,
    Applicability,
    Change,
    Finding,
    Fix,
    History,
    Link,
    LinkCheck,
    LinkStatus,
    LinkUse,
    Map,
    Outcome,
    Place,
    PlacedLink,
    Result,
    Role,
    Severity,
    State,
    Stated,
)
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Value


@dataclass(frozen=True, slots=True)
class Told:
    """All that a run has to know of an entry that it needn't look into."""

    outcome: Outcome
    stated: Stated
    asked: int
    """Questions that the outcome rests on."""
    settled: bool
    """What is remembered of its fields would be as it is after a run, too."""


def write_told(told: Told) -> tuple[str, str]:
    """
    *told* with its links only counted, and the links.

    Raises ValueError for a value that would not come back as it is.
    """
    outcome = told.outcome
    statuses = {placed.use.url: placed.use.check.status for placed in outcome.links}
    brief = replace(outcome, links=(), counted=tuple(statuses.items()))
    return compact(_TOLD.write(replace(told, outcome=brief))), compact(_LINKS.write(outcome.links))


def read_told(text: str, links: str | None = None) -> Told | None:
    """
    What `write_told` wrote, with all of its *links*, or with them counted.

    None where it is damaged, and where they are not given and one of them is unverified:
    of that reports tell more.
    """
    try:
        told: Told = _TOLD.read(json.loads(text))
        if links is None:
            is_enough = all(status is not LinkStatus.UNVERIFIED for _, status in told.outcome.counted)
            return told if is_enough else None
        placed = _LINKS.read(json.loads(links))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return replace(told, outcome=replace(told.outcome, links=placed, counted=()))


# -- values and paths ------------------------------------------------------------------------


def _write_value(value: Value) -> object:
    match value:
        case tuple():
            return [_write_value(each) for each in value]
        case Map(pairs):
            return {"map": [[key, _write_value(held)] for key, held in pairs]}
    if type(value) is dt.date:
        return {"date": value.isoformat()}
    if value is None or type(value) in (str, int, float, bool):
        return value
    raise ValueError(f"{value!r} is no value")


def _read_value(value: object) -> Value:
    match value:
        case list():
            return tuple(_read_value(each) for each in value)
        case {"map": list() as pairs}:
            return Map(tuple((TEXT.read(key), _read_value(held)) for key, held in pairs))
        case {"date": date}:
            day: dt.date = DATE.read(date)
            return day
        case None | str() | bool() | int() | float():
            return value
    raise ValueError(f"{value!r} is no value")


def _read_step(step: object) -> str | int:
    if type(step) is str or type(step) is int:
        return step
    raise ValueError(f"{step!r} is no part of a path")


_VALUE = Form(_write_value, _read_value)
_MAP = Form(_write_value, lambda value: _map(_read_value(value)))
_STEP = Form(lambda step: step, _read_step)
_PATH: Form = each(_STEP)


def _map(value: Value) -> Map:
    if not isinstance(value, Map):
        raise ValueError(f"{value!r} is no mapping")
    return value


# -- answers and links -----------------------------------------------------------------------

_SPAN = word(Span, start=NUMBER, end=NUMBER)
_PLACE = word(Place, line=NUMBER, column=NUMBER, end_column=NUMBER, source=TEXT)
_HISTORY = word(
    History,
    last_ok=maybe(MOMENT),
    failures=NUMBER,
    failing_since=maybe(MOMENT),
    unverified_since=maybe(MOMENT),
)
_CACHED = Form(lambda _: None, lambda _: True)
_ANSWER = word(
    Answer, query=QUERY, outcome=OUTCOME, source=TEXT, retrieved_at=MOMENT, cached=_CACHED, history=_HISTORY
)
_LINK = word(
    Link,
    url=TEXT,
    span=_SPAN,
    path=_PATH,
    role=one_of(Role),
    label=TEXT,
    item=maybe(_MAP),
)


def _write_use(use: LinkUse) -> object:
    is_told = use.answer is not None and use.answer.outcome == use.check
    check = None if is_told else OUTCOME.write(use.check)
    return [_LINK.write(use.link), use.url, check, None if use.answer is None else _ANSWER.write(use.answer)]


def _read_use(value: Any) -> LinkUse:
    link, url, told, given = value
    answer = None if given is None else _ANSWER.read(given)
    check = answer.outcome if told is None and answer else OUTCOME.read(told)
    if not isinstance(check, LinkCheck):
        raise ValueError(f"{check!r} is no verdict on a link")
    return LinkUse(_LINK.read(link), TEXT.read(url), check, answer)


_PLACED = word(PlacedLink, use=Form(_write_use, _read_use), place=_PLACE)
_LINKS: Form = each(_PLACED)

# -- findings and changes --------------------------------------------------------------------

_FIX = word(
    Fix,
    title=TEXT,
    path=_PATH,
    before=_VALUE,
    after=_VALUE,
    applicability=numbered(Applicability),
    source=TEXT,
    confidence=REAL,
    anchor=each(TEXT),
    together=NUMBER,
)
_FINDING = word(
    Finding,
    rule=TEXT,
    message=TEXT,
    span=maybe(_SPAN),
    part=maybe(_SPAN),
    field=TEXT,
    url=maybe(TEXT),
    because=each(_ANSWER),
    evidence=each(TEXT),
    help=TEXT,
    fix=maybe(_FIX),
    at_least=numbered(Severity),
    suppressed=TRUTH,
    severity=numbered(Severity),
)
_CHANGE = word(Change, id=TEXT, path=TEXT, rule=TEXT, fix=_FIX)
_RESULT = word(
    Result,
    path=TEXT,
    finding=_FINDING,
    place=maybe(_PLACE),
    state=one_of(State),
    fingerprint=TEXT,
    change=maybe(_CHANGE),
)
_OUTCOME = word(
    Outcome,
    path=TEXT,
    results=each(_RESULT),
    links=_LINKS,
    written=each(_CHANGE),
    pending=each(_CHANGE),
    lines_changed=NUMBER,
    lines_added=NUMBER,
    records=each(RECORD),
    taken_back=NUMBER,
    new_links=NUMBER,
    is_entry=TRUTH,
    bug=maybe(TEXT),
    counted=each(pair(TEXT, one_of(LinkStatus))),
)
_STATED = word(
    Stated,
    path=TEXT,
    identifiers=each(pair(TEXT, _PLACE)),
    record=TEXT,
    title=TEXT,
    authors=each(TEXT),
    title_place=maybe(_PLACE),
)
_TOLD = word(Told, outcome=_OUTCOME, stated=_STATED, asked=NUMBER, settled=TRUTH)
