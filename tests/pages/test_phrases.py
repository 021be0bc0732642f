"""The words that stand in for a pattern: no match is without one of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.pages.parked import SALE
from enrich.pages.phrases import Phrases
from enrich.pages.walls import GATES, WORDS
from enrich.pages.wording import SENTENCES


@pytest.mark.parametrize(
    "phrases", [SALE, WORDS, GATES, SENTENCES], ids=["sale", "walls", "gates", "sentences"]
)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=300)
@given(data=st.data())
def test_whatever_the_pattern_matches_holds_one_of_the_words(data: st.DataObject, phrases: Phrases) -> None:
    text = data.draw(st.from_regex(phrases.pattern, fullmatch=True))

    assert phrases.search(text)


def test_without_the_words_nothing_is_found() -> None:
    assert Phrases("a+|b", "a|b").search("ccc") is None
    assert Phrases("a+|b", "a|b").search("caac")
