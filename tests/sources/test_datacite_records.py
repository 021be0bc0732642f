from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http import ApiResponse
from enrich.models import Failure, Record, WorkKind
from enrich.sources.datacite.records import arxiv_record, read_answer, record
from tests.internet.works import SAMPLES, datacite
from tests.shared_data import shared
from tests.sources.damage import damaged
from tests.sources.recordings import recorded

PREPRINT, SOFTWARE = SAMPLES[3], SAMPLES[4]
DOI = PREPRINT.doi
WORK = datacite(PREPRINT)["attributes"]


def listed(*data: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"data": list(data), "meta": {"total": len(data) if total is None else total}}


def answer(told: object, status: int = 200) -> ApiResponse:
    return ApiResponse(status, (), json.dumps(told).encode())


def told(**changed: object) -> Record:
    return record(DOI, WORK | changed)


def test_a_preprint_is_one_and_was_published_nowhere() -> None:
    assert told() == Record(
        "doi",
        DOI,
        "A Preprint That Stayed One",
        ("Ada Example", "Noah Nobody"),
        abstract="It is made up.",
        license="https://creativecommons.org/licenses/by/4.0/legalcode",
        kind=WorkKind.PREPRINT,
        year=2020,
    )


def test_a_paper_of_arxiv_is_told_in_arxiv_s_words() -> None:
    comment = {"description": "12 pages,\n3 figures", "descriptionType": "Other"}
    related = {
        "relatedIdentifier": "10.1234/Published",
        "relatedIdentifierType": "DOI",
        "relationType": "IsVersionOf",
    }
    days = (dt.date(2020, 3, 1), dt.date(2020, 5, 2))

    assert arxiv_record(
        "2003.00003",
        WORK | {"descriptions": [*WORK["descriptions"], comment], "relatedIdentifiers": [related]},
    ) == Record(
        "arxiv",
        "2003.00003",
        "A Preprint That Stayed One",
        ("Ada Example", "Noah Nobody"),
        published=days[0],
        updated=days[1],
        version=2,
        doi="10.1234/published",
        comment="12 pages, 3 figures",
        abstract="It is made up.",
        license="https://creativecommons.org/licenses/by/4.0/legalcode",
        versions=days,
    )


@pytest.mark.parametrize("lost", [{"titles": []}, {"creators": None}, {"dates": [{"dateType": "Issued"}]}])
def test_half_a_paper_of_arxiv_is_none(lost: dict[str, object]) -> None:
    assert arxiv_record("2003.00003", WORK | lost) is None


def test_a_withdrawn_paper_says_so() -> None:
    comment = {"description": "This paper has been withdrawn by the authors", "descriptionType": "Other"}

    found = arxiv_record("2003.00003", WORK | {"descriptions": [comment]})

    assert found is not None
    assert found.withdrawn


def test_versions_of_which_some_are_missing_are_not_listed() -> None:
    found = arxiv_record("2003.00003", WORK | {"version": "3"})

    assert found is not None
    assert (found.version, found.versions) == (3, ())


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ({"name": "Peroni, Silvio", "nameType": "Personal"}, "Silvio Peroni"),
        ({"name": "x", "givenName": "Grace", "familyName": "van der Probe"}, "Grace van der Probe"),
        ({"name": "King, Martin Luther, Jr.", "nameType": "Personal"}, "Martin Luther King Jr."),
        ({"name": "OpenAI", "nameType": "Organizational"}, "OpenAI"),
        ({"name": "Ideas, Inc.", "nameType": "Organizational"}, "Ideas, Inc."),
        ({"name": "Plain Name"}, "Plain Name"),
        ({"name": "Lévy, J. -P.", "givenName": "J. -P.", "familyName": "Lévy"}, "J.-P. Lévy"),
    ],
)  # fmt: skip
def test_names_are_turned_round(creator: object, name: str) -> None:
    assert told(creators=[creator, {"name": None}, 7]).authors == (name,)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"resourceTypeGeneral": "ConferencePaper"}, WorkKind.PROCEEDINGS),
        ({"resourceTypeGeneral": "Text", "resourceType": "Journal Article"}, WorkKind.ARTICLE),
        ({"resourceTypeGeneral": "Text", "resourceType": "Poem"}, WorkKind.OTHER),
        ({"resourceTypeGeneral": None}, WorkKind.OTHER),
        (None, WorkKind.OTHER),
    ],
)
def test_kinds_are_told_apart(types: object, kind: WorkKind) -> None:
    assert record("10.4230/lipics.x.1", WORK | {"types": types}).kind is kind


