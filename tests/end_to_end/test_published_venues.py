"""Venues of published works: asked, filled, proposed or left alone, by the unmodified program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.moods import rate_limited
from tests.internet.replies import status
from tests.internet.works import SAMPLES

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

GENTLE, BACKWARDS, _, PREPRINT, _ = SAMPLES
AT_ONCE = (*NO_PAUSE, *(f"--set=sources.{name}.pace=0s" for name in ("crossref", "datacite", "openalex")))
ENTRY = """---
title: {title}
authors: "{authors}"
conference: No Venue
{doi}additional_links:
  - {{name: Paper, url: 'https://arxiv.org/abs/{arxiv}'}}
---
"""


@pytest.fixture
def three(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """One entry states its DOI, one has a published version, one is a preprint."""
    for name, work, doi in (("a", GENTLE, f"doi: {GENTLE.doi}\n"), ("b", BACKWARDS, ""), ("c", PREPRINT, "")):
        authors = [f"{given} {family}" for given, family in work.authors]
        internet.arxiv.load([{"id": work.arxiv, "title": work.title, "authors": authors}])
        entry = ENTRY.format(title=work.title, authors=", ".join(authors), doi=doi, arxiv=work.arxiv)
        catalogue.write(f"_publications/{name}.md", entry)
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def venues(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Path and applicability of each change of a venue."""
    return [
        (finding["path"], finding["change"]["safety"])
        for finding in report["findings"]
        if finding["rule"] == "MET312" and finding["change"]
    ]


def unavailable(report: dict[str, Any]) -> list[str]:
    return [finding["message"] for finding in report["findings"] if finding["rule"] == "RUN604"]


def test_an_agency_s_word_is_safe_and_another_s_is_to_be_reviewed(
    three: Catalogue, internet: Internet
) -> None:
    report = three.report("check", *AT_ONCE)

    assert venues(report) == [("_publications/a.md", "safe"), ("_publications/b.md", "unsafe")]
    requests = report["summary"]["requests"]
    assert (requests["crossref"], requests["openalex"]) == (1, 1)
    assert internet.log.count("api.datacite.org") == 0


@pytest.mark.parametrize("mood", [lambda *_: status(404), rate_limited("54000")])
def test_what_nobody_could_say_changes_nothing(three: Catalogue, internet: Internet, mood: Any) -> None:
    internet.crossref.always(mood)
    internet.openalex.always(mood)

    report = three.report("check", *AT_ONCE)

    assert venues(report) == []
    assert [message.partition(" left")[0] for message in unavailable(report)] == ["crossref", "openalex"]
