from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.cache import Told, read_told, write_told
from enrich.cache.forms import NUMBER, TEXT, word
from enrich.models import (
    Answer,
    Applicability,
    Change,
    Finding,
    Fix,
    LinkStatus,
    Outcome,
    Place,
    Result,
    State,
    Stated,
)
from tests.cache.answers import OK, link
from tests.cache.told import TOLD

if TYPE_CHECKING:
    from enrich.models import Value

PLAIN = Told(Outcome("a.md", ()), Stated("a.md"), 0, settled=True)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD)
def test_what_came_of_an_entry_comes_back_equal(told: Told) -> None:
    text, links = write_told(told)

    assert read_told(text, links) == told
    assert (text + links).isascii()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD)
def test_links_may_be_counted_only_where_nothing_else_is_told_of_them(told: Told) -> None:
    text, _ = write_told(told)
    statuses = {placed.use.url: placed.use.check.status for placed in told.outcome.links}
    counted = replace(told.outcome, links=(), counted=tuple(statuses.items()))
    is_verified = LinkStatus.UNVERIFIED not in statuses.values()

    assert read_told(text) == (replace(told, outcome=counted) if is_verified else None)


def with_value(value: Value) -> Told:
    fix = Fix("t", ("title",), value, None, Applicability.SAFE, "arxiv", 1.0)
    return Told(
        Outcome("a.md", (), pending=(Change("0" * 8, "a.md", "MET301", fix),)),
        Stated("a.md"),
        0,
        settled=True,
    )


@pytest.mark.parametrize(
    ("one", "other"), [(1, True), (1, 1.0), ("1", 1), (dt.date(2024, 1, 2), "2024-01-02")]
)
def test_values_keep_their_types(one: Value, other: Value) -> None:
    first, second = (read_told(*write_told(with_value(value))) for value in (one, other))

    assert first is not None
    assert second is not None
    assert repr(first) != repr(second)
    assert repr(first) == repr(with_value(one))


def test_a_value_that_would_not_come_back_is_refused() -> None:
    moment: Any = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)

    with pytest.raises(ValueError, match="is no value"):
        write_told(with_value(moment))


def test_an_answer_of_this_run_is_a_cached_one_in_the_next() -> None:
    finding = Finding("LNK101", "404 Not Found", None, because=(link(OK),))
    told = Told(
        Outcome("a.md", (Result("a.md", finding, None, State.OPEN, "0" * 16),)), PLAIN.stated, 1, settled=True
    )

    back = read_told(*write_told(told))

    assert back is not None
    (answer,) = back.outcome.results[0].finding.because
    assert answer == Answer(answer.query, OK, "web", answer.retrieved_at, cached=True)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD, st.data())
def test_what_was_tampered_with_is_read_in_full_or_not_at_all(told: Told, data: st.DataObject) -> None:
    texts = [json.loads(text) for text in write_told(told)]
    whole = texts[data.draw(st.integers(0, 1))]
    inner: Any = whole
    while isinstance(inner, list) and inner and any(isinstance(one, list) for one in inner):
        position = data.draw(st.sampled_from([n for n, one in enumerate(inner) if isinstance(one, list)]))
        if data.draw(st.booleans()):
            break
        inner = inner[position]
    if inner:
        inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(
            st.sampled_from([{}, [[]], -0.5, {"is": "link"}, {"date": 1}, {"map": 2}])
        )

    read = read_told(*map(json.dumps, texts))

    assert read is None or isinstance(read, Told)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '["a",1,2,3]'])
def test_what_is_damaged_is_not_there(text: str) -> None:
    whole, links = write_told(PLAIN)

    assert read_told(text) is None
    assert read_told(text, links) is None
    assert text == "[]" or read_told(whole, text) is None


def test_a_field_that_a_word_gets_is_not_forgotten() -> None:
    with pytest.raises(TypeError, match="Place has the fields"):
        word(Place, line=NUMBER, column=NUMBER, source=TEXT)
