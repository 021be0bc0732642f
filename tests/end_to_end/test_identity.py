"""Wrong and missing identifiers, end to end: what is proposed, and that nothing of it is written unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet import Internet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.catalogues import Catalogue

EXECUTE = {
    "id": "1410.4615",
    "title": "Learning to Execute",
    "authors": ["Wojciech Zaremba", "Ilya Sutskever"],
    "published": "2014-10-17",
}
EDITS = {
    "id": "1810.13337",
    "title": "Learning to Represent Edits",
    "authors": ["Pengcheng Yin", "Graham Neubig"],
}
LLAVA = {
    "id": "2411.10440",
    "title": "LLaVA-CoT: Let Vision Language Models Reason Step-by-Step",
    "old_titles": ["LLaVA-o1: Let Vision Language Models Reason Step-by-Step"],
    "authors": ["Guowei Xu", "Peng Jin"],
    "versions": 3,
}
TWINS = [
    {"id": name, "title": "Inverse Problems for Mean Field Games", "authors": ["Hongyu Liu", "Chenchen Mou"]}
    for name in ("2205.11350", "2505.11350")
]


@pytest.fixture
def papers() -> Iterator[Internet]:
    with Internet([EXECUTE, EDITS, LLAVA, *TWINS]) as net:
        yield net


def write(catalogue: Catalogue, title: str, authors: str, year: int, url: str = "") -> str:
    links = f"additional_links:\n  - {{name: Paper, url: '{url}'}}\n" if url else ""
    path = f"_publications/{title.rsplit(maxsplit=1)[-1].lower()}.md"
    catalogue.write(path, f"---\ntitle: '{title}'\nauthors: {authors}\nyear: {year}\n{links}---\nText.\n")
    catalogue.commit()
    return path


def told(report: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def test_the_right_paper_is_found_by_its_title_and_waits_for_a_person(
    catalogue: Catalogue, papers: Internet
) -> None:
    path = write(
        catalogue, "Learning To Execute", "Wojciech Zaremba, Ilya Sutskever", 2014,
        "https://arxiv.org/abs/1810.13337",
    )  # fmt: skip
    catalogue.on(papers)
    before = catalogue.content()

    report = catalogue.report("run", *NO_PAUSE)

    (finding,) = told(report, "IDN203")
    assert finding["change"]["after"] == "https://arxiv.org/abs/1410.4615"
    assert finding["change"]["safety"] == "unsafe"
    assert catalogue.content() == before
    assert "+  - {name: Paper, url: 'https://arxiv.org/abs/1410.4615'}" in catalogue.enrich("diff", path)


def test_a_missing_identifier_is_looked_for_once_and_again_only_when_asked_to(
    catalogue: Catalogue, papers: Internet
) -> None:
    write(catalogue, "Learning To Execute", "Wojciech Zaremba, Ilya Sutskever", 2014)
    write(catalogue, "A Work That arXiv Does Not Have", "Jane Doe, Mary Major", 2014)
    catalogue.on(papers)
    options = ("check", "--select", "IDN220", *NO_PAUSE)

    first = catalogue.report(*options)
    again = catalogue.report(*options)

    assert [finding["change"]["after"] for finding in told(first, "IDN220")] == ["1410.4615"]
    assert first["summary"]["requests"] == {"arxiv": 2}
    assert again["summary"]["requests"] == {}
    assert told(again, "IDN220")[0]["change"] == told(first, "IDN220")[0]["change"]


def test_a_renamed_paper_is_known_by_its_first_version(catalogue: Catalogue, papers: Internet) -> None:
    path = write(
        catalogue, "LLaVA-o1: Let Vision Language Models Reason Step-by-Step", "Guowei Xu, Peng Jin", 2024,
        "https://arxiv.org/abs/hf2411.10440",
    )  # fmt: skip
    catalogue.on(papers)

    catalogue.enrich("run", *NO_PAUSE)

    text = (catalogue.root / path).read_text("utf-8")
    assert "https://arxiv.org/abs/2411.10440" in text
    assert "title: 'LLaVA-o1" in text


def test_twins_are_shown_and_neither_is_proposed(catalogue: Catalogue, papers: Internet) -> None:
    write(
        catalogue, "Inverse Problems For Mean Field Games", "Hongyu Liu, Chenchen Mou", 2026,
        "https://arxiv.org/abs/1810.13337",
    )  # fmt: skip
    catalogue.on(papers)

    report = catalogue.report("run", *NO_PAUSE)

    assert told(report, "IDN203")[0]["change"] is None
    assert told(report, "IDN221")[0]["message"] == "2 papers may be meant"
    assert report["summary"]["changes"] == {"written": 0, "pending": 0}


def test_of_two_entries_that_name_one_paper_only_the_one_that_matches_keeps_proposals(
    catalogue: Catalogue, papers: Internet
) -> None:
    url = "https://arxiv.org/abs/1410.4615"
    write(catalogue, "Learning to Execute", "Wojciech Zaremba, Ilya Sutskever", 2014, url)
    other = write(catalogue, "Recurrent Networks of the Brain", "Wojciech Zaremba, Ilya Sutskever", 2014, url)
    catalogue.on(papers)

    report = catalogue.report("run", *NO_PAUSE)

    assert [finding["message"] for finding in told(report, "IDN230") if finding["path"] == other] == [
        "arXiv 1410.4615 is that of _publications/execute.md, which has its title and its authors"
    ]
    assert report["summary"]["changes"]["pending"] == 0
    assert [finding["rule"] for finding in report["findings"] if finding["path"] == other] == ["IDN230"]
