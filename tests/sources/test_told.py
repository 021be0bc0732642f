from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from enrich.sources import told
from enrich.sources.servers import is_preprint_server
from tests.sources.damage import JUNK


@given(JUNK)
def test_whatever_is_told_is_read_or_left_out(value: object) -> None:
    told.plain(value).encode()
    assert isinstance(told.mapping(value), dict)
    assert all(isinstance(one, dict) for one in told.mappings(value))
    for read in (told.whole, told.year, told.day, told.parted_day, told.parted_year, told.doi, told.address):
        read(value)
    told.arxiv_id(value)
    told.later_year(value, "2001.00001")


@pytest.mark.parametrize(
    ("value", "read"),
    [("a\u0000b\x1b[31m", "ab[31m"), ("one\n two", "one two"), ("\ud800x", "x"), (7, ""), ("y" * 2001, "")],
)
def test_texts_are_lines_that_can_be_written(value: object, read: str) -> None:
    assert told.text(value) == read


@pytest.mark.parametrize(
    ("value", "number"), [("12", 12), (12, 12), (True, None), ("1e3", None), (1.5, None), ("٣", None)]
)
def test_numbers_may_be_texts(value: object, number: int | None) -> None:
    assert told.whole(value) == number


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-02-07T09:22:51Z", dt.date(2019, 2, 7)),
        ("2019-02-07", dt.date(2019, 2, 7)),
        ("2019-02-30", None),
        ("2019", None),
        (20190207, None),
    ],
)
def test_a_date_is_a_whole_one(value: object, day: dt.date | None) -> None:
    assert told.day(value) == day


def test_a_doi_has_two_cases_in_ascii_only() -> None:
    assert told.named_doi("10.5555/ABÉ") == "10.5555/abÉ"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", None),
        ("https://a.example/<script>", None),
        ("https://a.example/ b", None),
    ],
)
def test_an_address_is_one_of_the_web(value: object, address: str | None) -> None:
    assert told.address(value) == address


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Peroni, Silvio", "Silvio Peroni"),
        ("OpenAI", "OpenAI"),
        ("a, b, c, d", "b a c d"),
        (", x", "x"),
        ("", ""),
    ],
)
def test_names_are_turned_round(name: str, spoken: str) -> None:
    assert told.turned(name) == spoken


@pytest.mark.parametrize(
    ("year", "arxiv", "told_year"),
    [
        (2021, "2001.00001", 2021),
        (2020, "2001.00001", None),
        (2000, "hep-th/9901001", 2000),
        (1999, "hep-th/9901001", None),
        ("2021", "2001.00001", 2021),
        (2021, "nonsense", None),
    ],
)
def test_a_year_that_is_not_after_the_preprint_s_says_nothing(
    year: object, arxiv: str, told_year: int | None
) -> None:
    assert told.later_year(year, arxiv) == told_year


@pytest.mark.parametrize(
    "venue",
    [
        "arXiv.org",
        "ArXiv",
        "arXiv (Cornell University)",
        "CoRR",
        "bioRxiv",
        "SSRN Electronic Journal",
        "Research Square",
    ],
)
def test_a_server_of_preprints_is_no_venue(venue: str) -> None:
    assert is_preprint_server(venue)


@pytest.mark.parametrize(
    "venue", ["CoRL", "Halo Studies", "ACL", "Corrosion Science", "Preprinting Quarterly"]
)
def test_a_venue_is_no_server(venue: str) -> None:
    assert not is_preprint_server(venue)
