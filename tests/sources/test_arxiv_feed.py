from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.models import Failure, Reason, Record
from enrich.sources.arxiv.feed import Feed, Refused, Unusable, is_withdrawn, parse_feed
from tests.shared_data import shared
from tests.sources.arxiv_feeds import entry, error, feed

if TYPE_CHECKING:
    from pathlib import Path

IDS = ("2410.21276", "math/0309136", "2401.00001")


def read(content: bytes, ids: tuple[str, ...] = IDS) -> dict[str, Record | Failure]:
    told = parse_feed(content, ids)
    assert isinstance(told, Feed), told
    return dict(told.records)


def one(content: str, name: str = "2410.21276") -> Record:
    record = read(feed([content]))[name]
    assert isinstance(record, Record)
    return record


# -- records -----------------------------------------------------------------------------------


def test_an_entry_becomes_a_record() -> None:
    extra = (
        "<arxiv:comment>9 pages,\n  2 figures </arxiv:comment>"
        "<arxiv:journal_ref>Nature 1 (2024)</arxiv:journal_ref>"
    )

    assert one(entry("2410.21276v3", extra=extra)) == Record(
        scheme="arxiv",
        id="2410.21276",
        title="A Title",
        authors=("Ada Lovelace", "Alan Turing"),
        published=dt.date(2024, 10, 25),
        updated=dt.date(2024, 11, 2),
        version=3,
        categories=("cs.CL", "cs.AI"),
        primary_category="cs.CL",
        journal_ref="Nature 1 (2024)",
        comment="9 pages, 2 figures",
        abstract="We show a thing.",
    )


def test_titles_lose_line_breaks_and_the_space_around_them() -> None:
    assert (
        one(entry("2410.21276v1", " On\n   $\\alpha$-Things &\tMore ")).title == "On $\\alpha$-Things & More"
    )


def test_what_stands_before_a_colon_among_the_authors_is_the_collaboration() -> None:
    record = one(entry("2410.21276v1", authors=("OpenAI", ":", "Aaron Hurst", "J. -P. Lévy")))

    assert record.authors == ("OpenAI", "Aaron Hurst", "J.-P. Lévy")
    assert record.collaboration == "OpenAI"


def test_dates_are_those_of_the_day_in_utc() -> None:
    record = one(entry("2410.21276v1", published="2024-12-31T23:30:00-05:00"))

    assert record.published == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("dois", "doi"),
    [
        ((), None),
        (("10.1145/1507244.1507252",), "10.1145/1507244.1507252"),
        (("10.48550/arXiv.2410.21276",), None),
        (("10.48550/arXiv.2410.21276", "10.1103/PhysRevD.76.013009"), "10.1103/physrevd.76.013009"),
        (("10.48550/arXiv.2410.21276 10.1103/PhysRevD.76.013009",), "10.1103/physrevd.76.013009"),
        (("to appear",), None),
        (("",), None),
    ],
)
def test_the_doi_is_the_publishers_or_none(dois: tuple[str, ...], doi: str | None) -> None:
    extra = "".join(f"<arxiv:doi>{one}</arxiv:doi>" for one in dois)

    assert one(entry("2410.21276v1", extra=extra)).doi == doi


def test_records_are_found_by_identifier_whatever_their_order_version_or_capitals() -> None:
    told = read(feed([entry("math.GT/0309136v2"), entry("2410.21276v1")]), ("2410.21276", "Math/0309136"))

    assert {name: record.version for name, record in told.items() if isinstance(record, Record)} == {
        "2410.21276": 1,
        "Math/0309136": 2,
    }


def test_of_one_work_in_two_versions_the_newer_counts() -> None:
    told = read(feed([entry("2410.21276v10", "New"), entry("2410.21276v9", "Old")]))

    assert [getattr(record, "title", None) for record in told.values()] == ["New"]


def test_what_is_not_in_a_whole_feed_is_absent() -> None:
    assert list(read(feed([entry("2401.00001v1")], total=1))) == ["2401.00001"]
    assert read(feed([], total=0)) == {}


def test_more_results_than_asked_for_are_no_reason_to_ask_for_a_second_page() -> None:
    assert len(read(feed([entry(f"{name}v1") for name in IDS], total=214_881))) == 3


def test_a_long_list_of_authors_is_kept_whole() -> None:
    people = tuple(f"Person Number{n}" for n in range(3303))

    assert len(one(entry("2410.21276v1", authors=people)).authors) == 3303


