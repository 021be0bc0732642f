"""Names of changes, findings and values, and values as JSON."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from enrich.models import (
    AnchorQuery,
    Change,
    CitationsQuery,
    FileQuery,
    LinkQuery,
    Map,
    PublishedQuery,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    SnapshotQuery,
    Value,
)
from enrich.naming import (
    change_id,
    decided_key,
    fingerprint,
    from_json,
    long_change_id,
    query_name,
    rejection_key,
    shortened,
    to_json,
    value_hash,
    without_positions,
)
from tests.ledger.values import CHANGES, VALUES, change

if TYPE_CHECKING:
    from enrich.models import Query


@given(VALUES)
def test_a_value_survives_json(value: Value) -> None:
    copy = from_json(json.loads(json.dumps(to_json(value))))

    assert copy == value
    assert repr(copy) == repr(value)


def test_numbers_that_json_lacks_survive_too() -> None:
    value = from_json(json.loads(json.dumps(to_json((math.inf, -math.inf, math.nan)), allow_nan=False)))

    assert repr(value) == "(inf, -inf, nan)"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"date": 3},
        {"date": "2027-13-01"},
        {"date": "2027-01-01", "x": 1},
        {"map": 1},
        {"map": [["a"]]},
        {"map": [[1, 2]]},
        {"float": "1"},
        {"title": "x"},
    ],
)
def test_what_is_no_value_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"not a|Invalid isoformat|month must be"):
        from_json(data)


def test_a_change_has_eight_digits_and_a_finding_sixteen() -> None:
    assert change_id("a.md", "title", "old", "new") == "f0f79315"
    assert fingerprint("LNK101", "a.md", "links[1].url", "https://a.org/") == "423eb590b18125bc"


def test_everything_about_a_change_counts_in_its_name() -> None:
    names = {
        change_id("a.md", "title", "old", "new"),
        change_id("b.md", "title", "old", "new"),
        change_id("a.md", "titles", "old", "new"),
        change_id("a.md", "title", None, "new"),
        change_id("a.md", "title", "None", "new"),
        change_id("a.md", "title", "old", ("new",)),
        change_id("a.md", "title", "1", "new"),
        change_id("a.md", "title", 1, "new"),
        change_id("a.md", "title", True, "new"),
    }

    assert len(names) == 9


def test_moved_links_keep_their_fingerprint_and_others_do_not() -> None:
    first = fingerprint("LNK101", "a.md", "additional_links[1].url", "https://a.org/")

    assert fingerprint("LNK101", "a.md", "additional_links[7].url", "https://a.org/") == first
    assert fingerprint("LNK101", "a.md", "additional_links[1].url", "https://b.org/") != first
    assert fingerprint("LNK102", "a.md", "additional_links[1].url", "https://a.org/") != first
    assert fingerprint("MET301", "a.md", "doi") == fingerprint("MET301", "a.md", "doi", None)


def test_a_value_is_the_same_however_it_is_typed() -> None:
    assert value_hash(dt.date(2024, 10, 25)) == value_hash("2024-10-25")
    assert value_hash(2024) == value_hash("2024")
    assert value_hash(True) == value_hash("true")
    assert value_hash(("a", 1)) == value_hash(("a", "1"))
    assert value_hash(Map((("a", 1),))) == value_hash(Map((("a", "1"),)))
    assert len({value_hash(value) for value in (None, "", "None", (), ("",), Map(()))}) == 6


def test_fields_are_named_without_positions() -> None:
    assert without_positions("a[12].b[0]") == "a[].b[]"
    assert without_positions("title") == "title"


@given(CHANGES)
def test_a_rejection_is_found_again_from_what_was_written_down(rejected: Change) -> None:
    after = json.loads(json.dumps(shortened(rejected.fix.after)))

    assert decided_key(rejected.path, rejected.fix.field, after) == rejection_key(rejected)


def test_a_rejection_is_about_the_new_value_whatever_stands_there() -> None:
    key = rejection_key(change(before="old", after="new"))

    assert rejection_key(change(before="other", after="new")) == key
    assert rejection_key(change(before="old", after="newer")) != key
    assert rejection_key(change(field="titles")) != key


def test_long_values_are_written_as_their_hash() -> None:
    assert shortened("x" * 200) == "x" * 200
    assert str(shortened("x" * 201)).startswith("sha256:")
    assert shortened(("x" * 200,)) != shortened(("x" * 201,))
    assert str(shortened("\udc80" * 201)).startswith("sha256:")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (RecordQuery("arxiv", "2410.21276"), "arxiv:2410.21276"),
        (LinkQuery("https://a.org/"), "https://a.org/"),
        (SnapshotQuery("https://a.org/", 2024), "https://a.org/"),
        (SearchQuery("GPT-4o System Card", "Hurst"), "search:GPT-4o System Card Hurst"),
        (SearchQuery("GPT-4o System Card", ""), "search:GPT-4o System Card"),
        (CitationsQuery("openalex", "arxiv", "2410.21276"), "citations:arxiv:2410.21276"),
        (PublishedQuery("dblp", "2410.21276"), "published:2410.21276"),
        (SecureQuery("http://a.org/"), "http://a.org/"),
        (AnchorQuery("https://a.org/", "b"), "https://a.org/#b"),
        (FileQuery("a.md", "../b.pdf"), "../b.pdf"),
    ],
)
def test_a_question_is_told_in_one_line(query: Query, name: str) -> None:
    assert query_name(query) == name


def test_the_beginning_of_a_long_name_is_the_short_one() -> None:
    made = change()

    assert long_change_id(made).startswith(made.id)
    assert len(long_change_id(made)) == 64
