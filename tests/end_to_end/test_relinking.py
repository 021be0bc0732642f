"""Links are rewritten and taken out by the unmodified program, once, and a person has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.internet.replies import page

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

ENTRY = "_publications/a.md"
BOTH = ("--set", 'rules.extend-select=["LNK122", "LNK123"]')
TEXT = """\
---
title: A paper
additional_links:
  - {name: Code, url: 'http://lab.acme.org/tool'}
  - {name: Code, url: 'https://lab.acme.org/tool'}
  - {name: Data, url: 'https://lab.acme.org/data?utm_source=list'}
  - {name: Data, url: 'https://lab.acme.org/data'}
  - {name: Slides, url: 'https://lab.acme.org/slides?gclid=1'}
---
"""
AFTER = """\
---
title: A paper
additional_links:
  - {name: Code, url: 'https://lab.acme.org/tool'}
  - {name: Data, url: 'https://lab.acme.org/data'}
  - {name: Slides, url: 'https://lab.acme.org/slides'}
---
"""


@pytest.fixture
def linked(catalogue: Catalogue, internet: Internet) -> Catalogue:
    host = internet.host("lab.acme.org")
    for name in ("tool", "data", "slides"):
        host.get(f"/{name}", page(f"<h1>{name}</h1><p>What the paper brings along.</p>", name))
    catalogue.write(ENTRY, TEXT)
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def test_links_that_become_one_are_one_and_a_second_run_has_nothing_to_do(linked: Catalogue) -> None:
    linked.enrich("run", *BOTH)

    assert (linked.root / ENTRY).read_text() == AFTER

    linked.commit()
    out, err = linked.outcome("run", *BOTH)
    assert (linked.root / ENTRY).read_text() == AFTER
    assert "taken back" not in out + err
    assert "No findings" in out


def test_a_link_that_a_person_put_back_stays(linked: Catalogue) -> None:
    linked.enrich("run", *BOTH)
    linked.commit()
    linked.enrich("run", *BOTH)
    linked.commit()
    linked.write(ENTRY, TEXT)
    linked.commit()

    linked.enrich("run", *BOTH)

    assert (linked.root / ENTRY).read_text() == TEXT


def test_a_run_that_is_taken_back_has_changed_nothing(linked: Catalogue) -> None:
    linked.enrich("run", *BOTH)

    linked.enrich("undo")

    assert (linked.root / ENTRY).read_text() == TEXT
