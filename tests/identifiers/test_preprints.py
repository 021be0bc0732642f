from __future__ import annotations

import pytest

from enrich.identifiers import is_preprint_doi


@pytest.mark.parametrize(
    "doi",
    [
        "10.48550/arxiv.2101.00001",
        "10.48550/arxiv.hep-th/9901001",
        "10.1101/2024.04.01.587366",
        "10.1101/097196",
        "10.1101/2020.01.01.20012345v2",
        "10.64898/2026.01.05.26300001",
        "10.2139/ssrn.2250500",
        "10.21203/rs.3.rs-100001/v1",
        "10.31234/osf.io/ab3cd",
        "10.31219/osf.io/ab3cd_v1",
        "10.31223/x5q01x",
        "10.20944/preprints202101.0001.v1",
        "10.26434/chemrxiv-2021-abcde",
        "10.36227/techrxiv.12345678.v1",
        "10.22541/au.161234567.12345678/v1",
    ],
)
def test_what_a_preprint_server_gave_names_a_preprint(doi: str) -> None:
    assert is_preprint_doi(doi)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1101/gr.123456.111",
        "10.1101/gad.348001.120",
        "10.1145/3448016.3452841",
        "10.18653/v1/p19-1001",
        "10.5281/zenodo.48440",
        "10.1002/essays",
        "10.48550/other",
        "10.17605/osf.io/abcde",
    ],
)
def test_what_a_publisher_or_an_archive_gave_does_not(doi: str) -> None:
    assert not is_preprint_doi(doi)
