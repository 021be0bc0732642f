"""Which versions a catalogue may ask for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config.versions import PATTERN, unmet


@pytest.mark.parametrize(
    ("asked", "version"),
    [
        ("", "0.1.0"),
        (">=1.4", "1.4"),
        (">=1.4", "1.4.0"),
        (">=1.4", "1.10"),
        (">=1.4", "1.4.0rc1"),
        (">= 1.4, <2", "1.9.9"),
        ("==1.4", "1.4.0"),
        ("!=1.4", "1.4.1"),
        ("<=1.4", "1.4.0"),
        (">1.4", "1.4.1"),
        ("~=1.4", "1.9"),
        ("~=1.4.2", "1.4.9"),
        (">=1.4", "unknown"),
    ],
)
def test_a_version_that_was_asked_for_is_met(asked: str, version: str) -> None:
    assert unmet(asked, version) is None


@pytest.mark.parametrize(
    ("asked", "version", "wanted"),
    [
        (">=1.4", "1.2", "1.4 or later"),
        (">=1.4,<2", "2.0", ">=1.4,<2"),
        ("==1.4", "1.4.1", "==1.4"),
        ("!=1.4", "1.4", "!=1.4"),
        ("<=1.4", "1.4.1", "<=1.4"),
        ("<1.4", "1.4", "<1.4"),
        (">1.4", "1.4.0", ">1.4"),
        ("~=1.4", "2.0", "~=1.4"),
        ("~=1.4", "1.3", "~=1.4"),
        ("~=1.4.2", "1.5", "~=1.4.2"),
    ],
)
def test_another_version_is_refused_with_both_named(asked: str, version: str, wanted: str) -> None:
    assert unmet(asked, version) == f"this catalogue asks for enrich {wanted}, this is {version}"


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4), st.lists(st.integers(0, 30), min_size=1, max_size=4)
)
def test_of_two_versions_one_is_at_least_the_other(first: list[int], second: list[int]) -> None:
    one, other = (".".join(map(str, parts)) for parts in (first, second))

    assert unmet(f">={one}", other) is None or unmet(f">={other}", one) is None
    assert (unmet(f"=={one}", other) is None) == (unmet(f"!={one}", other) is not None)


@pytest.mark.parametrize("text", [">=1.0 ", "1.0", ">=", ">=1.0,", "~=1", ">=1.0rc1", "==1.*"])
def test_what_is_not_understood_is_not_taken(text: str) -> None:
    assert re.fullmatch(PATTERN, text) is None
