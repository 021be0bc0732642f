from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.cache.aging import Kept, Ttl, kept, next_history, spread
from enrich.models import (
    AnchorQuery,
    AnswerOutcome,
    Candidates,
    CitationsQuery,
    Doubt,
    Failure,
    History,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    PublishedQuery,
    Reason,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    Shown,
    SnapshotQuery,
)
from tests.cache.answers import BLOCKED, BROKEN, DAY, GPT, MONDAY, ODD_TEXTS, OK, TAKEN, TIMEOUT, URL

UNJITTERED = Ttl(jitter=0)


@pytest.mark.parametrize(
    ("outcome", "sort"),
    [
        (OK, Kept.OK),
        (LinkCheck(LinkStatus.MOVED, "301", final_url="https://example.org/b"), Kept.OK),
        (LinkCheck(LinkStatus.REDIRECTED, "302", final_url="https://example.org/b"), Kept.OK),
        (BROKEN, Kept.BROKEN),
        (BLOCKED, Kept.REFUSED),
        (TIMEOUT, None),
        (LinkCheck(LinkStatus.EXCLUDED, "private address"), None),
        (LinkCheck(LinkStatus.UNSUPPORTED, "mailto"), None),
        (GPT, Kept.FOUND),
        (NotFound("no such paper"), Kept.ABSENT),
        (TAKEN, Kept.ARCHIVED),
        (Candidates((GPT,)), Kept.LISTED),
        (Failure(Reason.SERVER_ERROR, "503"), None),
    ],
)
def test_answers_are_kept_by_what_they_say(outcome: AnswerOutcome, sort: Kept | None) -> None:
    assert kept(outcome) is sort


def test_a_copy_that_an_archive_lacks_is_something_else_than_a_work_that_a_registry_lacks() -> None:
    absent = NotFound("the archive has no copy")

    assert kept(absent, SnapshotQuery(URL, 2019)) is Kept.UNARCHIVED
    assert kept(absent, RecordQuery("arxiv", "2410.21276")) is Kept.ABSENT
    assert kept(absent, SearchQuery("GPT-4o System Card", "Hurst")) is Kept.UNLISTED
    assert kept(absent, PublishedQuery("openalex", "2410.21276")) is Kept.UNLISTED
    assert kept(absent, CitationsQuery("openalex", "arxiv", "2410.21276")) is Kept.UNLISTED
    assert kept(absent, SecureQuery("http://example.org/")) is Kept.UNLISTED
    assert kept(absent, AnchorQuery(URL, "b")) is Kept.UNLISTED
    assert kept(Shown("the page has the place")) is Kept.OK


@pytest.mark.parametrize(
    ("sort", "days"),
    [
        (Kept.OK, 14),
        (Kept.BROKEN, 1),
        (Kept.REFUSED, 7),
        (Kept.FOUND, 30),
        (Kept.ABSENT, 1),
        (Kept.ARCHIVED, 30),
        (Kept.UNARCHIVED, 7),
        (Kept.LISTED, 30),
        (Kept.UNLISTED, 7),
    ],
)
def test_answers_stay_fresh_as_long_as_the_manual_says(sort: Kept, days: int) -> None:
    moment = dt.timedelta(microseconds=1)

    assert UNJITTERED.is_fresh(sort, days * DAY - moment, spread=0.7)
    assert not UNJITTERED.is_fresh(sort, days * DAY, spread=0.7)


def test_jitter_shortens_and_prolongs_by_its_part() -> None:
    assert Ttl().is_fresh(Kept.OK, 17.4 * DAY, spread=1)
    assert not Ttl().is_fresh(Kept.OK, 17.5 * DAY, spread=1)
    assert Ttl().is_fresh(Kept.OK, 10.4 * DAY, spread=-1)
    assert not Ttl().is_fresh(Kept.OK, 10.5 * DAY, spread=-1)


def test_an_answer_from_the_future_is_not_fresh_for_good() -> None:
    assert Ttl().is_fresh(Kept.OK, -0.9 * DAY, spread=0)
    assert not Ttl().is_fresh(Kept.OK, -1.1 * DAY, spread=0)


@given(ODD_TEXTS)
def test_the_spread_of_a_key_is_always_the_same(key: str) -> None:
    assert -1 <= spread(key) == spread(key) < 1


def test_keys_are_spread_evenly() -> None:
    spreads = [spread(f"link:https://example.org/{n}") for n in range(2000)]

    assert abs(statistics.mean(spreads)) < 0.05
    assert abs(statistics.quantiles(spreads, n=4)[0] + 0.5) < 0.05


def test_a_good_answer_ends_a_row_of_failures() -> None:
    assert next_history(History(MONDAY, 2, MONDAY + DAY), OK, MONDAY + 3 * DAY) == History(MONDAY + 3 * DAY)


def test_failures_in_a_row_are_counted_from_the_first() -> None:
    history = History(MONDAY)

    for days in (1, 2, 3):
        history = next_history(history, BROKEN, MONDAY + days * DAY)

    assert history == History(MONDAY, 3, MONDAY + DAY)


def test_a_row_that_a_clock_dated_ahead_begins_with_what_is_seen_now() -> None:
    ahead = MONDAY + 5_000 * DAY
    before = History(MONDAY, 1, ahead, ahead)

    assert next_history(before, BROKEN, MONDAY + DAY) == History(MONDAY, 2, MONDAY + DAY)
    assert next_history(before, TIMEOUT, MONDAY + DAY).unverified_since == MONDAY + DAY


@given(st.lists(st.sampled_from([OK, BROKEN, BLOCKED, TIMEOUT]), max_size=12))
def test_what_could_not_be_verified_changes_no_row_of_failures(checks: list[LinkCheck]) -> None:
    def all_of(checks: list[tuple[int, LinkCheck]]) -> History:
        history = History()
        for days, check in checks:
            history = next_history(history, check, MONDAY + days * DAY)
        return replace(history, unverified_since=None)

    numbered = list(enumerate(checks))

    assert all_of(numbered) == all_of([one for one in numbered if one[1] not in (BLOCKED, TIMEOUT)])


def test_since_when_an_address_could_not_be_verified_is_remembered_until_it_can_be_again() -> None:
    history = History(MONDAY)

    for days, check in ((1, TIMEOUT), (5, BLOCKED), (9, TIMEOUT)):
        history = next_history(history, check, MONDAY + days * DAY)

    assert history == History(MONDAY, unverified_since=MONDAY + DAY)
    assert next_history(history, BROKEN, MONDAY + 10 * DAY).unverified_since is None
    assert next_history(history, OK, MONDAY + 10 * DAY) == History(MONDAY + 10 * DAY)


def test_an_address_that_was_left_out_changes_nothing() -> None:
    history = History(MONDAY, unverified_since=MONDAY + DAY)

    assert next_history(history, LinkCheck(LinkStatus.EXCLUDED, "-"), MONDAY + 2 * DAY) == history


@pytest.mark.parametrize(
    "check",
    [
        LinkCheck(LinkStatus.OK, "200 OK", doubt=Doubt.GONE),
        LinkCheck(LinkStatus.REDIRECTED, "redirected", final_url="https://example.org/"),
    ],
)
def test_a_link_that_shows_something_else_fails_as_a_broken_one_does(check: LinkCheck) -> None:
    query = LinkQuery(URL)

    history = next_history(History(MONDAY), check, MONDAY + DAY, query)

    assert history == History(MONDAY, 1, MONDAY + DAY)
    assert kept(check, query) is Kept.BROKEN
    assert next_history(history, OK, MONDAY + 2 * DAY, query) == History(MONDAY + 2 * DAY)
