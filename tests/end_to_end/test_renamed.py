"""A person's word stays, also when the file has another name by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet import Internet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.catalogues import Catalogue

CARD = {
    "id": "2410.21276",
    "title": "GPT-4o System Card",
    "authors": ["OpenAI", ":", "Aaron Hurst", "Alex Baker-Whitcomb"],
    "published": "2024-10-25",
}
ENTRY = (
    "---\ntitle: Gpt-4o System Card\nauthors: OpenAI, Aaron Hurst, Alex Baker-whitcomb\nyear: 2024\n{key}"
    "additional_links:\n  - {{name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}}\n---\nText.\n"
)


@pytest.fixture
def papers() -> Iterator[Internet]:
    with Internet([CARD]) as net:
        yield net


@pytest.mark.parametrize("key", ["bibkey: openai2024gpt\n", ""], ids=["by its key", "by its identifier"])
def test_what_a_person_wrote_stays_when_the_file_is_renamed(
    catalogue: Catalogue, papers: Internet, key: str
) -> None:
    old = catalogue.write("_publications/a.md", ENTRY.format(key=key))
    catalogue.commit()
    catalogue.on(papers)
    catalogue.enrich("run", *NO_PAUSE)
    catalogue.commit()
    assert "title: GPT-4o System Card\n" in old.read_text("utf-8")

    text = old.read_text("utf-8").replace("title: GPT-4o System Card", "title: Gpt-4o System Card")
    new = catalogue.write("_publications/b.md", text)
    old.unlink()
    catalogue.commit()
    catalogue.enrich("run", *NO_PAUSE)
    catalogue.commit()
    again = catalogue.report("run", *NO_PAUSE)

    assert new.read_text("utf-8") == text
    assert again["summary"]["changes"] == {"written": 0, "pending": 0}
    written = (catalogue.root / ".enrich" / "written.jsonl").read_text("utf-8")
    assert '"_publications/b.md"' in written
    assert '"_publications/a.md"' not in written


def test_a_new_file_beside_the_old_one_inherits_nothing(catalogue: Catalogue, papers: Internet) -> None:
    old = catalogue.write("_publications/a.md", ENTRY.format(key="bibkey: openai2024gpt\n"))
    catalogue.commit()
    catalogue.on(papers)
    catalogue.enrich("run", *NO_PAUSE)
    new = catalogue.write("_publications/b.md", ENTRY.format(key="bibkey: openai2024gpt\n"))
    catalogue.commit()

    catalogue.enrich("run", *NO_PAUSE)

    assert new.read_bytes() == old.read_bytes()
