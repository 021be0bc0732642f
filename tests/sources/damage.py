"""Answers in JSON with something in them that nobody expects."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from enrich.http import ApiResponse

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.just("\ud800\x1b[31m"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def damaged(draw: st.DrawFn, value: object) -> ApiResponse:
    """*value* as an answer, with one to three of its parts replaced by anything."""
    spoilt = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        spoilt = _spoil(draw, spoilt)
    return ApiResponse(200, (), json.dumps(spoilt).encode())


def _spoil(draw: st.DrawFn, value: Any) -> Any:
    keys = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    if not keys or draw(st.integers(0, 9)) == 0:
        return draw(JUNK)
    key = draw(st.sampled_from(keys))
    value[key] = _spoil(draw, value[key])
    return value
