from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.identifiers import ArxivId, parse_arxiv_id
from enrich.identifiers.scheme import is_category
from tests.identifiers.strategies import TODAY, ids


@given(ids, st.one_of(st.none(), st.integers(1, 999)))
def test_a_well_formed_identifier_is_its_own_canonical_spelling(text: str, version: int | None) -> None:
    arxiv = ArxivId(text, version)

    assert parse_arxiv_id(str(arxiv), today=TODAY) == arxiv


@pytest.mark.parametrize(
    "text",
    [
        "0703.0001",  # the old scheme was still in use
        "0700.0001",
        "1313.0001",
        "2612.00001",  # next month
        "1412.00001",  # five digits begin with 1501
        "1501.0001",
        "1412.0000",
        "2410.00000",
        "hep-th/9106001",  # before arXiv
        "hep-th/0704001",  # the new scheme had begun
        "hep-th/9913001",
        "hep-th/0000001",
        "hep-th/9901000",
        "hep-xy/9901001",
        "stat/0612001",  # an archive that has only new identifiers
        "phyſics/9901001",  # case-folds to an archive outside ASCII only
        "2410.21276v0",
        "2410.21276v01",
        " 2410.21276",
        "arXiv:2410.21276",
        "",
    ],
)
def test_what_the_calendar_or_the_scheme_forbids_is_no_identifier(text: str) -> None:
    assert parse_arxiv_id(text, today=TODAY) is None


def test_an_identifier_may_be_of_this_month_and_not_of_the_next() -> None:
    assert parse_arxiv_id("2412.00001", today=dt.date(2024, 12, 1)) is not None
    assert parse_arxiv_id("2412.00001", today=dt.date(2024, 11, 30)) is None


def test_the_subject_class_is_dropped_and_the_archive_is_in_lower_case() -> None:
    assert parse_arxiv_id("math.GT/0309136v2", today=TODAY) == ArxivId("math/0309136", 2)
    assert parse_arxiv_id("Hep-Th/9901001", today=TODAY) == ArxivId("hep-th/9901001")


def test_the_address_names_the_version_and_the_bare_identifier_does_not() -> None:
    arxiv = ArxivId("2410.21276", 2)

    assert arxiv.url == "https://arxiv.org/abs/2410.21276v2"
    assert arxiv.bare.url == "https://arxiv.org/abs/2410.21276"


@pytest.mark.parametrize(
    ("text", "yymm", "month"),
    [
        ("2410.21276", "2410", dt.date(2024, 10, 1)),
        ("hep-th/9108001", "9108", dt.date(1991, 8, 1)),
        ("math/0309136", "0309", dt.date(2003, 9, 1)),
    ],
)
def test_the_month_is_read_from_either_scheme(text: str, yymm: str, month: dt.date) -> None:
    arxiv = ArxivId(text)

    assert (arxiv.yymm, arxiv.month) == (yymm, month)


def test_an_identifier_survives_pickling_and_can_be_a_key() -> None:
    arxiv = ArxivId("2410.21276", 2)

    assert {pickle.loads(pickle.dumps(arxiv)): 1}[arxiv] == 1


@pytest.mark.parametrize(
    "name", ["cs.CL", "hep-th", "cond-mat.mes-hall", "physics.acc-ph", "stat.ML", "eess.AS"]
)
def test_a_category_of_arxiv_is_one(name: str) -> None:
    assert is_category(name)


@pytest.mark.parametrize("name", ["I.2.7", "68T50", "A.1", "I.2.7; I.2.6", "foo.CL", "cs.CL extra", ""])
def test_a_class_of_another_scheme_is_none(name: str) -> None:
    assert not is_category(name)
