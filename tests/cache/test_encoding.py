from __future__ import annotations

import dataclasses
import datetime as dt
import json
import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich.cache import encoding
from enrich.cache.encoding import decode, encode, key_of, query_of
from enrich.cache.forms import microseconds, moment
from enrich.models import (
    AnchorQuery,
    AnswerOutcome,
    CitationsQuery,
    FileQuery,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    PublishedQuery,
    Query,
    Record,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    SnapshotQuery,
)
from tests.cache.answers import (
    ABSENT,
    COPY_QUERIES,
    FAILURES,
    GPT,
    MOMENTS,
    ODD_TEXTS,
    OK,
    OUTCOMES,
    PAGE_QUERIES,
    SEARCH_QUERIES,
)


@given(OUTCOMES)
@example(LinkCheck(LinkStatus.OK, "", code=0))
@example(Record("arxiv", "", "", (), version=0))
def test_every_outcome_comes_back_equal(outcome: AnswerOutcome) -> None:
    text = encode(outcome)

    assert decode(text) == outcome
    assert text.isascii()
    assert "\n" not in text


@given(ABSENT | FAILURES)
def test_what_comes_back_can_be_pickled(outcome: AnswerOutcome) -> None:
    assert pickle.loads(pickle.dumps(decode(encode(outcome)))) == outcome


@given(
    st.builds(LinkQuery, ODD_TEXTS)
    | st.builds(RecordQuery, st.sampled_from(["arxiv", "doi"]), ODD_TEXTS)
    | COPY_QUERIES
    | PAGE_QUERIES
    | SEARCH_QUERIES
)
def test_every_question_has_a_key_of_its_own(query: Query) -> None:
    assert query_of(key_of(query)) == query


@pytest.mark.parametrize(
    ("query", "key"),
    [
        (LinkQuery("https://example.org/a?b=c:d"), "link:https://example.org/a?b=c:d"),
        (RecordQuery("arxiv", "math/0309136"), "arxiv:math/0309136"),
        (RecordQuery("doi", "10.1145/1507244.1507252"), "doi:10.1145/1507244.1507252"),
        (SnapshotQuery("https://example.org/a:b", 2019), "snapshot:2019:https://example.org/a:b"),
        (SnapshotQuery("https://example.org/", None), "snapshot::https://example.org/"),
        (SecureQuery("http://example.org/"), "secure:http://example.org/"),
        (AnchorQuery("https://example.org/", "a:b"), "anchor:3:a:bhttps://example.org/"),
        (FileQuery("a:b.md", "c.pdf"), "file:6:a:b.mdc.pdf"),
        (SearchQuery("GPT-4o: a “card”", "Hurst"), 'search:["GPT-4o: a \\u201ccard\\u201d","Hurst"]'),
        (CitationsQuery("openalex", "doi", "10.1/a"), 'citations:["openalex","doi","10.1/a"]'),
        (PublishedQuery("openalex", "2410.21276"), 'published:["openalex","2410.21276","",""]'),
    ],
)
def test_keys_read_as_reports_name_the_question(query: Query, key: str) -> None:
    assert key_of(query) == key


@pytest.mark.parametrize("key", ["", "arxiv", ":2410.21276"])
def test_a_key_without_a_scheme_is_no_question(key: str) -> None:
    with pytest.raises(ValueError, match="no scheme"):
        query_of(key)


def test_a_year_that_is_none_is_no_question() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        query_of("snapshot:soon:https://example.org/")


@pytest.mark.parametrize("key", ["search:GPT-4o", 'search:["GPT-4o"]', 'search:["GPT-4o",1]', "published:[]"])
def test_a_search_that_was_written_badly_is_no_question(key: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        query_of(key)


@pytest.mark.parametrize("told", ["1", '[{"title":1}]', "[1]", '[{"title":"no more"}]'])
def test_candidates_that_were_written_badly_are_unreadable(told: str) -> None:
    assert decode(f'{{"v":1,"is":"candidates","records":{told}}}') is None


@pytest.mark.parametrize("told", ["1", "[1]", '[["retraction"]]', '[["praise",null,null]]'])
def test_notices_that_were_written_badly_are_unreadable(told: str) -> None:
    record = f'{{"v":1,"is":"record","scheme":"doi","id":"10.1/a","title":"A","authors":[],"notices":{told}}}'

    assert decode(record) is None


def test_fields_at_their_default_take_no_room() -> None:
    assert encode(OK) == '{"v":1,"is":"link","status":"ok","detail":"200 OK","code":200}'


def test_no_field_of_an_outcome_is_forgotten() -> None:
    for kind, forms in encoding._FIELDS.items():
        assert list(forms) == [field.name for field in dataclasses.fields(kind)]


def test_a_key_of_a_later_version_is_ignored() -> None:
    assert decode(encode(GPT).replace('{"v":1', '{"licence":"cc0","v":1')) == GPT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"v":2,"is":"not-found","detail":"x"}',
        '{"v":1,"is":"dream","detail":"x"}',
        '{"v":1,"is":["not-found"],"detail":"x"}',
        '{"v":1,"is":"not-found"}',
        '{"v":1,"is":"not-found","detail":7}',
        '{"v":1,"is":"link","status":"fine","detail":""}',
        '{"v":1,"is":"link","status":"ok","detail":"","code":true}',
        '{"v":1,"is":"link","status":"ok","detail":"","chain":{"a":1}}',
        '{"v":1,"is":"link","status":"ok","detail":"","chain":["ab"]}',
        '{"v":1,"is":"link","status":"ok","detail":"","chain":[["a",200,7]]}',
        '{"v":1,"is":"record","scheme":"arxiv","id":"1","title":"T"}',
        '{"v":1,"is":"record","scheme":"arxiv","id":"1","title":"T","authors":"A, B"}',
        '{"v":1,"is":"record","scheme":"arxiv","id":"1","title":"T","authors":[],"published":"soon"}',
        '{"v":1,"is":"record","scheme":"arxiv","id":"1","title":"T","authors":[],"published":20240101}',
        '{"v":1,"is":"record","scheme":"arxiv","id":"1","title":"T","authors":[],"withdrawn":1}',
        '{"v":1,"is":"snapshot","url":"https://web.archive.org/web/1/x","taken_at":"2019"}',
        '{"v":1,"is":"snapshot","url":"https://web.archive.org/web/1/x","taken_at":99999999999999999999}',
    ],
)
def test_what_cannot_be_understood_is_unreadable_not_an_error(text: str) -> None:
    assert decode(text) is None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_damage_to_any_field_never_raises(value: object) -> None:
    for name in ("status", "chain", "code", "reason"):
        damaged = json.loads(encode(OK)) | {name: value}

        decode(json.dumps(damaged))


@given(MOMENTS)
def test_moments_keep_their_microseconds(at: dt.datetime) -> None:
    assert moment(microseconds(at)) == at


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        microseconds(dt.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "work",
    [
        "[]",
        "{}",
        '{"titles":"A","authors":[],"arxiv_id":null,"doi":null}',
        '{"titles":[],"authors":[],"arxiv_id":1,"doi":null}',
    ],
)
def test_a_work_that_is_none_can_not_be_read(work: str) -> None:
    assert decode(f'{{"v":1,"is":"link","status":"ok","detail":"200 OK","work":{work}}}') is None
