"""
Real catalogues without any configuration: what is found in them, and what a run does to them.

    ENRICH_SHARED=… python -m benchmarks.catalogues [NAME…]

The unmodified program on the tests' internet, where arXiv has 18,027 real records and
every other page answers. What it wrote is held against a reader of its own: the data
that was meant, and not a byte of any other line.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.cli.catalogue import open_catalogue
from enrich.cli.surveying import survey
from enrich.config import parse
from enrich.setting import Setting
from tests.end_to_end.catalogues import NO_PAUSE, Catalogue
from tests.end_to_end.proofs import bytes_elsewhere, data_of, intended, written_fields
from tests.internet import Internet
from tests.internet.library import Library
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = Path(os.environ.get("ENRICH_SHARED", ROOT.parent / "shared"))
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

FOUND = (
    "| catalogue | profile | entries | left alone | links | states arXiv | states a DOI |\n"
    "|-|-|--:|--:|-|--:|--:|\n"
)
DONE = (
    "| catalogue | links asked | changes written | files | to review | read otherwise | bytes elsewhere "
    "| changed again | exit |\n"
    "|-|--:|--:|--:|--:|--:|--:|--:|--:|\n"
)


def found(root: Path) -> str:
    """What is found in the catalogue at *root*, as a row; nobody is asked."""
    setting = Setting(root, parse("", "enrich.toml"), None, NOW)
    catalogue = open_catalogue(setting, ())
    counted = survey(setting, catalogue)
    links = ", ".join(f"{role} {count:,}" for role, count in sorted(counted.links.items()))
    cells = (
        root.name, catalogue.shape.name, f"{counted.entries:,}", f"{counted.bare + counted.unread:,}",
        links or "–", f"{counted.identifiers['arxiv']:,}", f"{counted.identifiers['doi']:,}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def done(root: Path, library: Library) -> str:
    """What a run, and a second one, did to a copy of the catalogue at *root*, as a row."""
    with tempfile.TemporaryDirectory() as folder, Internet(library, everything_else="ok") as internet:
        copy = Catalogue(Path(folder), internet.env)
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        shutil.copytree(root, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        copy.git("add", "--all")
        copy.git("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "--quiet", "--message", "c")
        before = copy.content()
        report = _run(copy)
        after = copy.content()
        _run(copy)
        again = copy.content()
    summary = report["summary"]
    fields = written_fields(report)
    others = [path for path in before if before[path] != after.get(path) and path not in fields]
    cells = (
        summary["links"],
        summary["changes"]["written"],
        len(fields),
        summary["changes"]["pending"],
        sum(data_of(after[path]) != intended(before[path], fields[path]) for path in fields),
        sum(bytes_elsewhere(before[path], after[path], fields[path]) for path in fields)
        + sum(len(before[path]) for path in others),
        sum(again[path] != after.get(path) for path in again),
        report["tool"]["exit_code"],
    )
    return (
        f"| {root.name} | {' | '.join(f'{cell:,}' if isinstance(cell, int) else cell for cell in cells)} |\n"
    )


def _run(copy: Catalogue) -> dict[str, Any]:
    process = copy.start("run", "--output-format", "json", *NO_PAUSE)
    out, err = process.communicate()
    try:
        report: dict[str, Any] = json.loads(out)
    except ValueError:
        sys.exit(f"{copy.root}: exit {process.returncode}\n{err}")
    return report


def main(names: Sequence[str]) -> None:
    records, entries = SHARED / "arxiv" / "records.jsonl", (SHARED / "corpus" / "entries").resolve()
    if not (records.is_file() and entries.is_dir()):
        sys.exit(f"no real catalogues at {SHARED}; ENRICH_SHARED names the folder that has them")
    roots = [root for root in sorted(entries.iterdir()) if not names or root.name in names]
    print(FOUND + "".join(map(found, roots)))
    with records.open(encoding="utf-8") as lines:
        library = Library(map(json.loads, lines))
    print(DONE, end="")
    for root in roots:
        print(done(root, library), end="", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
