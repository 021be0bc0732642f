"""
`docs/catalogues.md` tells of real catalogues what is found in them.

`ENRICH_UPDATE_DOCS=1` writes its table anew.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from enrich.cli.catalogue import open_catalogue
from enrich.cli.surveying import survey
from enrich.config import parse
from enrich.setting import Setting
from tests.shared_data import ROOT, shared

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    "| catalogue | profile | entries | left alone | links | states arXiv | states a DOI |\n"
    "|-|-|--:|--:|-|--:|--:|\n"
)
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def row(root: Path) -> str:
    setting = Setting(root, parse("", "enrich.toml"), None, NOW)
    catalogue = open_catalogue(setting, ())
    found = survey(setting, catalogue)
    links = ", ".join(f"{role} {count:,}" for role, count in sorted(found.links.items()))
    cells = (
        root.name, catalogue.shape.name, f"{found.entries:,}", f"{found.bare + found.unread:,}", links or "–",
        f"{found.identifiers['arxiv']:,}", f"{found.identifiers['doi']:,}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def test_the_table_of_real_catalogues_is_what_is_found_in_them() -> None:
    entries = shared("corpus", "entries").resolve()
    table = HEAD + "".join(row(root) for root in sorted(entries.iterdir()))
    page = ROOT / "docs" / "catalogues.md"
    text, _, standing = page.read_text("utf-8").partition("| catalogue |")
    if os.environ.get("ENRICH_UPDATE_DOCS"):
        page.write_text(text + table, encoding="utf-8")
        standing = table.removeprefix("| catalogue |")

    assert f"| catalogue |{standing}" == table
