"""Outcomes of every kind, for the tests of what is remembered of whole entries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enrich.cache import Told
from enrich.models import (
    Answer,
    Applicability,
    Change,
    Finding,
    Fix,
    History,
    Link,
    LinkQuery,
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
from tests.cache.answers import CHECKS, MOMENTS, NUMBERS, ODD_TEXTS, OUTCOMES, RECORDS

if TYPE_CHECKING:
    from enrich.models import Value


def _tuples(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


_SCALARS = (
    st.none() | ODD_TEXTS | st.integers() | st.booleans() | st.floats(allow_nan=False) | st.dates(dt.date.min)
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Map, st.lists(st.tuples(ODD_TEXTS, inner), max_size=3).map(tuple))
    ),
    max_leaves=5,
)
_PATHS = _tuples(ODD_TEXTS | NUMBERS)
_SPANS = st.builds(Span, NUMBERS, NUMBERS)
_PLACES = st.builds(Place, NUMBERS, NUMBERS, NUMBERS, ODD_TEXTS)
_HISTORIES = st.builds(History, _maybe(MOMENTS), NUMBERS, _maybe(MOMENTS), _maybe(MOMENTS))
_ANSWERS = st.builds(
    Answer, st.builds(LinkQuery, ODD_TEXTS), OUTCOMES, ODD_TEXTS, MOMENTS, st.just(value=True), _HISTORIES
)
_LINKS = st.builds(
    Link,
    ODD_TEXTS,
    _SPANS,
    _PATHS,
    st.sampled_from(Role),
    ODD_TEXTS,
    _maybe(st.builds(Map, st.lists(st.tuples(ODD_TEXTS, ODD_TEXTS), max_size=2).map(tuple))),
)
_CHECKED = st.builds(
    Answer, st.builds(LinkQuery, ODD_TEXTS), CHECKS, ODD_TEXTS, MOMENTS, st.just(value=True), _HISTORIES
)
_USES = st.builds(LinkUse, _LINKS, ODD_TEXTS, CHECKS, _maybe(_ANSWERS)) | st.builds(
    lambda link, answer: LinkUse(link, "https://example.org/", answer.outcome, answer), _LINKS, _CHECKED
)
_FIXES = st.builds(
    Fix,
    ODD_TEXTS,
    _PATHS,
    VALUES,
    VALUES,
    st.sampled_from(Applicability),
    ODD_TEXTS,
    st.floats(0, 1) | st.just(1),
    _tuples(ODD_TEXTS),
    NUMBERS,
)
_FINDINGS = st.builds(
    Finding,
    ODD_TEXTS,
    ODD_TEXTS,
    _maybe(_SPANS),
    _maybe(_SPANS),
    ODD_TEXTS,
    _maybe(ODD_TEXTS),
    _tuples(_ANSWERS),
    _tuples(ODD_TEXTS),
    ODD_TEXTS,
    _maybe(_FIXES),
    st.sampled_from(Severity),
    st.booleans(),
    st.sampled_from(Severity),
)
_CHANGES = st.builds(Change, ODD_TEXTS, ODD_TEXTS, ODD_TEXTS, _FIXES)
_RESULTS = st.builds(
    Result, ODD_TEXTS, _FINDINGS, _maybe(_PLACES), st.sampled_from(State), ODD_TEXTS, _maybe(_CHANGES)
)
_OUTCOMES = st.builds(
    Outcome,
    ODD_TEXTS,
    _tuples(_RESULTS),
    _tuples(st.builds(PlacedLink, _USES, _PLACES)),
    _tuples(_CHANGES),
    _tuples(_CHANGES),
    NUMBERS,
    NUMBERS,
    _tuples(RECORDS),
    NUMBERS,
    NUMBERS,
    st.booleans(),
    _maybe(ODD_TEXTS),
)
_STATED = st.builds(
    Stated,
    ODD_TEXTS,
    _tuples(st.tuples(ODD_TEXTS, _PLACES)),
    ODD_TEXTS,
    ODD_TEXTS,
    _tuples(ODD_TEXTS),
    _maybe(_PLACES),
)
TOLD: st.SearchStrategy[Told] = st.builds(Told, _OUTCOMES, _STATED, NUMBERS, st.booleans())
