from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.identifiers import Doi, is_arxiv_doi, read_arxiv_id, read_doi
from tests.identifiers.strategies import TODAY, ids

_SUFFIX = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._/-]|\([A-Za-z0-9]+\)){0,20}[A-Za-z0-9]", fullmatch=True)
_DOIS = st.builds("10.{}/{}".format, st.integers(1000, 99_999), _SUFFIX).filter(lambda doi: "//" not in doi)

WRAPPINGS = [
    "{}",
    " {}\n",
    "{}.",
    "({}),",
    "<{}>",
    "doi:{}",
    "DOI: {}",
    "doi {}",
    "info:doi/{}",
    "doi = {{{}}},",
    '"doi": "{}"',
    "https://doi.org/{}",
    "http://dx.doi.org/{}",
    "https://www.doi.org/{}",
    "doi.org/{}",
    "https://doi.org/doi:{}",
    "https://doi.org/https://doi.org/{}",
    "https://doi.org/{}/",
    "https://doi.org/{}?casa_token=x&y=z",
    "https://doi.org/{}#abstract",
    "(https://doi.org/{}).",
    "[doi](https://doi.org/{})",
    '<a href="https://doi.org/{}">doi</a>',
    "\\href{{https://doi.org/{}}}{{doi}}",
    "A. Author (2020). A title. https://doi.org/{} (in press)",
    "https://doi.org/{}\u200b",
    "https：／／doi.org／{}",
]

PROXIED = [
    "https://doi-org.ezproxy.lib.example.edu/{}",
    "https://dx-doi-org.proxy.example.edu/{}",
    "http://doi.org.ezproxy.example.edu:2048/{}",
    "https://ezproxy.example.edu/login?url=https://doi.org/{}",
    "https://ezproxy.example.edu/login?url=http://dx.doi.org/{}&campus=1",
    "https://go.example.org/redirector/example.edu?url=https%3A%2F%2Fdoi.org%2F{}",
]


@given(_DOIS, st.sampled_from(WRAPPINGS))
def test_a_wrapped_doi_reads_back_in_lower_case_and_its_place_is_known(doi: str, wrapping: str) -> None:
    wrapped = wrapping.format(doi)

    reading = read_doi(wrapped)

    assert reading is not None
    assert reading.doi == Doi(doi.lower())
    assert reading.span.of(wrapped) == doi
    assert not reading.proxied


@given(_DOIS, st.sampled_from(PROXIED))
def test_a_proxied_doi_reads_and_is_told_apart(doi: str, wrapping: str) -> None:
    reading = read_doi(wrapping.format(doi))

    assert reading is not None
    assert reading.doi == Doi(doi.lower())
    assert reading.proxied


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1016/S2666-3899(23)00130-7", "10.1016/s2666-3899(23)00130-7"),
        ("(https://doi.org/10.1016/S2666-3899(23)00130-7).", "10.1016/s2666-3899(23)00130-7"),
        (
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
            "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
        ),
        ("https://doi.org/10.1000/a%3Fb%23c?d", "10.1000/a?b#c"),
        ("10.1000.10/abc", "10.1000.10/abc"),
        ("https://doi.org/10.1000/a&b", "10.1000/a&b"),
        ("10.1000%2Fabc", "10.1000/abc"),
        ("10.1000/Ünï", "10.1000/Ünï"),
    ],
)
def test_brackets_that_belong_to_a_doi_stay_and_others_go(text: str, doi: str) -> None:
    reading = read_doi(text)

    assert reading is not None
    assert reading.doi.id == doi


@given(_DOIS)
def test_the_address_of_a_doi_reads_back(text: str) -> None:
    doi = Doi(text.lower() + "<1>#?%41")

    reading = read_doi(doi.url)

    assert reading is not None
    assert reading.doi.id.startswith(text.lower() + "<1>#")
    assert (str(doi), doi.url.isascii()) == (doi.id, True)


@pytest.mark.parametrize(
    "text",
    [
        "https://dl.acm.org/doi/10.1145/3240508.3240547",
        "https://www.biorxiv.org/content/10.1101/2024.10.21.276001v1",
        "https://evil.example/doi.org/10.1145/3240508",
        "https://www.google.com/url?q=https://doi.org/10.1145/3240508",
        "https://doi.org/10.1145/3240508https://github.com/a/b",
        "10.1145/3240508 10.1145/3240509",
        "10.1145/324050810.1145/3240509",
        "# doi: 10.1145/3240508",
        "version 10.1145/3240508",
        "10.1145/3240508 is a DOI",
        "110.1145/3240508",
        "10.114/3240508",
        "10.1145/",
        "https://doi.org/10.1145/.",
        "https://doi.org/",
        "doi:" + "1" * 3000,
        "TODO",
        "",
    ],
)
def test_what_is_not_unambiguously_a_doi_is_not_read(text: str) -> None:
    assert read_doi(text) is None


@given(ids)
def test_arxivs_own_dois_are_told_apart_and_hold_its_identifiers(text: str) -> None:
    reading = read_doi(f"https://doi.org/10.48550/arXiv.{text}")

    assert reading is not None
    assert is_arxiv_doi(reading.doi.id)
    assert is_arxiv_doi("10.48550/ARXIV.2410.21276")
    assert not is_arxiv_doi("10.1145/3240508")
    assert read_arxiv_id(reading.doi.url, today=TODAY) is not None


def test_a_reading_of_a_doi_survives_pickling_and_can_be_a_key() -> None:
    reading = read_doi("doi:10.1145/3240508")

    assert {pickle.loads(pickle.dumps(reading)): 1}[reading] == 1
