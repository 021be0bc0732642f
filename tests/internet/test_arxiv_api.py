"""arXiv's API as it is played: row by row what the project knows of the real one, and its bad days."""

from __future__ import annotations

import json
import re
import ssl
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import arxiv
import httpx
import pytest

from tests.internet import Internet, moods
from tests.internet.library import Library
from tests.internet.moods import MOODS
from tests.internet.samples import SAMPLES
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

API = "https://export.arxiv.org/api/query"
_NS = {
    "a": "http://www.w3.org/2005/Atom",
    "x": "http://arxiv.org/schemas/atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}


class Asker:
    """Asks the API as a program would."""

    def __init__(self, internet: Internet) -> None:
        self.internet = internet
        trust = ssl.create_default_context(cafile=internet.ca_file)
        self.http = httpx.Client(proxy=internet.proxy_url, verify=trust, timeout=2, trust_env=False)

    def get(self, **asked: str | int) -> httpx.Response:
        return self.http.get(API, params=asked)

    def ids(self, **asked: str | int) -> list[str]:
        """The versioned identifiers of a feed, in its order."""
        answer = self.get(**asked)
        assert answer.status_code == 200, answer.text
        return ids_of(answer)


def ids_of(answer: httpx.Response) -> list[str]:
    root = ET.fromstring(answer.content)
    return [
        (found.text or "").removeprefix("http://arxiv.org/abs/")
        for found in root.findall("a:entry/a:id", _NS)
    ]


def total_of(answer: httpx.Response) -> int:
    return int(ET.fromstring(answer.content).findtext("o:totalResults", "-1", _NS))


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, message and identifier of an error feed."""
    entry = ET.fromstring(answer.content).find("a:entry", _NS)
    assert entry is not None
    assert entry.findtext("a:title", None, _NS) == "Error"
    assert entry.find("a:published", _NS) is None
    return answer.status_code, entry.findtext("a:summary", "", _NS), entry.findtext("a:id", "", _NS)


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
        return entry.findtext(path, None, _NS)

    name, _, version = (text("a:id") or "").removeprefix("http://arxiv.org/abs/").rpartition("v")
    primary = entry.find("x:primary_category", _NS)
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
        "categories": [category.get("term") for category in entry.findall("a:category", _NS)],
        "primary_category": None if primary is None else primary.get("term"),
        "authors": [
            {
                "name": author.findtext("a:name", None, _NS),
                "affiliations": [found.text for found in author.findall("x:affiliation", _NS)],
            }
            for author in entry.findall("a:author", _NS)
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
            entries = ET.fromstring(body.encode()).findall("a:entry", _NS)
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

    entry = ET.fromstring(answer.content).find("a:entry", _NS)
    assert entry is not None
    assert [child.tag.rpartition("}")[2] for child in entry] == [
        *("id", "title", "updated", "link", "link", "summary", "category", "published"),
        *("primary_category", "journal_ref", *["author"] * 5, "doi", "link", "doi", "link"),
    ]
    assert [child.get("title") for child in entry.findall("a:link", _NS)] == [None, "pdf", "doi", "doi"]
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "at $\\alpha &lt; 1$ &amp; beyond</title>" in answer.text
    assert [author.findtext("a:name", None, _NS) for author in entry.findall("a:author", _NS)][:2] == [
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


# -- moods -------------------------------------------------------------------------------------


def test_moods_come_in_turn_then_all_is_well(asker: Asker) -> None:
    asker.internet.arxiv.next(moods.honest, moods.rate_limited("2"), moods.unavailable())

    answers = [asker.get(id_list="2401.90001") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 429, 503, 200]
    assert (answers[1].text, answers[1].headers["retry-after"]) == ("Rate exceeded.", "2")


def test_a_mood_lasts_until_it_is_calmed(asker: Asker) -> None:
    asker.internet.arxiv.always(MOODS["rate-limited"])
    bad = [asker.get(id_list="2401.90001") for _ in range(3)]
    asker.internet.arxiv.calm()

    assert [answer.status_code for answer in bad] == [429] * 3
    assert "retry-after" not in bad[0].headers
    assert asker.ids(id_list="2401.90002") == ["2401.90002v1"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rate-limited-ok", (200, "Rate exceeded.")),
        ("empty-body", (200, "")),
        ("server-error", (500, "<!doctype html>")),
        ("html-page", (200, "<!doctype html>")),
        ("too-long", (414, "<!doctype html>")),
        ("empty-page", (200, "<?xml")),
    ],
)
def test_a_mood_is_told_as_it_is_named(asker: Asker, name: str, told: tuple[int, str]) -> None:
    asker.internet.arxiv.always(MOODS[name])

    answer = asker.get(id_list="2401.90001")

    assert (answer.status_code, answer.text[: len(told[1])]) == told
    assert name != "empty-body" or answer.content == b""


@pytest.mark.parametrize(
    ("name", "error"),
    [("hang", httpx.ReadTimeout), ("reset", httpx.TransportError), ("cut-off", httpx.RemoteProtocolError)],
)
def test_a_mood_below_http_is_an_error(asker: Asker, name: str, error: type[Exception]) -> None:
    asker.internet.arxiv.always(MOODS[name])
    asker.http.timeout = httpx.Timeout(0.25)

    with pytest.raises(error):
        asker.get(id_list="2401.90001")


def test_a_truncated_feed_has_a_whole_paper_with_too_few_authors(asker: Asker) -> None:
    asker.internet.arxiv.always(MOODS["truncated"])

    content = asker.get(id_list="2312.90004,2401.90001").content

    with pytest.raises(ET.ParseError):
        ET.fromstring(content)
    (hurt,) = (paper for paper in _recovered(content) if paper.entry_id.endswith("2312.90004v1"))
    assert 40 < len(hurt.authors) < 60


def _recovered(content: bytes) -> list[arxiv.Result]:
    """What the package `arxiv` makes of *content*, which it parses with recovery."""
    from arxiv._feed import parse

    return list(parse(content).results)


def test_a_short_page_counts_more_than_it_holds(asker: Asker) -> None:
    asker.internet.arxiv.always(MOODS["short-page"])

    answer = asker.get(id_list="2401.90001,2401.90002")

    assert (len(ids_of(answer)), total_of(answer)) == (1, 2)


def test_only_the_later_page_is_empty(asker: Asker) -> None:
    asker.internet.arxiv.always(MOODS["empty-later-page"])

    pages = [asker.get(search_query="all:sheep", max_results=2, start=start) for start in (0, 2)]

    assert [(len(ids_of(page)), total_of(page)) for page in pages] == [(2, 3), (0, 3)]


def test_a_slow_answer_is_the_honest_one(asker: Asker) -> None:
    asker.internet.arxiv.next(moods.slow(0.2))

    assert asker.ids(id_list="2401.90002") == ["2401.90002v1"]
    (request,) = asker.internet.requests
    assert request.ended_at is not None
    assert request.ended_at - request.started_at >= 0.2


# -- the package `arxiv` -----------------------------------------------------------------------


@pytest.fixture
def package(sample_internet: Internet, monkeypatch: pytest.MonkeyPatch) -> arxiv.Client:
    # The package takes a proxy from the environment alone.
    for name, value in sample_internet.env.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return arxiv.Client(page_size=100, delay_seconds=0, num_retries=0)


def test_the_package_reads_the_feed(package: arxiv.Client) -> None:
    (found,) = package.results(arxiv.Search(id_list=["2401.90001"]))

    assert (found.entry_id, found.title) == (
        "http://arxiv.org/abs/2401.90001v3",
        "Counting Sheep with Neural Networks",
    )
    assert [author.name for author in found.authors] == ["Ada Sleepwell", "Bo Årnes", "Chen Wei"]
    assert (found.primary_category, found.categories) == ("cs.LG", ["cs.LG", "cs.CL"])
    assert (found.published.isoformat(), found.comment) == ("2024-01-03T10:20:30+00:00", "9 pages, 2 figures")
    assert found.updated.isoformat() == "2024-03-01T08:00:00+00:00"


def test_the_package_searches_and_pages(package: arxiv.Client, sample_internet: Internet) -> None:
    package.page_size = 2
    found = list(package.results(arxiv.Search(query='ti:"sheep" OR ti:flock', max_results=None)))

    assert len({paper.entry_id for paper in found}) == len(found) == 5
    assert sample_internet.log.count("export.arxiv.org") == 3
    assert sample_internet.log.peak_connections("export.arxiv.org") == 1


@pytest.mark.parametrize("name", ["rate-limited-ok", "empty-body", "html-page"])
def test_the_package_takes_a_bad_day_for_an_empty_feed(
    package: arxiv.Client, sample_internet: Internet, name: str
) -> None:
    sample_internet.arxiv.always(MOODS[name])

    assert list(package.results(arxiv.Search(id_list=["2401.90001"]))) == []


def test_the_package_loses_the_name_of_the_malformed_id(package: arxiv.Client) -> None:
    with pytest.raises(arxiv.HTTPError) as caught:
        list(package.results(arxiv.Search(id_list=["abc"])))

    assert caught.value.status == 400
    assert "incorrect" not in str(caught.value)


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
