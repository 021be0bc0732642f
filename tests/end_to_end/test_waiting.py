"""What waits for a person outlives a run that could not find out, by the unmodified program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.end_to_end.queues import waiting

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

TITLE = "Gentle Gradients for Impatient Machines"
ENTRY = """---
title: Gentle Gradients for Impatient Machines
authors: [Ada Example]
additional_links:
  - {name: Paper, url: 'https://arxiv.org/abs/2001.00001'}
---
"""
RUN = ("run", "-q", *NO_PAUSE, "--set", 'metadata.sources=["arxiv"]', "--allow-dirty")


@pytest.fixture
def queued(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """An entry with changes that wait."""
    authors = ["Ada Example", "Émile Exemple"]
    internet.arxiv.load([{"id": "2001.00001", "title": TITLE, "authors": authors}])
    catalogue.write("_publications/a.md", ENTRY)
    catalogue.commit()
    catalogue.on(internet)
    catalogue.enrich(*RUN, "--dry-run")
    return catalogue


@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_what_waits_outlives_a_run_without_a_network(queued: Catalogue, dry: tuple[str, ...]) -> None:
    before = waiting(queued)
    queue = queued.root / ".enrich" / "pending.jsonl"
    whole = queue.read_bytes()

    queued.enrich(*RUN, *dry, "--offline", "--refresh")

    assert before
    assert waiting(queued) == before
    assert queue.read_bytes() == whole


def test_what_waits_outlives_a_run_through_a_dead_proxy(queued: Catalogue) -> None:
    before = waiting(queued)
    dead = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    queued.environ = {**queued.environ, **dead}

    queued.enrich(*RUN, "--dry-run", "--refresh", "--set", "network.max-wait=1s", code=3)

    assert before
    assert waiting(queued) == before


def test_what_no_longer_stands_goes_without_a_network_too(queued: Catalogue) -> None:
    assert any("arxiv_id" in line for line in waiting(queued))
    queued.write("_publications/a.md", ENTRY.replace("\nauthors", "\narxiv_id: '2001.00001'\nauthors"))

    queued.enrich(*RUN, "--dry-run", "--offline", "--refresh")

    left = waiting(queued)
    assert left
    assert not any("arxiv_id" in line for line in left)


def test_what_a_certain_run_does_not_propose_goes(queued: Catalogue) -> None:
    assert waiting(queued)

    queued.enrich(*RUN, "--dry-run", "--refresh", "--set", "metadata.add=[]")

    assert not waiting(queued)
