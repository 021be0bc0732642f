"""An update comes to its end over bad days, and goes on where it was."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from enrich.http import ApiRequest, ApiResponse
from enrich.mirror.census import census
from enrich.mirror.reading import Mirror
from enrich.mirror.updating import Updated, update
from enrich.mirror.writing import writing
from enrich.models import Failure, Reason, Record, RecordQuery
from tests.internet.oai_api import OaiApi
from tests.internet.replies import Reply
from tests.internet.samples import SAMPLES
from tests.internet.traffic import Request
from tests.mirror.snapshots import imported, line, mirror_of, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANY = [dict(SAMPLES[0], id=f"2611.{number:05}", title=f"The {number}th Sheep") for number in range(1, 8)]


@dataclass
class Served:
    """arXiv's OAI-PMH as an `Api`, without a wire; *spoil* makes another answer of the n-th one, from 1."""

    oai: OaiApi
    spoil: dict[int, Callable[[ApiResponse], ApiResponse | Failure]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        self.asked.append(dict(request.params))
        path = f"{OaiApi.PATH}?{urlencode(request.params)}"
        told = self.oai.honest(Request("GET", "https", OaiApi.HOST, 443, path, (), b"", 1, 0.0))
        assert isinstance(told, Reply)
        answer = ApiResponse(told.status, (), told.body)
        spoil = self.spoil.get(len(self.asked))
        return spoil(answer) if spoil else answer


@pytest.fixture
def oai() -> OaiApi:
    oai = OaiApi()
    oai.changed("2026-11-01", SAMPLES[:1])
    for number, record in enumerate(MANY):
        oai.changed(f"2026-11-{10 + number}", [record])
    return oai


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    return mirror_of(tmp_path, SAMPLES[:2])


def updated(mirror: Path, served: Served, told: list[str] | None = None) -> Updated:
    with writing(mirror) as writer:
        since = writer.facts.newest
        assert since
        return asyncio.run(
            update(
                served,
                writer,
                since,
                endpoint="https://oaipmh.arxiv.org/oai",
                pace_s=0.0,
                tell=(told if told is not None else []).append,
                show=lambda *_: None,
            )
        )


def has(mirror: Path, name: str) -> bool:
    opened = Mirror(mirror)
    found = opened.get(RecordQuery("arxiv", name)) is not None
    opened.close()
    return found


def test_all_that_has_changed_comes_page_by_page(mirror: Path, oai: OaiApi) -> None:
    served = Served(oai)

    done = updated(mirror, served)

    assert (done.pages, done.written.new, done.failure) == (4, 7, None)
    assert served.asked[0] == {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-11-01"}
    assert all(set(one) == {"verb", "resumptionToken"} for one in served.asked[1:])
    assert all(has(mirror, record["id"]) for record in MANY)
    found = census(mirror)
    assert found
    assert (found.newest, found.whole_on) == (dt.date(2026, 11, 16), dt.date(2026, 11, 25))
    assert not found.is_updating


def test_the_next_update_asks_from_the_newest_day_on(mirror: Path, oai: OaiApi) -> None:
    updated(mirror, Served(oai))
    served = Served(oai)

    again = updated(mirror, served)

    assert served.asked == [{"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-11-16"}]
    assert (again.written.new, again.written.unchanged) == (0, 1)


def test_nothing_new_is_an_end(mirror: Path) -> None:
    done = updated(mirror, Served(OaiApi()))

    assert (done.pages, done.failure) == (0, None)
    found = census(mirror)
    assert found
    assert (found.newest, found.whole_on) == (dt.date(2026, 11, 1), dt.date(2026, 11, 25))


def test_what_arxiv_deleted_is_no_longer_answered_and_no_old_snapshot_brings_it_back(
    mirror: Path, oai: OaiApi, tmp_path: Path
) -> None:
    oai.deleted("2026-11-20", "2401.90001")

    done = updated(mirror, Served(oai))
    mirror_of(tmp_path, SAMPLES[:2])

    assert done.written.deleted == 1
    assert not has(mirror, "2401.90001")
    assert has(mirror, "2401.90002")


def expired(answer: ApiResponse) -> ApiResponse:
    body = answer.content
    begin, end = body.index(b"<ListRecords>"), body.index(b"</ListRecords>")
    error = b'<error code="badResumptionToken">expired</error>'
    return ApiResponse(answer.status, (), body[:begin] + error + body[end + len(b"</ListRecords>") :])


def test_a_token_that_is_no_longer_known_costs_no_record(mirror: Path, oai: OaiApi) -> None:
    served = Served(oai, {3: expired})

    done = updated(mirror, served)

    assert done.failure is None
    assert served.asked[3] == {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-11-12"}
    assert all(has(mirror, record["id"]) for record in MANY)


def test_tokens_that_never_last_are_no_endless_loop(mirror: Path, oai: OaiApi) -> None:
    served = Served(oai, dict.fromkeys(range(2, 99), expired))

    done = updated(mirror, served)

    assert done.failure == "arXiv knows the token of its own list no more"
    assert len(served.asked) == 4


def test_after_a_failure_the_next_update_goes_on_with_the_token(mirror: Path, oai: OaiApi) -> None:
    down = Failure(Reason.SERVER_ERROR, "arxiv-oai: 503 Service Unavailable")
    first = updated(mirror, Served(oai, {3: lambda _: down}))
    between = census(mirror)
    served = Served(oai)

    second = updated(mirror, served)

    assert (first.failure, first.pages) == (down.detail, 2)
    assert between
    assert between.is_updating
    assert between.whole_on == dt.date(2026, 11, 1)
    assert "resumptionToken" in served.asked[0]
    assert (second.failure, second.written.new) == (None, 4)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: ApiResponse(200, (), answer.content[: len(answer.content) // 2]),
        lambda _: ApiResponse(200, (), b""),
        lambda _: ApiResponse(200, (), b"<!DOCTYPE html><p>busy</p>"),
    ],
)
def test_a_page_that_is_none_is_asked_for_again(
    mirror: Path, oai: OaiApi, spoil: Callable[[ApiResponse], ApiResponse]
) -> None:
    once = updated(mirror, Served(oai, {2: spoil}))

    assert once.failure is None
    assert all(has(mirror, record["id"]) for record in MANY)


def test_three_of_them_in_a_row_are_enough(mirror: Path, oai: OaiApi) -> None:
    served = Served(oai, dict.fromkeys(range(2, 99), lambda _: ApiResponse(200, (), b"")))

    assert updated(mirror, served).failure == "the answer is no OAI-PMH"
    assert len(served.asked) == 4


@pytest.mark.parametrize("status", [301, 403, 404])
def test_another_status_is_the_services_last_word(mirror: Path, oai: OaiApi, status: int) -> None:
    served = Served(oai, {1: lambda answer: ApiResponse(status, (), answer.content)})

    failure = updated(mirror, served).failure

    assert failure
    assert failure.startswith(f"arXiv answered {status}")
    assert len(served.asked) == 1


def test_an_expired_token_may_come_with_another_status(mirror: Path, oai: OaiApi) -> None:
    served = Served(oai, {2: lambda answer: ApiResponse(400, (), expired(answer).content)})

    assert updated(mirror, served).failure is None


def test_a_list_that_leads_back_to_itself_ends(mirror: Path, oai: OaiApi) -> None:
    first: list[ApiResponse] = []

    def repeated(answer: ApiResponse) -> ApiResponse:
        first.append(answer)
        return first[0]

    done = updated(mirror, Served(oai, dict.fromkeys(range(1, 99), repeated)))

    assert done.failure == "arXiv's list leads back to where it was"


def test_a_record_that_cannot_be_read_is_told_and_the_old_one_answers_no_more(
    mirror: Path, oai: OaiApi
) -> None:
    told: list[str] = []
    served = Served(
        oai,
        {1: lambda answer: ApiResponse(200, (), answer.content.replace(b'version="v2"', b'version="v7"'))},
    )

    done = updated(mirror, served, told)

    assert done.flawed == len(told) == 2
    assert told[0] == "the record of 2401.90001 can't be read: its versions are not all there"
    assert not has(mirror, "2401.90001")
    assert done.failure is None


def test_a_snapshot_does_not_take_away_that_arxiv_marks_a_paper_as_withdrawn(
    mirror: Path, oai: OaiApi, tmp_path: Path
) -> None:
    def is_withdrawn() -> bool:
        opened = Mirror(mirror)
        answer = opened.get(RecordQuery("arxiv", "2401.90001"))
        opened.close()
        assert answer
        assert isinstance(answer.outcome, Record)
        return answer.outcome.withdrawn

    marked = dict(SAMPLES[0], withdrawn=True, comment="We withdraw nothing")
    oai.changed("2026-11-20", [marked])
    updated(mirror, Served(oai))
    assert is_withdrawn()

    imported(mirror, write(tmp_path / "same", [line(SAMPLES[0], "2026-11-21")]))
    assert is_withdrawn()

    again = dict(SAMPLES[0], versions=4, updated="2026-11-22")
    imported(mirror, write(tmp_path / "newer", [line(again, "2026-11-22")]))
    assert not is_withdrawn()


def test_a_datestamp_that_lies_ahead_hides_nothing(mirror: Path, oai: OaiApi) -> None:
    oai.changed("2099-01-01", [dict(SAMPLES[0], id="2611.00099")])

    updated(mirror, Served(oai))

    found = census(mirror)
    assert found
    assert found.newest == dt.date(2026, 11, 16)
    assert has(mirror, "2611.00099")