def test_a_paper_in_a_container_has_a_venue_and_a_repository_is_none() -> None:
    paper = WORK | {"types": {"resourceTypeGeneral": "ConferencePaper"}, "container": {"title": "MFCS 2021"}}
    software = datacite(SOFTWARE)["attributes"] | {"container": {"title": "Zenodo"}}

    assert record("10.4230/lipics.x.1", paper).venue == "MFCS 2021"
    assert record("10.4230/lipics.x.1", paper).doi == "10.4230/lipics.x.1"
    assert record(SOFTWARE.doi, software).venue is None


def test_a_published_paper_names_its_preprint() -> None:
    related = {
        "relatedIdentifier": "arXiv:2003.00003",
        "relatedIdentifierType": "arXiv",
        "relationType": "IsVariantFormOf",
    }
    cited = related | {"relatedIdentifier": "arXiv:2001.00001", "relationType": "References"}
    paper = WORK | {
        "types": {"resourceTypeGeneral": "JournalArticle"},
        "relatedIdentifiers": [cited, related],
    }

    assert record("10.1234/x", paper).arxiv == "2003.00003"


def test_a_repository_s_doi_for_all_versions_is_no_publication() -> None:
    related = {
        "relatedIdentifier": "10.48550/other.1",
        "relatedIdentifierType": "DOI",
        "relationType": "IsVersionOf",
    }

    assert told(relatedIdentifiers=[related]).doi is None


def test_translated_titles_are_not_the_title() -> None:
    titles = [{"title": "Ein Titel", "titleType": "TranslatedTitle"}, {"title": "A Title"}]

    assert told(titles=titles).title == "A Title"
    assert told(titles=titles[:1]).title == ""


def test_open_access_is_no_licence() -> None:
    assert told(rightsList=[{"rightsUri": "info:eu-repo/semantics/openAccess"}]).license is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": []},
        {"data": {}, "meta": {"total": 0}},
        {"errors": [{"status": "400"}]},
        listed(total=1),
        listed({"attributes": WORK | {"doi": "10.5555/another"}}),
        listed({"attributes": None}),
        [],
    ],
)
def test_an_answer_that_is_none_is_a_failure(body: object) -> None:
    assert isinstance(read_answer(answer(body), (DOI,)), Failure)


@pytest.mark.parametrize("status", [301, 400, 404])
def test_another_status_is_a_failure(status: int) -> None:
    assert isinstance(read_answer(answer(listed({"attributes": WORK}), status), (DOI,)), Failure)


def test_a_doi_that_is_not_public_is_not_there() -> None:
    assert read_answer(answer(listed({"attributes": WORK | {"state": "registered"}})), (DOI,)) == {}


@given(st.sampled_from(SAMPLES[3:]).flatmap(lambda work: damaged(listed(datacite(work)))))
def test_nothing_in_an_answer_breaks_the_reader(spoilt: ApiResponse) -> None:
    found = read_answer(spoilt, (DOI, SOFTWARE.doi))

    assert isinstance(found, dict | Failure)
    if isinstance(found, dict):
        for doi, attributes in found.items():
            read = record(doi, attributes)
            "".join((read.title, read.venue or "", *read.authors)).encode()
            arxiv_record("2003.00003", attributes)


def test_every_recorded_answer_is_read() -> None:
    records = {}
    for one in recorded("api.datacite.org"):
        attributes = one.json()["data"]["attributes"]
        records[attributes["doi"]] = record(attributes["doi"], attributes)

    croci = records["10.48550/arxiv.1902.02534"]
    assert croci.authors == ("Ivan Heibi", "Silvio Peroni", "David Shotton")
    assert croci.kind is WorkKind.PREPRINT
    assert croci.license == "https://creativecommons.org/licenses/by/4.0/legalcode"
    assert records["10.5281/zenodo.48440"].kind is WorkKind.OTHER


def test_a_recorded_paper_of_arxiv_is_whole() -> None:
    (attributes,) = (
        one.json()["data"]["attributes"] for one in recorded("api.datacite.org") if "1902.02534" in one.url
    )

    found = arxiv_record("1902.02534", attributes)

    assert found is not None
    assert found.published == dt.date(2019, 2, 7)
    assert found.versions == (dt.date(2019, 2, 7), dt.date(2019, 6, 21))
    assert found.comment == "7 pages, 3 figures, accepted to ISSI 2019 (https://www.issi2019.org/)"


def test_a_thousand_recorded_dois_are_read() -> None:
    with gzip.open(
        shared("arxiv", "other", "datacite", "fatcat_datacite_1k_records.jsonl.gz"), "rt"
    ) as lines:
        works = [json.loads(line)["attributes"] for line in lines]

    records = [record(work["doi"], work) for work in works]

    assert len(records) == 1000
    assert sum(bool(found.title and found.authors) for found in records) > 900
