from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http import ApiResponse
from enrich.models import Failure, Notice, NoticeKind, Record, WorkKind
from enrich.sources.crossref.works import read_list, read_work, record
from tests.internet.works import SAMPLES, crossref
from tests.sources.damage import damaged
from tests.sources.recordings import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

GENTLE = SAMPLES[0]
DOI = GENTLE.doi
WORK = crossref(GENTLE)
FORMULA = "<mml:math><mml:mi>x</mml:mi></mml:math>"
LNCS = "Lecture Notes in Computer Science"


def listed(*works: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {
        "status": "ok",
        "message": {"total-results": len(works) if total is None else total, "items": list(works)},
    }


def answer(told: object, status: int = 200) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


def told(**changed: object) -> Record:
    return record(DOI, WORK | changed)


def test_a_record_says_what_the_publisher_deposited() -> None:
    assert read_list(answer(listed(WORK)), (DOI,)) == {
        DOI: Record(
            "doi",
            DOI,
            "Gentle Gradients for Impatient Machines",
            ("Ada Example", "Émile Exemple"),
            doi=DOI,
            license="https://creativecommons.org/licenses/by/4.0/",
            kind=WorkKind.ARTICLE,
            venue="Journal of Invented Results",
            year=2021,
            arxiv="2001.00001",
        )
    }


def test_a_doi_is_found_however_it_is_capitalised() -> None:
    assert read_list(answer(listed(WORK | {"DOI": DOI.upper()})), (DOI,)) == {DOI: told()}


@pytest.mark.parametrize(
    ("title", "subtitle", "read"),
    [
        (["On <i>E. coli</i> &amp; friends"], [], "On E. coli & friends"),
        (["Attention"], ["All You Need"], "Attention: All You Need"),
        (["Is it?"], ["Yes"], "Is it? Yes"),
        (["Attention: All You Need"], ["all you need"], "Attention: All You Need"),
        (["  Two\n   lines "], None, "Two lines"),
        ([f"On {FORMULA}"], None, f"On {FORMULA}"),
        ([], None, ""),
        (None, ["Alone"], ""),
        (["x" * 3000], None, ""),
        ("Not a list", None, "Not a list"),
        ([None, "Second"], None, "Second"),
    ],
)  # fmt: skip
def test_titles_are_plain_and_whole(title: object, subtitle: object, read: str) -> None:
    assert told(title=title, subtitle=subtitle).title == read


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"given": "W.", "family": "Chou"}, "W. Chou"),
        ({"family": "Doantam Phan"}, "Doantam Phan"),
        ({"given": "John", "family": "Smith", "suffix": "Jr."}, "John Smith Jr."),
        ({"name": "The Invented Collaboration"}, "The Invented Collaboration"),
        ({"given": "Andr&#233;", "family": "O\u2019Neil"}, "André O\u2019Neil"),
    ],
)
def test_names_are_read_as_they_are_spoken(author: object, name: str) -> None:
    assert told(author=[author, {"affiliation": []}, None]).authors == (name,)


@pytest.mark.parametrize(
    ("kind", "titles", "venue"),
    [
        ("journal-article", ["IT Professional"], "IT Professional"),
        ("journal-article", ["Lecture Notes on Nothing"], "Lecture Notes on Nothing"),
        ("book-chapter", [LNCS, "Computer Vision – ECCV 2018"], "Computer Vision – ECCV 2018"),
        ("book-chapter", [LNCS], LNCS),
        ("proceedings-article", ["Proceedings of X &amp; Y"], "Proceedings of X & Y"),
        ("journal-article", [], None),
        ("posted-content", ["bioRxiv"], None),
        ("journal-article", ["SSRN Electronic Journal"], None),
        ("monograph", ["Studies in Nothing"], None),
        ("peer-review", ["Journal of Invented Results"], None),
    ],
)  # fmt: skip
def test_the_venue_is_the_journal_or_the_book(kind: str, titles: list[str], venue: str | None) -> None:
    assert told(type=kind, **{"container-title": titles}).venue == venue


@pytest.mark.parametrize("type_", ["posted-content", "journal-article"])
def test_a_preprint_is_never_a_published_version(type_: str) -> None:
    related = [{"id-type": "doi", "id": "10.1234/published"}, {"id": "10.2139/ssrn.2"}]
    work = WORK | {
        "type": type_,
        "container-title": ["SSRN Electronic Journal"],
        "relation": {"is-preprint-of": related},
    }

    found = record("10.2139/ssrn.2250500", work)

    assert found.kind is WorkKind.PREPRINT
    assert found.venue is None
    assert found.doi == "10.1234/published"
    assert found.arxiv is None


def test_a_preprint_of_which_nothing_is_known_was_not_published() -> None:
    assert record("10.1101/2024.04.01.587366", WORK | {"relation": {}}).doi is None


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ({"issued": {"date-parts": [[2002, 9]]}}, 2002),
        ({"issued": {"date-parts": [[None]]}, "published": {"date-parts": [["2003"]]}}, 2003),
        ({"issued": {"date-parts": [[3]]}}, None),
        ({"issued": {"date-parts": []}}, None),
        ({"issued": None}, None),
    ],
)
def test_the_year_is_that_of_the_publication(dates: dict[str, Any], year: int | None) -> None:
    assert told(**({"issued": None, "published": None} | dates)).year == year


