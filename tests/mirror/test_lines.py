"""A line of the snapshot is a whole paper, or why it is none."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from enrich.mirror.lines import read_line
from enrich.mirror.papers import FlawError
from enrich.models import Record
from tests.internet.samples import SAMPLES
from tests.mirror.snapshots import line
from tests.shared_data import shared

BARN = SAMPLES[2]


def read(**other: object) -> Record:
    paper = read_line(line(BARN, **other).encode())  # type: ignore[arg-type]
    assert paper.record
    return paper.record


def test_every_field_of_a_paper_is_read() -> None:
    record = read(
        authors="MEADOW: Dora Field, Emil Grass and Femke Hay",
        authors_parsed=None,
        license="http://creativecommons.org/licenses/by/4.0/",
        versions=[
            {"version": "v1", "created": "Mon, 5 Feb 2024 23:59:59 GMT"},
            {"version": "v2", "created": "Tue, 24 Sep 2024 00:00:00 GMT"},
        ],
    )

    assert record == Record(
        scheme="arxiv",
        id="2402.90003",
        title="BARN: Pre-training of Deep Flocks at $\\alpha < 1$ & beyond",
        authors=("MEADOW", "Dora Field", "Emil Grass", "Femke Hay"),
        collaboration="MEADOW",
        published=dt.date(2024, 2, 5),
        updated=dt.date(2024, 9, 24),
        version=2,
        categories=("cs.CL",),
        primary_category="cs.CL",
        doi="10.5555/barn.1",
        journal_ref="Journal of Flocks 7 (2024) 1-20",
        abstract="No abstract is known here.",
        license="http://creativecommons.org/licenses/by/4.0/",
        versions=(dt.date(2024, 2, 5), dt.date(2024, 9, 24)),
    )


def test_arxivs_own_division_of_the_authors_goes_over_the_line() -> None:
    record = read(
        authors="nobody", authors_parsed=[["van der Tak", "Floris", ""], ["Hill", "S.", "Jr", "Dale"]]
    )

    assert record.authors == ("Floris van der Tak", "S. Hill Jr")


def test_only_a_publishers_doi_and_only_arxivs_categories_count() -> None:
    record = read(doi="10.48550/arXiv.2402.90003 10.5555/X", categories="cs.CL 68T50 stat.ML I.2.7")

    assert record.doi == "10.5555/x"
    assert (record.categories, record.primary_category) == (("cs.CL", "stat.ML"), "cs.CL")


def test_what_authors_say_of_a_withdrawal_is_seen() -> None:
    assert read(comments="This paper has been withdrawn by the authors").withdrawn
    assert not read(comments="Withdrawn from ICLR 2020").withdrawn


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is no JSON (Expecting property name"),
        ("[" * 100_000, "it is no JSON (it is nested too deep)"),
        ("[]", "it is no JSON object"),
        ('{"id": ' + "9" * 5_000 + "}", "it is no JSON (Exceeds the limit"),
        ('"text"', "it is no JSON object"),
        (line(BARN, title=None), "`title` is no text"),
        (line(BARN, title=" \n"), "it has no title"),
        (line(BARN, authors="", authors_parsed=[]), "it has no authors"),
        (line(BARN, versions=[]), "it has no versions"),
        (line(BARN, versions="v1"), "`versions` is no list of versions"),
        (line(BARN, versions=[{"version": "v2", "created": "x"}]), "its versions are not all there"),
        (line(BARN, versions=[{"version": "v1", "created": "2024"}]), "`2024` is not when a version"),
        (line(BARN, versions=[{"version": "v1", "created": "Mon, 31 Apr 2007 19:18:42 GMT"}]), "is not when"),
        (line(BARN, versions=[{"version": "v1"}]), "`created` is missing"),
        (line(BARN, update_date="soon"), "`soon` is no date"),
        (line(BARN, id="hf2402.90003"), "`hf2402.90003` is no arXiv identifier"),
        (line(BARN, id="2402.90003v1"), "`2402.90003v1` is no arXiv identifier"),
        (line(BARN, doi=7), "`doi` is no text"),
    ],
)  # fmt: skip
def test_what_is_no_whole_paper_says_why(text: str, why: str) -> None:
    with pytest.raises(FlawError) as told:
        read_line(text.encode())

    assert why in str(told.value)


def test_characters_that_cannot_be_written_are_left_out() -> None:
    record = read(title="Sheep \ud800\x00 Count", authors_parsed=[["Field\udfff", "D.", ""]])

    assert (record.title, record.authors) == ("Sheep Count", ("D. Field",))


def test_a_doi_with_a_character_that_cannot_be_written_is_none() -> None:
    text = line(SAMPLES[2], doi="10.5555/ba\ud800rn.1 10.5555/barn.2")

    record = read_line(text.encode()).record

    assert record is not None
    assert record.doi == "10.5555/barn.2"


def test_bytes_that_are_no_text_are_no_paper() -> None:
    with pytest.raises(FlawError, match="not UTF-8"):
        read_line(b'{"id": "\xff"}')


@pytest.mark.parametrize("key", ["comments", "doi", "journal-ref", "license", "abstract", "categories"])
def test_a_key_that_is_missing_is_not_taken_for_what_arxiv_does_not_have(key: str) -> None:
    fields = json.loads(line(BARN))
    del fields[key]

    with pytest.raises(FlawError, match=f"`{key}` is missing"):
        read_line(json.dumps(fields).encode())


def test_every_real_line_is_a_paper() -> None:
    lines = shared("arxiv", "other", "kaggle", "kaggle_snapshot_sample.jsonl").read_bytes().splitlines()

    papers = [read_line(one) for one in lines]

    assert len({paper.id for paper in papers}) == len(lines) == 200
    assert sum(paper.record.withdrawn for paper in papers if paper.record) == 1
