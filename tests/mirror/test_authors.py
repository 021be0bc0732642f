"""The line of authors is divided as arXiv's own service divides it."""

from __future__ import annotations

import json

import pytest

from enrich.matching import clean_authors
from enrich.mirror.authors import divided
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ileana Streinu and Louis Theran", ["Ileana Streinu", "Louis Theran"]),
        ("A. Lee, B. Ray, and C. Sun", ["A. Lee", "B. Ray", "C. Sun"]),
        ("A. Lee\n  &\n  B. Ray", ["A. Lee", "B. Ray"]),
        ("A. Lee (1 and 2) and B. Ray (1) ((1) Hill, (2) Dale)", ["A. Lee", "B. Ray"]),
        ("The BABAR Collaboration, B. Aubert, et al", ["The BABAR Collaboration", "B. Aubert"]),
        ("OpenAI: Aaron Hurst, Adam Lerer", ["OpenAI", ":", "Aaron Hurst", "Adam Lerer"]),
        ("J.-P. Serre, V.N. Tolstoy", ["J. -P. Serre", "V. N. Tolstoy"]),
        (r"S\.{Z}. Ak, \'Edgar Rold\'an", [r"S\.{Z}. Ak", r"\'Edgar Rold\'an"]),
        ("Sam Hill, Jr., Bo Dale, III", ["Sam Hill, Jr.", "Bo Dale, III"]),
        ("Sam Hill III", ["Sam Hill III"]),
        ("A. Lee (never closed, B. Ray", ["A. Lee"]),
        ("A. Lee) B. Ray", ["A. Lee) B. Ray"]),
        ("Sandy Anderson", ["Sandy Anderson"]),
        ("", []),
        (" , ,", []),
    ],
)
def test_names_are_divided(line: str, names: list[str]) -> None:
    assert divided(line) == names


def test_real_lines_are_divided_as_arxiv_has_divided_them() -> None:
    with shared("arxiv", "other", "kaggle", "kaggle_snapshot_sample.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]

    for record in records:
        parsed = [
            " ".join(filter(None, (given, family, suffix)))
            for family, given, suffix, *_ in record["authors_parsed"]
        ]
        assert clean_authors(divided(record["authors"])) == clean_authors(parsed), record["id"]