def update(kind: str, doi: str = "10.5555/notice", parts: Sequence[int] = (2024, 2, 3)) -> dict[str, object]:
    return {"DOI": doi, "type": kind, "updated": {"date-parts": [list(parts)]}, "source": "publisher"}


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("retraction", NoticeKind.RETRACTION),
        ("Withdrawal", NoticeKind.RETRACTION),
        ("expression_of_concern", NoticeKind.CONCERN),
        ("partial_retraction", NoticeKind.CONCERN),
        ("corrigendum", NoticeKind.CORRECTION),
    ],
)
def test_what_was_said_of_a_work_later_is_a_notice(kind: str, read: NoticeKind) -> None:
    found = told(**{"updated-by": [update(kind), update(kind) | {"source": "retraction-watch"}]})

    assert found.notices == (Notice(read, "10.5555/notice", dt.date(2024, 2, 3)),)


def test_a_notice_without_a_whole_date_stands_all_the_same() -> None:
    found = told(**{"updated-by": [update("erratum", parts=[2024])]})

    assert found.notices == (Notice(NoticeKind.CORRECTION, "10.5555/notice", None),)


def test_a_new_edition_is_no_notice() -> None:
    assert told(**{"updated-by": [update("new_edition"), None, {}]}).notices == ()


def test_a_notice_is_not_about_itself_but_where_it_says_so() -> None:
    assert told(**{"update-to": [update("retraction", "10.5555/other")]}).notices == ()
    assert told(**{"update-to": [update("retraction", DOI)]}).notices[0].kind is NoticeKind.RETRACTION


@pytest.mark.parametrize("mark", ["RETRACTED: ", "RETRACTED ARTICLE: ", "WITHDRAWN: ", "Retracted: "])
def test_a_title_that_says_so_is_a_retraction_and_keeps_its_words(mark: str) -> None:
    found = told(title=[f"{mark}A Good Idea"])

    assert found.title == "A Good Idea"
    assert found.notices == (Notice(NoticeKind.RETRACTION),)


def test_a_title_about_retractions_is_none() -> None:
    assert told(title=["Retracted Articles and Their Citations"]).notices == ()


def test_only_a_licence_that_holds_from_the_first_day_is_one() -> None:
    later = {"content-version": "vor", "delay-in-days": 365, "URL": "https://example.org/later"}
    mining = {"content-version": "tdm", "delay-in-days": 0, "URL": "https://example.org/tdm"}
    own = {"content-version": "vor", "delay-in-days": 0, "URL": "https://example.org/own"}
    free = {"content-version": "vor", "URL": "http://creativecommons.org/licenses/by/4.0/"}
    script = {"content-version": "vor", "URL": "javascript:alert(1)"}

    assert told(license=[later, mining, script]).license is None
    assert told(license=[later, own]).license == "https://example.org/own"
    assert told(license=[own, free]).license == "http://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": None},
        {"message": {"items": []}},
        {"message": {"items": {}, "total-results": 0}},
        listed(total=1),
        listed(WORK | {"DOI": "10.5555/another"}),
        listed(WORK | {"DOI": None}),
        [],
        "x",
    ],
)
def test_an_answer_that_is_none_is_a_failure(body: object) -> None:
    assert isinstance(read_list(answer(body), (DOI,)), Failure)


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"message":', b"null"])
@pytest.mark.parametrize("status", [200, 302, 403, 404])
def test_what_is_no_json_is_a_failure(content: bytes, status: int) -> None:
    garbled = ApiResponse(status, (), content)

    assert isinstance(read_list(garbled, (DOI,)), Failure)
    assert isinstance(read_work(garbled, DOI), Failure)


def test_absent_is_believed_only_as_crossref_says_it() -> None:
    assert read_work(ApiResponse(404, (), b"Resource not found."), DOI) == {}
    assert isinstance(read_work(ApiResponse(404, (), b"<h1>404</h1>"), DOI), Failure)


def test_a_work_asked_alone_is_read_like_the_others() -> None:
    assert read_work(answer({"message": WORK}), DOI) == {DOI: told()}


@given(st.sampled_from(SAMPLES[:3]).flatmap(lambda work: damaged(listed(crossref(work)))))
def test_nothing_in_an_answer_breaks_the_reader(spoilt: ApiResponse) -> None:
    read = read_list(spoilt, tuple(work.doi for work in SAMPLES[:3]))

    assert isinstance(read, dict | Failure)
    if isinstance(read, dict):
        for found in read.values():
            "".join((found.title, found.venue or "", *found.authors)).encode()


def test_every_recorded_work_is_read() -> None:
    works: list[dict[str, Any]] = []
    for one in recorded("api.crossref.org"):
        message = (one.json() or {}).get("message", {}) if isinstance(one.json(), dict) else {}
        works += message.get("items", [message] if "DOI" in message else [])

    records = [record(work["DOI"].lower(), work) for work in works]

    assert len(records) > 30
    kinds = {found.id: found.kind for found in records}
    assert kinds["10.1101/2024.04.01.587366"] is WorkKind.PREPRINT
    chemistry = next(found for found in records if found.id == "10.1038/s42256-024-00832-8" and found.venue)
    assert chemistry.venue == "Nature Machine Intelligence"
    assert chemistry.title == "Augmenting large language models with chemistry tools"
    assert chemistry.authors[0] == "Andres M. Bran"
    assert chemistry.year == 2024
    assert sum(not found.title for found in records) == 0


def test_a_recorded_list_is_an_answer() -> None:
    for one in recorded("api.crossref.org"):
        if "/works?rows=20" in one.url:
            dois = tuple(item["DOI"].lower() for item in one.json()["message"]["items"])

            read = read_list(one.answer, dois)

            assert isinstance(read, dict)
            assert set(read) == set(dois)
