"""Parameters that only track, and those that must stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import without_tracking


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://a.org/p?utm_source=x", "https://a.org/p"),
        ("https://a.org/p?UTM_Medium=x&v=1", "https://a.org/p?v=1"),
        ("https://a.org/p?v=1&fbclid=abc&w=2#top", "https://a.org/p?v=1&w=2#top"),
        ("https://a.org/p?gclid=1#utm_source=y", "https://a.org/p#utm_source=y"),
        ("https://a.org/p?a&utm_term", "https://a.org/p?a"),
        ("https://a.org/p?x=%C3%A9&&msclkid=1", "https://a.org/p?x=%C3%A9&"),
    ],
)
def test_what_only_tracks_goes_and_nothing_else_is_touched(text: str, clean: str) -> None:
    assert without_tracking(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org/p",
        "https://a.org/p?",
        "https://a.org/p?ref=utm_source",
        "https://a.org/p?source=x&id=gclid",
        "https://a.org/utm_source=x",
        "https://a.org/p#?utm_source=x",
        "https://a.org/p?my_utm_source=x",
    ],
)
def test_what_may_mean_something_stays(text: str) -> None:
    assert without_tracking(text) == text


@given(st.text())
def test_a_clean_address_is_clean(text: str) -> None:
    clean = without_tracking(text)

    assert without_tracking(clean) == clean
    assert len(clean) <= len(text)
