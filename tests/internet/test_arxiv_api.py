"""arXiv's API as it is played, row by row what the project knows of the real one."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.internet.arxiv_client import API, NS, Asker, error_of, ids_of, total_of
from tests.internet.library import Library
from tests.internet.samples import SAMPLES
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.internet import Internet


@pytest.fixture
def asker(sample_internet: Internet) -> Iterator[Asker]:
    asker = Asker(sample_internet)
    with asker.http:
        yield asker


# -- the feed ----------------------------------------------------------------------------------


def _recordings() -> list[Any]:
    folder = shared("arxiv", "atom")
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def _as_record(entry: ET.Element) -> dict[str, Any]:
    """A record that makes *entry* again."""

    def text(path: str) -> str | None:
        return entry.findtext(path, None, NS)

    name, _, version = (text("a:id") or "").removeprefix("http://arxiv.org/abs/").rpartition("v")
    primary = entry.find("x:primary_category", NS)
    return {
        "id": name,
        "versions": int(version),
        "title": text("a:title"),
        "abstract": text("a:summary"),
        "published": text("a:published"),
        "updated": text("a:updated"),
        "comment": text("x:comment"),
        "journal_ref": text("x:journal_ref"),
        "doi": text("x:doi"),
        "categories": [category.get("term") for category in entry.findall("a:category", NS)],
        "primary_category": None if primary is None else primary.get("term"),
        "authors": [
            {
                "name": author.findtext("a:name", None, NS),
                "affiliations": [found.text for found in author.findall("x:affiliation", NS)],
            }
            for author in entry.findall("a:author", NS)
        ],
    }


def _comparable(feed: str) -> tuple[str, list[str]]:
    """A feed without what the moment and the size of the collection decide: its head, its sorted entries."""
    feed = re.sub(r"<updated>2026-[^<]*</updated>", "<updated/>", feed, count=1)
    feed = re.sub(r"(<title>Error</title>\s*)<updated>[^<]*</updated>", r"\1<updated/>", feed)
    feed = re.sub(r"<opensearch:totalResults>\d+<", "<opensearch:totalResults><", feed)
    entries = re.findall(r"  <entry>.*?</entry>\n", feed, re.DOTALL)
    return re.sub(r"  <entry>.*</entry>\n", "", feed, flags=re.DOTALL), sorted(entries)


def test_every_recorded_feed_is_written_again_byte_for_byte(internet: Internet) -> None:
    compared = 0
    for recording in _recordings():
        # The recorder read UTF-8 as Latin-1.
        body = recording["body"].encode("latin-1").decode("utf-8")
        if recording["status_code"] == 200:
            entries = ET.fromstring(body.encode()).findall("a:entry", NS)
            internet.arxiv.library = Library(map(_as_record, entries))
            internet.arxiv.stable_pages = True
        asked = {name: values[0] for name, values in parse_qs(urlsplit(recording["url"]).query).items()}
        later_page = "start" in asked and asked["start"] != "0"
        with Asker(internet).http as http:
            answer = http.get(API, params=asked | ({"start": "0"} if later_page else {}))

        assert answer.status_code == recording["status_code"]
        ours, theirs = (
            _comparable(re.sub("<updated>[^<]*<", "<updated>2026-<", answer.text, count=1)),
            _comparable(body),
        )
        if not later_page:  # the identifier of a feed is a digest of its query
            assert ours[0] == theirs[0]
        assert ours[1] == theirs[1]
        compared += len(theirs[1])

    assert compared > 200


def test_an_entry_has_its_elements_in_the_order_of_the_service(asker: Asker) -> None:
    answer = asker.get(id_list="2402.90003")

    entry = ET.fromstring(answer.content).find("a:entry", NS)
    assert entry is not None
    assert [child.tag.rpartition("}")[2] for child in entry] == [
        *("id", "title", "updated", "link", "link", "summary", "category", "published"),
        *("primary_category", "journal_ref", *["author"] * 5, "doi", "link", "doi", "link"),
    ]
    assert [child.get("title") for child in entry.findall("a:link", NS)] == [None, "pdf", "doi", "doi"]
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "at $\\alpha &lt; 1$ &amp; beyond</title>" in answer.text
    assert [author.findtext("a:name", None, NS) for author in entry.findall("a:author", NS)][:2] == [
        "MEADOW",
        ":",
    ]


def test_identifiers_are_http_with_a_version_and_links_are_https(asker: Asker) -> None:
    text = asker.get(id_list="astro-ph/0601999").text

    assert "<id>http://arxiv.org/abs/astro-ph/0601999v1</id>" in text
    assert '<link href="https://arxiv.org/abs/astro-ph/0601999v1" rel="alternate"' in text
    assert "<summary>  An old summary" in text
    assert text.count("<arxiv:affiliation>") == 2


# -- id_list -----------------------------------------------------------------------------------


def test_one_malformed_id_costs_the_whole_batch_and_only_the_first_is_named(asker: Asker) -> None:
    answer = asker.get(id_list="2401.90001,abc,xyz,2401.90002")

    assert error_of(answer) == (
        400,
        "incorrect id format for abc",
        "https://arxiv.org/api/errors#incorrect_id_format_for_abc",
    )
    assert total_of(answer) == 1


@pytest.mark.parametrize(
    "name",
    [
        *(
            "hf2401.90001",
            "arXiv:2401.90001",
            " 2401.90001",
            "2401.90001 ",
            "https://arxiv.org/abs/2401.90001",
        ),
        *(
            "2401.1234",
            "2401.900010000002",
            "math.GT/0309999",
            "MATH/0309999",
            "2401.90001V1",
            "2401.90001v0",
        ),
        *("xmath/0309999", "2401.90001v4", "2401.90001v01"),
    ],
)
def test_what_merely_contains_an_identifier_is_accepted_and_found_nowhere(asker: Asker, name: str) -> None:
    assert asker.ids(id_list=f"{name},2401.90002") == ["2401.90002v1"]


@pytest.mark.parametrize(
    "name",
    ["abc", "704.0001", "12401.90001", "=2401.90001", "math/0329999", "nonsense/0309999", "2401.900", ""],
)
def test_what_contains_no_identifier_is_refused(asker: Asker, name: str) -> None:
    assert error_of(asker.get(id_list=f"2401.90001,{name}"))[:2] == (400, f"incorrect id format for {name}")


def test_an_unknown_identifier_is_missing_and_not_counted(asker: Asker) -> None:
    answer = asker.get(id_list="0808.05394,2401.90002")

    assert ids_of(answer) == ["2401.90002v1"]
    assert total_of(answer) == 1
    assert total_of(asker.get(id_list="0000.0000")) == 0


def test_a_bare_identifier_is_the_newest_version_and_v1_another_entry(asker: Asker) -> None:
    assert set(asker.ids(id_list="2401.90001,2401.90001v1")) == {"2401.90001v3", "2401.90001v1"}


def test_what_is_asked_twice_is_answered_once(asker: Asker) -> None:
    assert asker.ids(id_list="2401.90001,2401.90001,2401.90001v3") == ["2401.90001v3"]


def test_the_order_is_never_the_asked_one(asker: Asker) -> None:
    names = [f"{record['id']}v{record.get('versions', 1)}" for record in SAMPLES]

    for asked in (names, names[::-1], names[:2], names[1::-1]):
        told = asker.ids(id_list=",".join(asked))
        assert told != asked
        assert sorted(told) == sorted(asked)


def test_ten_are_told_where_max_results_is_not_named(internet: Internet) -> None:
    internet.arxiv.load({"id": f"2401.{number:05}", "title": "T", "authors": ["A"]} for number in range(50))
    asker = Asker(internet)

    with asker.http:
        ids = ",".join(internet.arxiv.library.papers)
        short, whole = asker.get(id_list=ids), asker.get(id_list=ids, max_results=50)

    assert (len(ids_of(short)), total_of(short), len(ids_of(whole))) == (10, 50, 50)


@pytest.mark.parametrize("asked", [{"max_results": 0}, {"max_results": 10_001}, {"start": 10_001}])
def test_a_page_out_of_reach_is_a_500(asker: Asker, asked: dict[str, int]) -> None:
    status, message, name = error_of(asker.get(id_list="2401.90001", **asked))

    assert (status, name) == (500, "https://arxiv.org/api/errors")
    assert message.startswith("The server encountered an internal error")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"max_results": "-1"}, "max_results must be non-negative"),
        ({"max_results": "many"}, "max_results must be an integer"),
        ({"start": "-1"}, "start must be non-negative"),
        ({"sortBy": "luck"}, "sortBy must be in: lastUpdatedDate, relevance, submittedDate"),
        ({"sortOrder": "up"}, "sortOrder must be in: ascending, descending"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_a_400(asker: Asker, asked: dict[str, str], message: str) -> None:
    assert error_of(asker.get(id_list="2401.90001", **asked))[:2] == (400, message)


def test_nothing_asked_is_a_400(asker: Asker) -> None:
    for asked in ({}, {"id_list": ""}, {"search_query": "all:"}):
        assert error_of(asker.get(**asked))[1].startswith(
            "Either a search_query or id_list must be specified"
        )


def test_an_address_that_is_too_long_is_a_414_and_the_same_form_is_not(asker: Asker) -> None:
    for count, got in ((250, 200), (642, 414), (700, 414)):
        ids = ",".join(f"2401.{number:05}" for number in range(count))
        asked = {"id_list": f"{ids},2401.90002", "max_results": "1000"}
        answer = asker.http.get(API, params=asked)
        assert answer.status_code == got
        form = asker.http.post(API, data=asked)
        assert (form.status_code, ids_of(form)) == (200, ["2401.90002v1"])

    assert asker.http.get(API, params=asked).headers["content-type"].startswith("text/html")


def test_pages_of_a_list_do_not_fit_together(internet: Internet) -> None:
    internet.arxiv.load({"id": f"2401.{number:05}", "title": "T", "authors": ["A"]} for number in range(100))
    ids = ",".join(internet.arxiv.library.papers)
    asker = Asker(internet)

    def all_pages() -> list[str]:
        return [
            name
            for start in range(0, 100, 20)
            for name in asker.ids(id_list=ids, start=start, max_results=20)
        ]

    with asker.http:
        assert len(all_pages()) == 100
        assert len(set(all_pages())) < 100
        internet.arxiv.stable_pages = True
        assert len(set(all_pages())) == 100


def test_a_withdrawn_paper_says_so_in_its_comment_alone(asker: Asker) -> None:
    answer = asker.get(id_list="math/0309999")

    assert ids_of(answer) == ["math/0309999v2"]
    assert "has been withdrawn by the author" in answer.text
    assert 'title="pdf"' in answer.text


def test_plain_http_is_sent_to_https_and_other_paths_are_missing(asker: Asker) -> None:
    moved = asker.http.get("http://export.arxiv.org/api/query?id_list=2401.90001")
    lost = asker.http.get("https://export.arxiv.org/api/query/search_query?id_list=2401.90001")
    refused = asker.http.put(API)

    assert (moved.status_code, moved.headers["location"]) == (301, f"{API}?id_list=2401.90001")
    assert [error_of(lost)[0], error_of(refused)[0]] == [404, 405]


def test_pages_of_arxiv_are_there_and_logged(asker: Asker) -> None:
    assert asker.http.get("https://arxiv.org/abs/2401.90001").status_code == 200
    assert asker.http.head("https://arxiv.org/pdf/2401.90001v1").status_code == 200

    assert asker.internet.log.count("arxiv.org") == 2
    assert asker.internet.log.count("export.arxiv.org") == 0


# -- search ------------------------------------------------------------------------------------


def test_a_search_repeats_its_query_as_it_was_understood(asker: Asker) -> None:
    answer = asker.get(search_query='ti:"counting sheep" legs')

    assert '<title>arXiv Query: search_query=ti:"counting sheep" OR all:legs&amp;id_list=&amp;' in answer.text
    assert "search_query=ti:%22counting+sheep%22+OR+all:legs&amp;start=0" in answer.text
    assert set(ids_of(answer)) == {"2401.90001v3", "2401.90002v1", "math/0309999v2"}


def test_a_search_is_sorted_by_date_where_that_is_asked(asker: Asker) -> None:
    by_first = ["2401.90002v1", "2401.90001v3", "astro-ph/0601999v1"]
    by_last = ["2401.90001v3", "2401.90002v1", "astro-ph/0601999v1"]

    assert asker.ids(search_query="ti:sheep", sortBy="submittedDate") == by_first
    assert asker.ids(search_query="ti:sheep", sortBy="lastUpdatedDate") == by_last
    assert asker.ids(search_query="ti:sheep", sortBy="submittedDate", sortOrder="ascending") == by_first[::-1]


def test_a_search_within_a_list_finds_what_both_name(asker: Asker) -> None:
    assert asker.ids(search_query="ti:sheep", id_list="2401.90001v1,math/0309999") == ["2401.90001v1"]


def test_a_query_without_meaning_is_a_400_and_a_leading_wildcard_a_500(asker: Asker) -> None:
    refused = error_of(asker.get(search_query="(ti:sheep"))
    failed = error_of(asker.get(search_query="ti:*heep"))

    assert refused == (400, "Invalid query string", "https://arxiv.org/api/errors")
    assert failed[0] == 500


# -- the real collection -----------------------------------------------------------------------


def test_eighteen_thousand_papers_are_answered_in_batches(
    arxiv_internet: Internet, arxiv_records: tuple[Mapping[str, Any], ...]
) -> None:
    asker = Asker(arxiv_internet)
    asked = [record["id"] for record in arxiv_records[:1000]]
    told: list[str] = []

    with asker.http:
        for begin in range(0, 1000, 250):
            query = urlencode({"id_list": ",".join(asked[begin : begin + 250]), "max_results": 250})
            told += ids_of(asker.http.get(f"{API}?{query}"))

    assert sorted(re.sub(r"v\d+$", "", name) for name in told) == sorted(asked)
    assert {
        name: versions
        for name, versions in _versions(arxiv_records[:1000])
        if f"{name}v{versions}" not in told
    } == {}


def _versions(records: tuple[Mapping[str, Any], ...]) -> Iterator[tuple[str, int]]:
    return ((record["id"], record["versions"]) for record in records if "versions" in record)
