"""The query language and the index: what a query means, and which papers it finds."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.internet.arxiv_ids import has_version, is_accepted
from tests.internet.papers import NO_ABSTRACT, paper
from tests.internet.query import BadQueryError, date_range, parse, rewrite, spelled
from tests.internet.samples import SAMPLES
from tests.internet.search import Index, LeadingWildcardError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.internet.library import Library

INDEX = Index([paper(record) for record in SAMPLES])
SHEEP = {"2401.90001", "2401.90002", "astro-ph/0601999"}


def found(query: str, index: Index = INDEX) -> set[str]:
    return {hit.id for hit in index.search(parse(rewrite(query)))}


# -- the rewriter ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("testing", "all:testing"),
        ("deep learning", "all:deep OR all:learning"),
        ("ti:BERT: Pre-training of", "ti:BERT: OR all:Pre-training OR all:of"),
        ("ti:(deep learning)", "(ti:deep OR ti:learning)"),
        ("ti:(a (b c) OR d)", "(ti:a OR (ti:b OR ti:c) OR ti:d)"),
        ("title:sheep", "ti:sheep"),
        ("ti:a NOT ti:b", "ti:a ANDNOT ti:b"),
        ("ti:a AND NOT ti:b", "ti:a ANDNOT ti:b"),
        ("ti:a AND OR ti:b", "ti:a OR ti:b"),
        ("au:del_maestro", 'au:"del maestro"'),
        ('ti:"Deep Learning"', 'ti:"Deep Learning"'),
        ('ti:"unclosed phrase', "ti:unclosed OR all:phrase"),
        ("ti:a\nti:b", "ti:a OR ti:b"),
        ("ti:a (ti:b)", "ti:a OR (ti:b)"),
        ("(ti:a) ti:b", "(ti:a) OR ti:b"),
        ("ti: AND ti:b", "AND ti:b"),
        ("ti:au:he", "au:he"),
        ("ORACLE AND ti:ANDROID", "all:ORACLE AND ti:ANDROID"),
        ("submittedDate:[2023 TO 202402]", 'submittedDate:"202301010000 TO 202402292359"'),
        ("lastUpdatedDate:[20230105 TO 20230106]", 'submittedDate:"202301050000 TO 202301062359"'),
        ("submittedDate:[202301010600 TO 202301010700]", 'submittedDate:"202301010600 TO 202301010700"'),
        ("submittedDate:[202301010600 TO 202313]", 'submittedDate:"202301010600 TO 202313312359"'),
        ("submittedDate:[2023-01 TO 2024]", 'submittedDate:"2023-01 TO 202412312359"'),
        ("submittedDate:[2023 TO 23]", 'submittedDate:"202301010000 TO 23"'),
        ("all:", ""),
        ("", ""),
    ],
)
def test_a_loose_query_is_rewritten_as_the_service_does(query: str, meant: str) -> None:
    assert spelled(rewrite(query)) == meant


@pytest.mark.parametrize("query", ["(ti:a", "ti:a)", "AND ti:a", "ti:a AND", "()", "ti:a AND ()", ")("])
def test_a_query_without_meaning_is_refused(query: str) -> None:
    with pytest.raises(BadQueryError):
        parse(rewrite(query))


def test_operators_bind_from_left_to_right() -> None:
    assert parse(rewrite("ti:a OR ti:b AND ti:c")) == parse(rewrite("(ti:a OR ti:b) AND ti:c"))


def test_a_range_of_dates_needs_two_moments() -> None:
    assert date_range("202301010000 TO 202312312359") == ("202301010000", "202312312359")
    for value in ("2023", "2023 TO 2024", "202301010000 TO soon"):
        with pytest.raises(BadQueryError):
            date_range(value)


# -- the index ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ti:sheep", SHEEP),
        ("ti:SHEEP", SHEEP),
        ('ti:"counting sheep"', {"2401.90001", "2401.90002"}),
        ('ti:"sheep counting"', set()),
        ('ti:"neural network"', {"2401.90001", "2401.90002"}),
        ('ti:"counting sheep with neural networks"', {"2401.90001"}),
        ('ti:"counting sheep neural networks"', set()),
        ('ti:"Counting Sheep: with (Neural) Networks?"', {"2401.90001"}),
        ("ti:sheep AND ti:nebula", {"astro-ph/0601999"}),
        ("ti:sheep ANDNOT ti:nebula", {"2401.90001", "2401.90002"}),
        ("ti:nebula OR ti:legs", {"astro-ph/0601999", "math/0309999"}),
        ("ANDNOT ti:sheep", {"2402.90003", "math/0309999", "2312.90004"}),
        ('ti:"flocks at $\\alpha"', {"2402.90003"}),
        ("ti:alpha", {"2402.90003"}),
        ("ti:pre-training", {"2402.90003"}),
        ('ti:"the"', set()),
        ("ti:absent", set()),
        ("ti:count*", {"2401.90001", "2401.90002"}),
        ("au:sleepwell", {"2401.90001", "2401.90002"}),
        ('au:"ada sleepwell"', {"2401.90001", "2401.90002"}),
        ('au:"sleepwell bo"', set()),
        ("au:arnes", {"2401.90001"}),
        ("au:Årnes", {"2401.90001"}),
        ("au:chen_wei", {"2401.90001"}),
        ("au:wei-chen", {"2401.90001"}),
        ("au:wei-sleepwell", set()),
        ("abs:awake", {"2401.90001"}),
        ("co:figures", {"2401.90001"}),
        ("jr:flocks", {"2402.90003"}),
        ("rn:any", set()),
        ("cat:cs.CL", {"2401.90001", "2402.90003"}),
        ("cat:cs", set()),
        ("cat:cs.*", {"2401.90001", "2401.90002", "2402.90003", "2312.90004"}),
        ("doi:10.5555/barn.2", {"2402.90003"}),
        ("id:math/0309999", {"math/0309999"}),
        ("id:2401.90001v3", {"2401.90001"}),
        ("all:herder", {"astro-ph/0601999"}),
        ("all:awake", {"2401.90001"}),
        ("all:cs.MA", {"2312.90004"}),
        ("submittedDate:[202401 TO 202402] AND ti:sheep", {"2401.90001", "2401.90002"}),
        ("submittedDate:[202401031020 TO 202401031020]", {"2401.90001"}),
    ],
)
def test_a_query_finds_what_it_means(query: str, ids: set[str]) -> None:
    assert found(query) == ids


def test_a_phrase_does_not_reach_from_one_name_into_the_next() -> None:
    assert found('au:"field emil"') == set()


def test_a_leading_wildcard_is_an_error_of_its_own() -> None:
    for query in ("ti:*ing", "ti:?heep"):
        with pytest.raises(LeadingWildcardError):
            found(query)


def test_a_short_title_comes_before_a_long_one_and_ties_have_a_fixed_order() -> None:
    titles = ["Deep Learning", "Deep Learning for the Counting of Sheep and Goats", "Deep Learning"]
    papers = [paper({"id": f"2401.0000{n}", "title": title, "authors": []}) for n, title in enumerate(titles)]

    query = parse(rewrite('ti:"deep learning"'))
    told = [hit.id for hit in Index(papers).search(query)]

    assert told[2] == "2401.00001"
    assert told == [hit.id for hit in Index(papers[::-1]).search(query)]


def test_what_is_excluded_does_not_count_for_the_order() -> None:
    assert [hit.id for hit in INDEX.search(parse(rewrite("ti:nebula ANDNOT ti:legs")))] == [
        "astro-ph/0601999"
    ]


# -- records -----------------------------------------------------------------------------------


def test_a_record_of_an_identifier_and_a_title_makes_a_whole_paper() -> None:
    made = paper({"id": "math/0309136", "title": "  Two\n lines "})

    assert (made.title, made.abstract.strip(), made.versions) == ("Two lines", NO_ABSTRACT, 1)
    assert made.published == made.updated == dt.datetime(2003, 9, 1, 12, tzinfo=dt.UTC)
    assert made.categories == (made.primary_category,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-05-24T05:05:12.000Z", "2024-05-24T05:05:12+00:00"),
        ("2025-04-18T17:59:46", "2025-04-18T17:59:46+00:00"),
        ("2017-11-30", "2017-11-30T12:00:00+00:00"),
        ("2021/2/15", "2021-02-15T12:00:00+00:00"),
        (None, "2021-05-01T12:00:00+00:00"),
    ],
)
def test_dates_are_read_in_every_form_that_records_have(written: str | None, meant: str) -> None:
    made = paper({"id": "2105.00001", "title": "T", "published": written})

    assert made.published.isoformat() == meant


def test_the_nineties_were_before_the_two_thousands() -> None:
    assert paper({"id": "hep-th/9901001", "title": "T"}).published.year == 1999
    assert paper({"id": "2499.00001", "title": "no such month"}).published.month == 1


def test_versions_are_dated_from_the_first_to_the_newest() -> None:
    made = paper(SAMPLES[0])

    days = [made.dated(version).date().isoformat() for version in (1, 2, 3)]

    assert days == ["2024-01-03", "2024-01-04", "2024-03-01"]


def test_a_paper_that_was_updated_has_two_versions_where_nobody_counted() -> None:
    record = {"id": "2401.00001", "title": "T", "published": "2024-01-01", "updated": "2024-02-01"}

    assert paper(record).versions == 2
    assert paper(record | {"updated": "2023-01-01"}).updated == paper(record).published


def test_a_withdrawal_is_told_in_the_comment() -> None:
    record: Mapping[str, Any] = {"id": "2401.00001", "title": "T", "withdrawn": True}

    assert paper(record).comment == "This paper has been withdrawn by the author"
    assert (
        paper({**record, "comment": "9 pages."}).comment
        == "9 pages. This paper has been withdrawn by the author"
    )
    assert paper({**record, "comment": "We withdraw it"}).comment == "We withdraw it"


def test_what_xml_can_not_hold_is_dropped() -> None:
    assert paper({"id": "2401.00001", "title": "A\x08 title\x1b"}).title == "A title"


def test_identifiers_are_accepted_by_search_and_versions_by_a_small_v() -> None:
    assert is_accepted("see arXiv:2401.00001v2 there")
    assert is_accepted("cs.LG/0301001")
    assert not is_accepted("cs.ZZ/0301001")
    assert (has_version("2401.00001v2"), has_version("2401.00001V2")) == (True, False)


# -- the real collection -----------------------------------------------------------------------


def test_eighteen_thousand_titles_are_searched_in_milliseconds(arxiv_library: Library) -> None:
    index = arxiv_library.index
    sought = [paper for paper in tuple(arxiv_library.papers.values())[::200] if '"' not in paper.title]

    began = time.monotonic()
    answers = [found(f'ti:"{paper.title}"', index) for paper in sought]
    each_s = (time.monotonic() - began) / len(sought)

    assert [paper.id for paper, ids in zip(sought, answers, strict=True) if paper.id not in ids] == []
    assert each_s < 0.05
    assert "1706.03762" in found('ti:"is all you need"', index)
