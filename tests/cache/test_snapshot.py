from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.cache import Exported, Snapshot, write_snapshot
from enrich.errors import StateError
from enrich.models import Answer, Failure, LinkQuery, NotFound, Reason, RecordQuery
from tests.cache.answers import DAY, GPT, MONDAY, OK, URL, WORK_ANSWERS, link, work

if TYPE_CHECKING:
    from pathlib import Path

GPT_LINE = (
    '{"v":1,"source":"arxiv","query":"arxiv:2410.21276","retrieved_at":"2026-11-23T09:00:00Z","outcome":"found",'
    '"record":{"id":"2410.21276","title":"GPT-4o System Card","authors":["OpenAI","Aaron Hurst"],'
    '"collaboration":"OpenAI","published":"2024-10-25","updated":"2024-10-25","version":1,'
    '"categories":["cs.CL","cs.AI"],"primary_category":"cs.CL"}}\n'
)
ABSENT_LINE = (
    '{"v":1,"source":"arxiv","query":"arxiv:2410.99999","retrieved_at":"2026-11-23T09:00:00Z",'
    '"outcome":"not-found","record":null,"detail":"arXiv has no paper 2410.99999"}\n'
)
QUERY = RecordQuery("arxiv", "2410.21276")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "starter.jsonl"


# -- writing -----------------------------------------------------------------------------------


def test_lines_are_as_the_manual_shows_them_and_sorted(path: Path) -> None:
    absent = work(NotFound("arXiv has no paper 2410.99999"), name="2410.99999")

    assert write_snapshot(path, [absent, work(GPT)]) == Exported(written=2, withheld=0)
    assert path.read_text() == GPT_LINE + ABSENT_LINE


def test_abstracts_are_written_only_when_asked_for(path: Path) -> None:
    write_snapshot(path, [work(GPT)], abstracts=True)

    assert json.loads(path.read_text())["record"]["abstract"] == GPT.abstract


def test_links_and_failures_are_no_part_of_a_snapshot(path: Path) -> None:
    failed = work(Failure(Reason.TIMEOUT, "60 s"))

    assert write_snapshot(path, [link(OK), failed]) == Exported(written=0, withheld=0)
    assert path.read_text() == ""


def test_what_may_not_be_shared_is_left_out_and_counted(path: Path) -> None:
    secret = replace(work(GPT, name="2401.00001"), source="semanticscholar")

    assert write_snapshot(path, [secret, work(GPT)]) == Exported(written=1, withheld=1)
    assert path.read_text() == GPT_LINE


def test_the_newest_answer_to_a_question_counts(path: Path) -> None:
    older = work(NotFound("not yet"), MONDAY - DAY)

    write_snapshot(path, [older, work(GPT), older])

    assert path.read_text() == GPT_LINE


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(WORK_ANSWERS, max_size=4))
def test_the_same_answers_in_any_order_make_the_same_bytes(path: Path, answers: list[Answer]) -> None:
    answers = list({(answer.query, answer.retrieved_at): answer for answer in answers}.values())
    write_snapshot(path, answers)
    before = path.read_bytes()

    write_snapshot(path, reversed(answers))

    assert path.read_bytes() == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WORK_ANSWERS)
def test_every_answer_about_a_work_comes_back_from_its_line(path: Path, answer: Answer) -> None:
    record = replace(answer, outcome=replace(GPT, scheme=answer.query.scheme))  # type: ignore[union-attr]
    for told in (answer if isinstance(answer.outcome, NotFound) else record, record):
        write_snapshot(path, [told], abstracts=True)

        assert path.read_bytes().count(b"\n") == 1
        assert Snapshot.load([path]).get(told.query) == replace(told, cached=True)


def test_nothing_that_a_reviewer_cannot_see_stands_in_a_line(path: Path) -> None:
    record = replace(GPT, title="a\u202eb\u200b c\u2028d\ufeff é 雪")

    write_snapshot(path, [work(record)])

    assert '"title":"a\\u202eb\\u200b c\\u2028d\\ufeff é 雪"' in path.read_text(encoding="utf-8")
    found = Snapshot.load([path]).get(QUERY)
    assert found is not None
    assert found.outcome == replace(record, abstract=None)


def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(path: Path) -> None:
    path.mkdir()

    with pytest.raises(StateError, match=r"starter\.jsonl: .*; choose another place for the snapshot"):
        write_snapshot(path, [work(GPT)])

    assert list(path.parent.iterdir()) == [path]


# -- reading -----------------------------------------------------------------------------------


def test_answers_of_a_snapshot_are_cached_and_never_too_old(path: Path) -> None:
    write_snapshot(path, [work(GPT, MONDAY - 900 * DAY)], abstracts=True)

    snapshot = Snapshot.load([path])

    assert len(snapshot) == 1
    assert snapshot.get(QUERY) == replace(work(GPT, MONDAY - 900 * DAY), cached=True)
    assert snapshot.get(RecordQuery("arxiv", "2401.00001")) is None
    assert snapshot.get(LinkQuery(URL)) is None


