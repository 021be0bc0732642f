"""Values of front matter, changes and documents, for the tests of the ledger."""

from __future__ import annotations

import datetime as dt
import hashlib

from hypothesis import strategies as st

from enrich.ledger import Because, Pending
from enrich.models import Applicability, Change, Document, Fix, Map, Value
from enrich.naming import change_id

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=8)
"""Lone surrogates included: bytes that aren't UTF-8 become such."""

DATETIMES = st.datetimes().map(lambda moment: moment.replace(fold=0))

VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.dates(), DATETIMES, TEXTS
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.lists(st.tuples(TEXTS, inner), max_size=3).map(lambda pairs: Map(tuple(pairs))),
    ),
    max_leaves=5,
)

STEPS = st.lists(st.one_of(TEXTS, st.integers(0, 9)), max_size=3)
FIXES = st.builds(
    Fix,
    title=TEXTS,
    path=STEPS.map(lambda steps: ("key", *steps)),
    before=VALUES,
    after=VALUES,
    applicability=st.sampled_from(Applicability),
    source=TEXTS,
    confidence=st.floats(0, 1),
    anchor=st.lists(TEXTS, max_size=2).map(tuple),
    together=st.integers(0, 3),
)
CHANGES = st.builds(Change, id=TEXTS, path=TEXTS, rule=TEXTS, fix=FIXES)
ANSWERS = st.builds(Because, TEXTS, TEXTS, st.datetimes(timezones=st.just(dt.UTC)))
ITEMS = st.builds(
    Pending,
    change=CHANGES,
    message=TEXTS,
    evidence=st.lists(TEXTS, max_size=2).map(tuple),
    url=st.none() | TEXTS,
    because=st.lists(ANSWERS, max_size=2).map(tuple),
)


def change(
    path: str = "a.md",
    field: str = "title",
    before: Value = "old",
    after: Value = "new",
    rule: str = "MET310",
) -> Change:
    fix = Fix("restore", (field,), before, after, Applicability.SAFE, "arxiv", 1.0)
    return Change(change_id(path, fix.field, before, after), path, rule, fix)


def document(path: str, text: str) -> Document:
    return Document(path, text, hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest())
