"""What a run tells of a source of works that was down, by the unmodified program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.replies import status

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

ENTRY = """---
title: Gentle Gradients for Impatient Machines
authors: [Ada Example, Émile Exemple]
additional_links:
  - {name: Paper, url: 'https://arxiv.org/abs/2001.00001'}
  - {name: Code, url: 'https://code.example/gentle'}
---
"""
ALONE = ("--set", 'metadata.sources=["arxiv"]')


@pytest.fixture
def small(catalogue: Catalogue, internet: Internet) -> Catalogue:
    paper = {
        "id": "2001.00001",
        "title": "Gentle Gradients for Impatient Machines",
        "authors": ["Ada Example"],
    }
    internet.arxiv.load([paper])
    internet.host("code.example").get("/gentle", status=200)
    catalogue.write("_publications/a.md", ENTRY)
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def unavailable(report: dict[str, Any]) -> list[str]:
    return [finding["message"] for finding in report["findings"] if finding["rule"] == "RUN604"]


def test_a_source_that_was_down_is_named_with_what_it_left_open(small: Catalogue, internet: Internet) -> None:
    internet.arxiv.always(lambda *_: status(403))

    report = small.report("check", *NO_PAUSE, *ALONE)

    assert unavailable(report) == ["arxiv left 1 question open (arXiv answered 403 Forbidden)"]


def test_a_strict_check_is_not_content_with_that(small: Catalogue, internet: Internet) -> None:
    internet.arxiv.always(lambda *_: status(403))

    out = small.enrich("check", *NO_PAUSE, *ALONE, "--strict-network", code=3)

    assert "Source unavailable: arxiv left 1 question open (arXiv answered 403 Forbidden).\n" in out


def test_where_another_source_answers_nothing_was_left_open(small: Catalogue, internet: Internet) -> None:
    (known,) = [work for work in internet.datacite.works if work.arxiv == "2003.00003"]
    internet.datacite.works = [
        replace(
            known,
            doi="10.48550/arxiv.2001.00001",
            title="Gentle Gradients for Impatient Machines",
            arxiv="2001.00001",
        )
    ]
    internet.arxiv.always(lambda *_: status(403))

    report = small.report("check", *NO_PAUSE, "--set", "sources.datacite.pace=0s")

    assert unavailable(report) == []
    assert {link["url"]: link["status"] for link in report["links"]}[
        "https://arxiv.org/abs/2001.00001"
    ] == "ok"
    assert report["summary"]["requests"]["datacite"] == 1