# -- one bad entry -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoilt", "flaw"),
    [
        (entry("2410.21276v1", published="yesterday"), "has no readable date (`published`)"),
        (entry("2410.21276v1", updated="2024-13-01T00:00:00Z"), "has no readable date (`updated`)"),
        (entry("2410.21276v1", updated="0001-01-01T00:00:00+23:00"), "has no readable date (`updated`)"),
        (entry("2410.21276v1", published=""), "has no readable date (`published`)"),
        (entry("2410.21276v1", title="  "), "has no title"),
        (entry("2410.21276v1", authors=()), "has no authors"),
        (entry("2410.21276v1", authors=("", " ")), "has no authors"),
    ],
)
def test_a_spoilt_entry_costs_its_own_record_only(spoilt: str, flaw: str) -> None:
    told = read(feed([entry("math/0309136v1", "Whole & sound"), spoilt, entry("2401.00001v1")]))

    assert told["2410.21276"] == Failure(Reason.SERVER_ERROR, f"arXiv's record of 2410.21276 {flaw}")
    assert isinstance(told["2401.00001"], Record)
    assert isinstance(told["math/0309136"], Record)
    assert told["math/0309136"].title == "Whole & sound"


def test_a_feed_of_one_spoilt_entry_is_read_as_well() -> None:
    assert isinstance(read(feed([entry("2410.21276v1", published="")]))["2410.21276"], Failure)


# -- bodies that are no answer -----------------------------------------------------------------

WHOLE = feed([entry(f"{name}v1") for name in IDS], ids=IDS)


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"Rate exceeded.", "is `Rate exceeded.`"),
        (b"<!DOCTYPE html><html><body>arXiv is busy</body></html>", "is no feed but a page"),
        (b"<html><body></body></html>", "is no feed but a page"),
        (WHOLE.replace(b"<feed", b"<!DOCTYPE feed [<!ENTITY a 'b'>]><feed"), "is no feed but a page"),
        (WHOLE.replace(b"Ada", b"A&da"), "is not well-formed"),
        (b"<feed></feed>", "is no Atom feed"),
        (WHOLE.replace(b"<entry>", b"<x>", 1).replace(b"</entry>", b"</x>", 1), "holds 2 of 3 results"),
        (feed([entry("2410.21276v1")], total=2), "holds 1 of 2 results"),
        (feed([], total=""), "does not say how many results"),
        (feed([], total="many"), "does not say how many results"),
        (feed([entry("2312.00001v1")]), "holds 2312.00001v1, which was not asked for"),
        (feed([entry("somewhere")]), "which is no paper's address"),
        (feed([], ids=("2312.00001",)), "is one to another question: it names 2312.00001"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_answer_is_unusable(content: bytes, detail: str) -> None:
    told = parse_feed(content, IDS)

    assert isinstance(told, Unusable)
    assert detail in told.detail
    assert told.reason is (Reason.RATE_LIMITED if b"Rate" in content else Reason.SERVER_ERROR)


@given(st.integers(1, len(WHOLE.rstrip()) - 1))
@settings(max_examples=300)
def test_no_cut_makes_fewer_records_or_fewer_authors(length: int) -> None:
    assert isinstance(parse_feed(WHOLE[:length], IDS), Unusable)


def test_the_feed_may_name_what_it_was_asked_for() -> None:
    assert len(read(WHOLE)) == 3
    assert len(read(feed([entry("2401.00001v1")], ids=("math%2F0309136", "2401.00001v1")))) == 1


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_that_a_server_sends_raises(content: bytes) -> None:
    assert isinstance(parse_feed(content, IDS), Unusable)
    told = parse_feed(WHOLE.replace(b"A Title", content), IDS)
    assert isinstance(told, Feed | Unusable)


# -- refusals ----------------------------------------------------------------------------------


def test_a_refusal_names_the_identifier_as_it_was_asked() -> None:
    content = error("incorrect id format for Math/0309136")

    assert parse_feed(content, IDS) == Refused("math/0309136", "arXiv: incorrect id format for Math/0309136")


@pytest.mark.parametrize("summary", ["incorrect id format for 2312.00001", "max_results must be an integer"])
def test_a_refusal_may_name_nothing_that_was_asked(summary: str) -> None:
    assert parse_feed(error(summary), IDS) == Refused(None, f"arXiv: {summary}")


# -- withdrawn ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        ("This paper has been withdrawn by the author due to a crucial error in Lemma 3", None),
        ("12 pages, 5 figures; This submission has been withdrawn by the authors.", None),
        (
            "arXiv admin note: submission has been withdrawn by arXiv administrators due to overlap",
            None,
        ),
        ("Withdrawn", None),
        ("paper withdrawn", None),
        ("We found a bug. We are withdrawing this paper until we find out why", None),
        ("This paper has been temporarily withdrawn", None),
        ("145 pages, 8 figures, 28 tables This technical report has been withdrawn by the author", None),
        ("This paper has been withdrawn from arXiv, since we re-consider it", None),
        ("9 pages", "This paper has been withdrawn by the authors."),
    ],
)
def test_authors_say_that_they_withdrew_a_paper(comment: str | None, abstract: str | None) -> None:
    assert is_withdrawn(comment, abstract)


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        (None, None),
        ("Withdrawn from ICLR 2025 submission", None),
        ("This paper was withdrawn from the proceedings", None),
        ("We withdraw this paper from ICLR", None),
        ("Replaces the withdrawn arXiv:2401.00001", None),
        ("Workshop on Withdrawal and Retractions, 9 pages", None),
        ("9 pages", "We study retractions of spaces; a withdrawn sample was replaced."),
        ("9 pages", "Cash is withdrawn. This paper has been withdrawn from nothing."),
    ],
)
def test_a_paper_about_withdrawals_is_not_withdrawn(comment: str | None, abstract: str | None) -> None:
    assert not is_withdrawn(comment, abstract)


