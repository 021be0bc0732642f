"""`enrich resolve`, as text and as JSON."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import io
import json
from dataclasses import replace

import jsonschema
import pytest

from enrich.reports.resolution import write_json, write_text
from enrich.resolution import Candidate, Resolution
from tests.reports.samples import AT, FROM_ARXIV, RECORD
from tests.reports.test_json_reports import closed

SCHEMA = json.loads(
    importlib.resources.files("enrich").joinpath("schemas", "resolve.schema.json").read_text("utf-8")
)
FOUND = Resolution(
    "hf2410.21276",
    "hf-prefix",
    "repair",
    0.9,
    "`hf` prefix removed; identifier exists",
    id="2410.21276",
    record=replace(RECORD, authors=(*RECORD.authors, *(f"Author {number}" for number in range(415)))),
    answer=replace(FROM_ARXIV, cached=True),
)
OFFLINE = Resolution(
    "hf2410.21276",
    "hf-prefix",
    "repair",
    0.5,
    "`hf` prefix removed; not confirmed (offline)",
    id="2410.21276",
    candidates=(Candidate(id="2410.21276"),),
)
SEVERAL = Resolution(
    "Deep Learning",
    "title",
    "none",
    0.0,
    "the title alone does not decide",
    candidates=(
        Candidate(
            None,
            "10.1038/nature14539",
            "Deep learning",
            ("Yann LeCun", "Bengio, Yoshua", "Geoffrey Hinton"),
            2015,
            "Nature",
            0.71,
        ),
        Candidate(
            "1404.7828", None, "Deep Learning in Neural Networks", ("J. Schmidhuber", "B", "C", "D"), 2014
        ),
        Candidate("标题", score=0.5),
    ),
)


def text(resolution: Resolution, now: dt.datetime = AT + dt.timedelta(days=2, hours=1)) -> str:
    out = io.StringIO()
    write_text(resolution, out, now)
    return out.getvalue()


def parsed(resolution: Resolution) -> dict[str, object]:
    out = io.StringIO()
    write_json(resolution, out)
    (line,) = out.getvalue().splitlines()
    value: dict[str, object] = json.loads(line)
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(value)
    return value


def test_a_repaired_identifier_reads_as_in_the_manual() -> None:
    assert text(FOUND) == (
        "hf2410.21276 → arXiv 2410.21276 (v1, 25 Oct 2024)\n"
        "  title    GPT-4o System Card\n"
        "  authors  OpenAI; Aaron Hurst; Adam Lerer; … (419)\n"
        "  doi      none from a publisher\n"
        "  how      `hf` prefix removed; identifier exists\n"
        "  source   arxiv (cache, 2 d old)\n"
    )


def test_a_version_stands_beside_its_own_day() -> None:
    days = tuple(dt.date(2018, 10, 11) + dt.timedelta(days=number) for number in range(3))
    newest = replace(RECORD, published=days[0], updated=days[2], version=3)

    assert "(v3, 13 Oct 2018)" in text(replace(FOUND, record=newest))
    assert "(v2)" in text(replace(FOUND, record=newest, version=2))
    assert "(v2, 12 Oct 2018)" in text(replace(FOUND, record=replace(newest, versions=days), version=2))
    assert "(v1, 11 Oct 2018)" in text(replace(FOUND, record=newest, version=1))
    assert "(11 Oct 2018)" in text(replace(FOUND, record=replace(newest, version=None)))


def test_where_a_work_was_published_is_told() -> None:
    published = replace(FOUND, record=replace(RECORD, venue="Journal of Cards", year=2025), doi="10.1145/1")
    undated = replace(FOUND, record=replace(RECORD, venue="Journal of Cards"))

    record = parsed(published)["record"]
    assert isinstance(record, dict)
    assert (record["venue"], record["year"]) == ("Journal of Cards", 2025)
    assert "  venue    Journal of Cards 2025\n  doi      10.1145/1\n" in text(published)
    assert "  venue    Journal of Cards\n" in text(undated)


def test_several_candidates_are_a_choice() -> None:
    assert text(SEVERAL) == (
        "3 candidates; the title alone does not decide\n"
        "  1  10.1038/nature14539  LeCun, Bengio, Hinton  Nature 2015  score 0.71\n"
        "  2  1404.7828            Schmidhuber, B, C, …   2014\n"
        "  3  标题                                                     score 0.50\n"
        'Add an author: `enrich resolve "Deep Learning" --author LeCun`\n'
    )


def test_offline_answers_equal_the_manuals_example() -> None:
    assert parsed(OFFLINE) == {
        "input": "hf2410.21276",
        "id": "2410.21276",
        "version": None,
        "doi": None,
        "kind": "hf-prefix",
        "tier": "repair",
        "confidence": 0.5,
        "record": None,
        "candidates": [
            {
                "id": "2410.21276",
                "doi": None,
                "title": None,
                "authors": None,
                "year": None,
                "venue": None,
                "score": None,
            }
        ],
        "reason": "`hf` prefix removed; not confirmed (offline)",
    }
    assert text(OFFLINE) == (
        "hf2410.21276 → arXiv 2410.21276\n  how      `hf` prefix removed; not confirmed (offline)\n"
    )


def test_a_version_that_was_asked_for_is_kept() -> None:
    asked = replace(FOUND, version=2, doi="10.1000/x")

    assert parsed(asked)["version"] == "v2"
    assert "arXiv 2410.21276 (v2)\n" in text(asked)
    assert "  doi      10.1000/x\n" in text(asked)


@pytest.mark.parametrize(
    ("age", "shown"),
    [(dt.timedelta(minutes=5), "(cache, 0 h old)"), (dt.timedelta(hours=23), "(cache, 22 h old)")],
)
def test_the_age_of_a_cached_answer_is_told(age: dt.timedelta, shown: str) -> None:
    assert shown in text(FOUND, AT + age)


def test_a_fresh_answer_has_no_age() -> None:
    assert text(replace(FOUND, answer=FROM_ARXIV)).endswith("  source   arxiv\n")


def test_nothing_found_and_a_doi_alone() -> None:
    nothing = Resolution("?", "title", "none", 0.0, "no such title")
    doi = Resolution("doi:10.1000/X", "doi", "exact", 1.0, "as it is written", doi="10.1000/x")

    assert text(nothing) == "? → nothing found\n  how      no such title\n"
    assert text(doi) == "doi:10.1000/X → doi 10.1000/x\n  how      as it is written\n"
    assert parsed(nothing)["tier"] == "none"
    assert parsed(replace(SEVERAL, kind="bare-id"))["record"] is None
    assert "Add an author" not in text(replace(SEVERAL, kind="bare-id"))


def test_hostile_text_stays_on_its_line() -> None:
    bad = '\x1b[31m\n::error::x ##[error]\udce9 "$(rm)"'
    record = replace(RECORD, title=bad, authors=(bad,))
    one = replace(FOUND, input=bad, reason=bad, record=record, doi=bad)
    several = replace(
        SEVERAL, input=bad, reason=bad, candidates=(Candidate(bad, bad, bad, (bad,), 1, bad, 0.1),) * 2
    )

    for resolution in (one, several):
        for line in text(resolution).split("\n"):
            assert line.isprintable()
            assert "##[" not in line
        assert parsed(resolution)["input"] == bad.replace("\udce9", "\ufffd")
    assert "--author" in text(several)
