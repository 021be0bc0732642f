"""A Hugo catalogue with TOML between `+++`, by the unmodified program on the tests' internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
PATH = "content/publication/execute.md"
ENTRY = """\
+++
title = "Learning To Execute"
date = 2014-10-17
authors = ["Wojciech Zaremba", "Ilya Sutskever"]

# Links (optional).
url_pdf = 'https://arxiv.org/pdf/hf1410.4615'
#url_code = "#"

# Featured image
[header]
image = ""
+++
Text.
+++
"""


@pytest.fixture
def papers() -> Iterator[Internet]:
    with Internet([EXECUTE]) as net:
        yield net


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_entry_is_repaired_and_keys_are_added_above_the_first_table(
    catalogue: Catalogue, papers: Internet, newline: str
) -> None:
    catalogue.write("enrich.toml", '[catalogue]\nprofile = "generic"\n')
    place = catalogue.write(PATH, ENTRY.replace("\n", newline))
    catalogue.commit()
    catalogue.on(papers)

    catalogue.enrich("run", *NO_PAUSE)
    after = place.read_bytes().decode()
    again = catalogue.enrich("run", *NO_PAUSE)

    repaired = ENTRY.replace("To Execute", "to Execute").replace("hf1410", "1410")
    added = 'arxiv_id = "1410.4615"\narxiv_published = 2014-10-17\narxiv_categories = ["cs.LG"]\n'
    assert after == repaired.replace("#url_code", f"{added}#url_code").replace("\n", newline)
    assert again.splitlines()[0] == "No findings in 1 entry, 1 link."
    assert place.read_bytes().decode() == after

    catalogue.enrich("undo")

    assert place.read_bytes().decode() == ENTRY.replace("\n", newline)


def test_what_is_no_toml_is_shown_where_it_began_and_left_alone(
    catalogue: Catalogue, papers: Internet
) -> None:
    catalogue.write("enrich.toml", '[catalogue]\nprofile = "generic"\n')
    place = catalogue.write(PATH, ENTRY.replace('Execute"', "Execute"))
    catalogue.commit()
    catalogue.on(papers)

    out = catalogue.enrich("run", "--output-format", "concise", *NO_PAUSE)

    assert f"{PATH}:2:9: E FMT406 front matter is not valid TOML: quote opened here is never closed" in out
    assert place.read_bytes().decode() == ENTRY.replace('Execute"', "Execute")
