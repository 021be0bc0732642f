"""Fields that are kept up to date, run after run, by the unmodified program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.moods import rate_limited
from tests.internet.works import SAMPLES

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

GENTLE, BACKWARDS, RETRACTED, _, _ = SAMPLES
SOURCES = '--set=metadata.sources=["openalex", "crossref", "semanticscholar"]'
PACE = (f"--set=sources.{name}.pace=0s" for name in ("crossref", "openalex", "semanticscholar"))
OPTIONS = (
    *NO_PAUSE,
    SOURCES,
    *PACE,
    '--set=metadata.refresh=["citations"]',
    "--set=metadata.add=[]",
    "--refresh",
)
ENTRY = """---
title: {title}
authors: "{authors}"
year: 2021
conference: A Place
bibkey: {name}
citations: {count}
{last}---
"""
PLACES = {
    "a": (GENTLE, f"additional_links:\n  - {{name: Paper, url: 'https://arxiv.org/abs/{GENTLE.arxiv}'}}\n"),
    "b": (
        BACKWARDS,
        f"additional_links:\n  - {{name: Paper, url: 'https://arxiv.org/abs/{BACKWARDS.arxiv}'}}\n",
    ),
    "c": (RETRACTED, f"doi: {RETRACTED.doi}\n"),
}


@pytest.fixture
def counted(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """Two entries of arXiv's papers and one that has a DOI alone, each cited 100 times."""
    for name, (work, last) in PLACES.items():
        authors = [f"{given} {family}" for given, family in work.authors]
        if work.arxiv:
            internet.arxiv.load([{"id": work.arxiv, "title": work.title, "authors": authors}])
        entry = ENTRY.format(title=work.title, authors=", ".join(authors), count=100, name=name, last=last)
        catalogue.write(f"_publications/{name}.md", entry)
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def cited(internet: Internet, *counts: int) -> None:
    """From now on the three works are cited so often."""
    works = [replace(work, cited=count) for (work, _), count in zip(PLACES.values(), counts, strict=True)]
    internet.openalex.works = works
    internet.semanticscholar.works = works


def counts(catalogue: Catalogue) -> list[int]:
    return [
        int(line.partition(b": ")[2])
        for content in catalogue.content().values()
        for line in content.splitlines()
        if line.startswith(b"citations: ")
    ]


def test_counts_follow_the_source_run_after_run_and_a_person_s_stays(
    counted: Catalogue, internet: Internet
) -> None:
    cited(internet, 131, 103, 250)
    report = counted.report("run", *OPTIONS, "--select=MET302")
    assert counts(counted) == [131, 100, 250]
    assert report["summary"]["requests"]["openalex"] == internet.log.count("api.openalex.org") <= 2

    counted.commit()
    counted.report("run", *OPTIONS, "--select=MET302")
    assert counted.git("status", "--porcelain", "_publications") == ""

    entry = counted.content()["_publications/a.md"]
    counted.write("_publications/a.md", entry.replace(b"citations: 131", b"citations: 7"))
    counted.commit()
    cited(internet, 200, 90, 300)
    counted.report("run", *OPTIONS, "--select=MET302")
    assert counts(counted) == [7, 100, 300]


def test_a_source_that_does_not_answer_is_not_replaced_by_one_that_counts_otherwise(
    counted: Catalogue, internet: Internet
) -> None:
    cited(internet, 131, 140, 250)
    internet.openalex.always(rate_limited("54000"))

    counted.report("run", *OPTIONS, "--select=MET302")

    assert counts(counted) == [100, 100, 100]
    assert internet.log.count("api.semanticscholar.org") == 0


def test_counts_are_believed_for_their_own_time(counted: Catalogue, internet: Internet) -> None:
    cited(internet, 131, 140, 250)
    remembering = [option for option in OPTIONS if option != "--refresh"]

    counted.report("check", *remembering, "--select=MET302")
    cold = internet.log.count("api.openalex.org")
    counted.report("check", *remembering, "--select=MET302")
    warm = internet.log.count("api.openalex.org") - cold
    counted.report("check", *remembering, "--select=MET302", "--set=cache.citations-ttl=0s")
    aged = internet.log.count("api.openalex.org") - cold - warm

    assert (cold > 0, warm, aged > 0) == (True, 0, True)