def test_an_entry_that_says_so_is_withdrawn() -> None:
    extra = "<arxiv:comment>This paper has been withdrawn</arxiv:comment>"

    assert one(entry("2410.21276v2", extra=extra)).withdrawn


def test_withdrawn_papers_of_real_records_are_found() -> None:
    missed = invented = marked = 0
    for line in shared("arxiv", "records.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found = is_withdrawn(record.get("comment"), record.get("abstract"))
        marked += bool(record.get("withdrawn"))
        missed += bool(record.get("withdrawn")) and not found
        invented += found and not record.get("withdrawn")

    assert (marked, missed) == (188, 6)
    assert invented == 4  # all say that they were withdrawn, but were not marked


# -- contract: recorded answers ----------------------------------------------------------------


def _recordings() -> list[Path]:
    return sorted(shared("arxiv", "atom").glob("*.json"))


def test_every_recorded_answer_is_read() -> None:
    recordings = [json.loads(path.read_text(encoding="utf-8")) for path in _recordings()]

    assert len(recordings) == 20
    for recording in recordings:
        asked = re.search(r"id_list=([^&]*)", recording["url"])
        listed = (asked[1] if asked else "").replace("%2C", ",").replace("%2F", "/")
        written = re.findall(r"<id>http://arxiv.org/abs/([^<]+)v(\d+)</id>", recording["body"])
        ids = (
            [re.sub(r"v\d+$", "", name) for name in listed.split(",")]
            if listed
            else [name for name, _ in written]
        )

        told = parse_feed(recording["body"].encode(), ids)

        if recording["status_code"] == 400:
            assert told == Refused("abc", "arXiv: incorrect id format for abc")
            continue
        assert isinstance(told, Feed)
        records = dict(told.records)
        assert len(records) == recording["body"].count("<entry>")
        for name, version in written:
            record = records[name]
            assert isinstance(record, Record)
            assert record.version == int(version)
            assert record.title == " ".join(record.title.split()) != ""
            assert record.published is not None
            assert record.updated is not None
            assert record.updated >= record.published
            assert record.primary_category == record.categories[0]
            assert ":" not in record.authors
        people = sum(len(record.authors) for record in records.values() if isinstance(record, Record))
        assert people == recording["body"].count("<name>")


@pytest.mark.parametrize("name", ["id_1707.08567_s0_m100", "q_testing_s0_m10_"])
def test_no_recorded_answer_can_be_cut_unnoticed(name: str) -> None:
    (path,) = (path for path in _recordings() if path.name.startswith(name))
    body = json.loads(path.read_text(encoding="utf-8"))["body"].rstrip().encode()
    ids = re.findall(r"<id>http://arxiv.org/abs/([^<]+)v\d+</id>", body.decode())

    for length in range(1, len(body), 211):
        assert isinstance(parse_feed(body[:length], ids), Unusable)
