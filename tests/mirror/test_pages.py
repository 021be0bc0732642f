"""A page of OAI-PMH is read whole, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from enrich.mirror.pages import NothingNew, Page, TokenExpired, Unusable, read_page
from tests.internet.oai_api import OaiApi
from tests.internet.samples import SAMPLES
from tests.internet.traffic import Request
from tests.shared_data import shared


def asked(api: OaiApi, query: str = "verb=ListRecords&metadataPrefix=arXivRaw") -> bytes:
    return api.honest(Request("GET", "https", api.HOST, 443, f"{api.PATH}?{query}", (), b"", 1, 0.0)).body


@pytest.fixture
def api() -> OaiApi:
    api = OaiApi()
    api.changed("2026-11-03", SAMPLES[:1])
    api.changed("2026-11-04", SAMPLES[1:4])
    return api


def test_a_page_has_its_papers_and_the_way_to_the_next(api: OaiApi) -> None:
    api.deleted("2026-11-02", "2401.90009")

    page = read_page(asked(api))

    assert isinstance(page, Page)
    assert [(paper.id, paper.datestamp.day, paper.record is None) for paper in page.papers] == [
        ("2401.90009", 2, True),
        ("2401.90001", 3, False),
    ]
    assert page.told_on == dt.date(2026, 11, 25)
    assert page.flaws == ()
    following = read_page(asked(api, f"verb=ListRecords&resumptionToken={page.token}"))
    assert isinstance(following, Page)
    assert [paper.id for paper in following.papers] == ["2401.90002", "2402.90003"]


def test_what_the_service_marks_as_withdrawn_is_withdrawn(api: OaiApi) -> None:
    body = asked(api)

    page = read_page(
        body.replace(b"<size>401kb</size></version><title>", b"<size>0kb</size></version><title>")
    )
    by_sort = read_page(
        body.replace(b"kb</size></version><title>", b"kb</size><source_type>I</source_type></version><title>")
    )

    for one in (page, by_sort):
        assert isinstance(one, Page)
        assert all(paper.record and paper.record.withdrawn for paper in one.papers)
    honest = read_page(body)
    assert isinstance(honest, Page)
    assert not any(paper.record and paper.record.withdrawn for paper in honest.papers)


def test_one_record_that_cannot_be_read_is_told_and_costs_no_other(api: OaiApi) -> None:
    api.page = 9
    body = (
        asked(api)
        .replace(b'version="v2"', b'version="v9"', 1)
        .replace(b"oai:arXiv.org:2402.90003", b"oai:else:1", 1)
    )

    page = read_page(body)

    assert isinstance(page, Page)
    assert {paper.id: paper.record is None for paper in page.papers} == {
        "2401.90001": True, "2401.90002": False, "astro-ph/0601999": False,
    }  # fmt: skip
    assert page.flaws == (
        "the record of 2401.90001 can't be read: its versions are not all there",
        "a record can't be read: `oai:else:1` is no paper of arXiv's",
    )


def test_metadata_of_another_paper_are_no_record(api: OaiApi) -> None:
    page = read_page(asked(api).replace(b"<id>2401.90001</id>", b"<id>2401.90002</id>"))

    assert isinstance(page, Page)
    assert page.papers[0].record is None
    assert page.flaws == ("the record of 2401.90001 can't be read: its metadata are those of 2401.90002",)


def test_errors_of_the_protocol_are_told_apart(api: OaiApi) -> None:
    nothing = read_page(asked(api, "verb=ListRecords&metadataPrefix=arXivRaw&from=2026-11-09"))
    expired = read_page(asked(api, "verb=ListRecords&resumptionToken=old"))
    refused = read_page(asked(api, "verb=ListRecords&metadataPrefix=marc"))

    assert nothing == NothingNew(dt.date(2026, 11, 25))
    assert expired == TokenExpired()
    assert refused == Unusable("cannotDisseminateFormat: Only arXivRaw is played here", is_final=True)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the answer is no OAI-PMH"),
        (b"<!DOCTYPE html><html></html>", "the answer is a page, no OAI-PMH"),
        (b"<OAI-PMH><ListRecords>", "the answer is cut short"),
        (b"<OAI-PMH><a></OAI-PMH>", "the answer is not well-formed"),
        (b"<OAI-PMH></OAI-PMH>", "the answer is no OAI-PMH"),
        (b"<?xml version='1.0' encoding='x'?><OAI-PMH></OAI-PMH>", "the answer is not well-formed"),
        (
            b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"></OAI-PMH>',
            "does not say when it was given",
        ),
        (
            b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            b"<responseDate>2026-11-25T10:00:00Z</responseDate></OAI-PMH>",
            "the answer holds no list of records",
        ),
    ],
)
def test_what_is_no_page_is_never_taken_for_the_end_of_the_list(body: bytes, why: str) -> None:
    read = read_page(body)

    assert isinstance(read, Unusable)
    assert why in read.detail
    assert not read.is_final


def test_a_real_record_is_read() -> None:
    recorded = shared("arxiv", "other", "oai", "fatcat_GetRecord_arXivRaw_1810.09584.xml").read_bytes()

    page = read_page(recorded.replace(b"GetRecord>", b"ListRecords>"))

    assert isinstance(page, Page)
    (paper,) = page.papers
    assert paper.record
    assert paper.record.authors == ("Raphael Chetrite", "Shamik Gupta", "Izaak Neri", "Édgar Roldán")
    assert paper.record.versions == (dt.date(2018, 10, 22), dt.date(2019, 1, 13))
    assert (paper.datestamp, page.token) == (dt.date(2019, 1, 15), None)