def test_a_person_may_lay_a_line_out_anew(path: Path) -> None:
    line = json.dumps(json.loads(GPT_LINE), sort_keys=True)
    path.write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n\r\n{ABSENT_LINE}".encode())

    snapshot = Snapshot.load([path])

    assert snapshot.get(QUERY) == replace(work(replace(GPT, abstract=None)), cached=True)
    assert len(snapshot) == 2


def test_a_checkout_with_carriage_returns_reads_the_same(path: Path) -> None:
    path.write_bytes((GPT_LINE + ABSENT_LINE).replace("\n", "\r\n").encode())

    assert len(Snapshot.load([path])) == 2
    assert Snapshot.load([path]).get(QUERY) is not None


def test_the_last_line_may_lack_its_break(path: Path) -> None:
    path.write_text(GPT_LINE.rstrip("\n"))

    assert Snapshot.load([path]).get(QUERY) is not None


def test_of_two_lines_about_one_work_the_newer_counts(path: Path) -> None:
    newer = ABSENT_LINE.replace("2410.99999", "2410.21276").replace("2026-11-23", "2026-11-24")
    other = path.with_name("other.jsonl")
    path.write_text(newer)
    other.write_text(GPT_LINE)

    for paths in ([path, other], [other, path]):
        found = Snapshot.load(paths).get(QUERY)

        assert found is not None
        assert isinstance(found.outcome, NotFound)


def test_works_come_all_or_as_asked(path: Path) -> None:
    path.write_text(GPT_LINE + ABSENT_LINE)
    absent = RecordQuery("arxiv", "2410.99999")
    snapshot = Snapshot.load([path])

    assert [one.query for one in snapshot.works()] == [QUERY, absent]
    assert [one.query for one in snapshot.works([absent, RecordQuery("arxiv", "2401.00001")])] == [absent]


def test_a_line_without_detail_says_who_does_not_know_the_work(path: Path) -> None:
    path.write_text(ABSENT_LINE.replace(',"detail":"arXiv has no paper 2410.99999"', ""))

    found = Snapshot.load([path]).get(RecordQuery("arxiv", "2410.99999"))

    assert found is not None
    assert found.outcome == NotFound("unknown to arxiv")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("<<<<<<< HEAD", "no JSON object"),
        ("[1]", "no JSON object"),
        (GPT_LINE.replace("}}", "}"), "no JSON object"),
        (GPT_LINE.replace('"v":1', '"v":2'), "version 2 is from a newer enrich"),
        (GPT_LINE.replace('"v":1,', ""), "`v` is missing"),
        (GPT_LINE.replace('"query":"arxiv:2410.21276",', ""), "`query` is missing"),
        (GPT_LINE.replace("arxiv:2410.21276", "2410.21276"), "`2410.21276` has no scheme"),
        (GPT_LINE.replace("arxiv:2410.21276", "link:https://example.org/"), "none about links"),
        (GPT_LINE.replace("2026-11-23T09:00:00Z", "yesterday"), "Invalid isoformat string: 'yesterday'"),
        (GPT_LINE.replace("09:00:00Z", "09:00:00"), "`retrieved_at` 2026-11-23T09:00:00 has no time zone"),
        (ABSENT_LINE.replace("not-found", "found"), "outcome `found` with no record"),
        (GPT_LINE.replace('"found"', '"not-found"'), "outcome `not-found` with a record"),
    ],
)
def test_a_line_that_is_no_answer_is_told_with_file_line_and_cure(
    path: Path, line: str, complaint: str
) -> None:
    path.write_text(ABSENT_LINE + line.rstrip("\n") + "\n")

    with pytest.raises(StateError) as error:
        list(Snapshot.load([path]).works())

    assert str(error.value).startswith(f"{path}:2: ")
    assert complaint in str(error.value)
    assert str(error.value).endswith("; correct the line or remove it")


@pytest.mark.parametrize(
    ("field", "value"),
    [("authors", '"OpenAI"'), ("title", "7"), ("version", "true"), ("published", '"soon"')],
)
def test_a_record_with_a_mistake_is_told_when_it_is_asked_for(path: Path, field: str, value: str) -> None:
    read = json.loads(GPT_LINE)
    read["record"][field] = json.loads(value)
    path.write_text(json.dumps(read, separators=(",", ":")) + "\n")

    with pytest.raises(StateError, match=r"starter\.jsonl:1: "):
        Snapshot.load([path]).get(QUERY)


def test_a_missing_file_is_told_with_the_option_to_correct(path: Path) -> None:
    with pytest.raises(StateError, match=r"No such file or directory; correct `snapshots` in \[cache\]"):
        Snapshot.load([path])


def test_timestamps_are_written_in_utc(path: Path) -> None:
    east = dt.timezone(dt.timedelta(hours=9))

    write_snapshot(path, [work(GPT, MONDAY.astimezone(east))])

    assert path.read_text() == GPT_LINE
