"""Papers as arXiv's public snapshot has them, and mirrors of them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from enrich.mirror.importing import Imported, import_file
from enrich.mirror.writing import writing
from tests.internet.papers import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

TODAY = dt.date(2026, 11, 25)


def line(record: Mapping[str, Any], update_date: str = "2026-11-01", **other: object) -> str:
    """*record* (see `papers.paper`) as a line of the snapshot, with *other* values for some keys."""
    known = paper(record)
    versions = range(1, known.versions + 1)
    fields = {
        "id": known.id,
        "submitter": "Somebody",
        "authors": ", ".join(author.name for author in known.authors).replace(", :, ", ": "),
        "title": known.title.replace(" ", "\n  ", 1),
        "comments": known.comment,
        "journal-ref": known.journal_ref,
        "doi": " ".join(known.dois) or None,
        "report-no": None,
        "categories": " ".join(known.categories),
        "license": None,
        "abstract": f"{known.abstract}\n",
        "versions": [
            {"version": f"v{number}", "created": f"{known.dated(number):%a, %d %b %Y %H:%M:%S} GMT"}
            for number in versions
        ],
        "update_date": update_date,
        "authors_parsed": [[author.name, "", ""] for author in known.authors],
    }
    return json.dumps(fields | other)


def write(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path


def imported(
    mirror: Path, file: Path, today: dt.date = TODAY, tell: Callable[[str], None] = lambda _: None
) -> Imported:
    with writing(mirror) as writer:
        writer.prepare(lambda _done, _of: None)
        return import_file(file, writer, today, tell=tell, show=lambda *_: None)


def mirror_of(folder: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """The file of a mirror of *records*."""
    mirror = folder / "arxiv.sqlite"
    imported(mirror, write(folder / "snapshot.jsonl", map(line, records)))
    return mirror
