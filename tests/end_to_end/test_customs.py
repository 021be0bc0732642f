"""New values are written as the catalogue writes them, whichever entries are run over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.internet import Internet
from tests.internet.samples import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue

TITLE = "title: Counting Sheep with Neural Networks\n"
ENTRY = f"{TITLE}authors: Ada Sleepwell, Bo Årnes, Chen Wei\narxiv: 2401.90001\n"
OTHER = "title: 'One of Several'\ntags:\n- sheep\nadditional_links:\n- name: Slides\n  url: /slides.pdf\n"


def _filled(catalogue: Catalogue) -> Path:
    for number in range(4):
        catalogue.write(f"_publications/other{number}.md", f"---\n{OTHER}---\n")
    return catalogue.write("_publications/sheep.md", f"---\n{ENTRY}---\n")


def test_one_entry_gets_the_bytes_that_a_run_over_all_gives_it(catalogue: Catalogue) -> None:
    place = _filled(catalogue)
    catalogue.commit()

    with Internet(SAMPLES) as internet:
        catalogue.on(internet)
        catalogue.enrich("run", "_publications/sheep.md", *NO_PAUSE)
        alone = place.read_text()
        catalogue.git("checkout", "--", ".")
        catalogue.enrich("run", *NO_PAUSE)

    assert "arxiv_categories:\n- cs.LG\n- cs.CL\n" in alone
    assert place.read_text() == alone


def test_without_the_catalogues_style_the_entry_alone_tells(catalogue: Catalogue) -> None:
    place = _filled(catalogue)
    catalogue.commit()

    with Internet(SAMPLES) as internet:
        catalogue.on(internet)
        catalogue.enrich("run", "--set", "metadata.field-style=entry", *NO_PAUSE)

    assert "arxiv_categories: [cs.LG, cs.CL]\n" in place.read_text()
