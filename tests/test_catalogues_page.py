"""
`docs/catalogues.md` tells of real catalogues what is found in them.

`ENRICH_UPDATE_DOCS=1` writes that table anew; `python -m benchmarks.catalogues` makes the one of runs.
"""

from __future__ import annotations

import os

from benchmarks.catalogues import DONE, FOUND, found
from tests.shared_data import ROOT, shared


def test_the_table_of_real_catalogues_is_what_is_found_in_them() -> None:
    entries = shared("corpus", "entries").resolve()
    table = FOUND + "".join(found(root) for root in sorted(entries.iterdir()))
    page = ROOT / "docs" / "catalogues.md"
    text = page.read_text("utf-8")
    start = text.index(FOUND)
    standing = text[start : text.index("\n\n", start) + 1]
    if os.environ.get("ENRICH_UPDATE_DOCS"):
        page.write_text(text.replace(standing, table), encoding="utf-8")
        standing = table

    assert standing == table


def test_the_table_of_runs_has_a_row_for_each_catalogue() -> None:
    text = (ROOT / "docs" / "catalogues.md").read_text("utf-8")
    tables = [text[text.index(head) + len(head) :].partition("\n\n")[0] for head in (FOUND, DONE)]
    names = [[row.split("|")[1].strip() for row in table.splitlines()] for table in tables]

    assert names[0] == names[1]
