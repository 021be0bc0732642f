"""arXiv's bad days, and what the package `arxiv` makes of them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import arxiv
import httpx
import pytest

from tests.internet import Internet, moods
from tests.internet.arxiv_client import Asker, ids_of, total_of
from tests.internet.moods import MOODS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def asker(sample_internet: Internet) -> Iterator[Asker]:
    asker = Asker(sample_internet)
    with asker.http:
        yield asker


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
    [("hang", httpx.ReadTimeout), ("reset", httpx.TransportError), ("cut-off", httpx.TransportError)],
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


@pytest.mark.parametrize("name", ["truncated", "short-page", "empty-page"])
def test_there_is_nothing_to_spoil_in_an_empty_feed(asker: Asker, name: str) -> None:
    asker.internet.arxiv.always(MOODS[name])

    assert asker.ids(id_list="0808.05394") == []


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
