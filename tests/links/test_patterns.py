"""Which addresses a pattern means, and where they are asked instead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.globs import filled, matches_text, stars
from enrich.links import any_means, canonical_url, linked, remap_of, remapped

TEXTS = st.text(st.sampled_from("ab*/."), max_size=8)


@pytest.mark.parametrize(
    ("pattern", "url", "is_meant"),
    [
        ("example.org", "https://example.org/a", True),
        ("example.org", "https://example.org:8443/a", True),
        ("example.org", "https://www.example.org/a", False),
        ("*.example.org", "https://www.example.org/a", True),
        ("*.example.org", "https://example.org/a", False),
        ("*.example.org", "https://example.org.evil.com/a.example.org", False),
        ("example.org:8443", "https://example.org:8443/a", True),
        ("example.org:8443", "https://example.org/a", False),
        ("https://example.org", "https://example.org/", True),
        ("https://example.org", "https://example.org/a", False),
        ("https://example.org/a*", "https://example.org/a/b?c=1", True),
        ("https://example.org/a*", "http://example.org/a", False),
        ("*://example.org/*.pdf", "http://example.org/a/b.pdf", True),
        ("*://example.org/*.pdf", "http://example.org/a/b.html", False),
        ("https://*.example.org/*", "https://evil.com/?.example.org/", True),
        ("https://example.org*", "https://example.org:8443/", True),
    ],
)
def test_a_pattern_means_hosts_or_whole_addresses(pattern: str, url: str, is_meant: bool) -> None:
    assert any_means([pattern], url) is is_meant


@given(TEXTS, TEXTS)
def test_a_star_is_any_run_of_characters(pattern: str, text: str) -> None:
    expression = ".*".join(map(re.escape, re.split(r"\*+", pattern)))

    assert matches_text(pattern, text) is bool(re.fullmatch(expression, text, re.DOTALL))


@given(TEXTS, TEXTS)
def test_what_the_stars_stand_for_makes_the_text_again(pattern: str, text: str) -> None:
    found = stars(pattern, text)

    assert found is None or filled(pattern, found) == text


def test_a_pattern_of_many_stars_costs_no_more_than_the_text_is_long() -> None:
    assert not matches_text("*a" * 50 + "b", "a" * 1_000_000)


@pytest.mark.parametrize(
    ("pattern", "replacement", "url", "asked"),
    [
        ("https://a.org/*", "http://127.0.0.1:4000/*", "https://a.org/b?c=1", "http://127.0.0.1:4000/b?c=1"),
        ("https://a.org/*", "http://127.0.0.1:4000/*", "https://a.org/", "http://127.0.0.1:4000/"),
        ("https://a.org", "https://mirror.org/a/", "https://a.org/", "https://mirror.org/a/"),
        ("https://*.a.org/*", "https://mirror.org/*/*", "https://www.a.org/b", "https://mirror.org/www/b"),
        ("https://*.a.org/*", "https://mirror.org/*", "https://www.a.org/b", "https://mirror.org/www"),
        ("https://a.org/*", "https://mirror.org/moved", "https://a.org/b", "https://mirror.org/moved"),
        ("https://a.org/*", "https://m.org/*", "https://a.org/../../x", "https://m.org/x"),
        ("https://*/x", "https://*.m.org/x", "https://a.org:81/x", None),
    ],
)
def test_a_remap_says_where_an_address_is_asked(
    pattern: str, replacement: str, url: str, asked: str | None
) -> None:
    canonical = canonical_url(url)
    assert canonical is not None

    assert remapped(canonical, (pattern, replacement)) == asked


def test_the_first_remap_that_means_an_address_holds() -> None:
    remaps = (("https://a.org/b/*", "https://m.org/*"), ("https://a.org/*", "https://n.org/*"))

    assert remap_of("https://a.org/b/c", remaps) == remaps[0]
    assert remap_of("https://a.org/c", remaps) == remaps[1]
    assert remap_of("https://b.org/c", remaps) is None


def test_the_way_back_is_taken_only_where_nothing_was_left_out() -> None:
    assert linked("https://m.org/b", ("https://a.org/*", "https://m.org/*")) == "https://a.org/b"
    assert linked("https://elsewhere.org/b", ("https://a.org/*", "https://m.org/*")) is None
    assert linked("https://m.org/b", ("https://*.a.org/*", "https://m.org/*")) is None
