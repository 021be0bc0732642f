"""Well-formed identifiers, and the day on which these tests take place."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from enrich.identifiers.scheme import ARCHIVES

TODAY = dt.date(2026, 11, 22)


def _new_style(month: dt.date, number: int) -> str:
    width = 5 if month >= dt.date(2015, 1, 1) else 4
    return f"{month:%y%m}.{number % (10**width - 1) + 1:0{width}}"


new_style = st.builds(_new_style, st.dates(dt.date(2007, 4, 1), TODAY), st.integers(0, 99_999))
old_style = st.builds(
    lambda archive, month, number: f"{archive}/{month:%y%m}{number:03}",
    st.sampled_from(sorted(ARCHIVES)),
    st.dates(dt.date(1991, 7, 1), dt.date(2007, 3, 31)),
    st.integers(1, 999),
)
ids = st.one_of(new_style, old_style)
