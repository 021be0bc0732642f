"""
Every command of a page does what the page shows, line by line.

`ENRICH_UPDATE_DOCS=1` writes what is shown anew.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.docs.markdown import blocks
from tests.docs.playing import TUTORIAL, reader, replayed, small_internet
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")))
PAGES = [
    path
    for path in DOCUMENTS
    if any(
        block.language in ("sh", "console") and not block.not_run
        for block in blocks(path.read_text(encoding="utf-8"))
    )
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_page_shows_is_what_happens(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")

    with small_internet() as internet:
        shell = reader(tmp_path, internet)
        if path != TUTORIAL:
            shell.has_the_tutorials_catalogue()
        really = replayed(page, shell)

    if os.environ.get("ENRICH_UPDATE_DOCS"):
        path.write_text(really, encoding="utf-8")
    assert page == really or os.environ.get("ENRICH_UPDATE_DOCS")


def test_every_block_of_commands_is_told_from_others() -> None:
    """So that none is passed over: what begins like a command is `sh` or `console`."""
    for path in DOCUMENTS:
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.language not in ("sh", "console"):
                assert not block.body.startswith(("$ ", "enrich ")) or block.language == "text", path.name
