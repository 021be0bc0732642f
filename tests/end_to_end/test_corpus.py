"""
Sixteen real catalogues on an internet with real records: what is written is proved
by a reader of its own and byte by byte, not by the code that wrote it.
"""

from __future__ import annotations

import datetime as dt
import json
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from enrich.applying import apply_changes
from enrich.files import read
from enrich.identifiers import read_arxiv_id
from enrich.ledger import StateFolder, read_pending
from enrich.models import Document, parse_path
from tests.documents import document
from tests.end_to_end.catalogues import NO_PAUSE
from tests.end_to_end.proofs import assert_only_these_fields_differ, split, written_fields
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Change
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

CATALOGUES = (
    "academicpages", "allm", "hugo-toml", "hugoblox-3dim", "hugoblox-bmic", "hugoblox-cdmuir",
    "iclr-blogposts", "llmbible", "ml4code", "no-front-matter", "paper-reading-wiki", "paperflow",
    "papers-i-read", "pmlr-v28", "quarto-heiss", "visdesignlab",
)  # fmt: skip

PROFILES = {
    "academicpages": "academicpages", "allm": "jekyll-links", "hugo-toml": "hugoblox",
    "hugoblox-3dim": "hugoblox", "hugoblox-bmic": "hugoblox", "hugoblox-cdmuir": "hugoblox",
    "llmbible": "jekyll-links",
    "ml4code": "jekyll-links", "pmlr-v28": "pmlr", "quarto-heiss": "quarto",
}  # fmt: skip
"""The others are generic."""


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_real_catalogue_is_enriched_and_nothing_else_is_touched(
    name: str, catalogue: Catalogue, arxiv_internet: Internet
) -> None:
    catalogue.copy(shared("corpus", "entries", name))
    catalogue.on(arxiv_internet)
    before = catalogue.content()

    report = json.loads(catalogue.outcome("run", "--output-format", "json", *NO_PAUSE, code=_code(name))[0])
    after = catalogue.content()
    asked = len(arxiv_internet.requests)
    catalogue.outcome("run", *NO_PAUSE, code=_code(name))

    written = written_fields(report)
    assert report["tool"]["profile"] == PROFILES.get(name, "generic")
    assert after.keys() == before.keys()
    assert {path for path in before if before[path] != after[path]} == set(written)
    for path, fields in written.items():
        assert_only_these_fields_differ(before[path], after[path], fields)
    assert list(_contradictions(name, after)) == []
    assert catalogue.content() == after
    # Nothing is asked again but what was left open, where this arXiv has too few papers to be believed;
    # what was written is another address, and asked for the first time.
    values = [value for fields in written.values() for value in fields.values()]
    new = {urlsplit(value).hostname for value in values if str(value).startswith("https://")}
    hosts = {request.host for request in arxiv_internet.requests[asked:]}
    assert hosts <= new or _findings(report, "RUN604")
    assert arxiv_internet.log.count("arxiv.org") == 0


def test_every_prefixed_link_is_repaired_where_the_record_confirms_it(
    catalogue: Catalogue, arxiv_internet: Internet, arxiv_records: tuple[dict[str, Any], ...]
) -> None:
    catalogue.copy(shared("corpus", "entries", "allm"))
    catalogue.on(arxiv_internet)
    known = {record["id"] for record in arxiv_records}
    rows = [row for row in _labels("allm") if row["kind"] == "hf-prefix" and row["expected"] in known]

    report = catalogue.report("run", *NO_PAUSE)

    waiting = {change["path"] for change in _findings(report, "IDN201") if change["status"] == "open"}
    repaired = [row for row in rows if row["raw"] not in (catalogue.root / row["path"]).read_text("utf-8")]
    assert len(repaired) > 0.97 * len(rows)
    assert {row["path"] for row in rows if row not in repaired} <= waiting
    asked = arxiv_internet.log.of("export.arxiv.org")
    searches = [request for request in asked if "search_query=" in request.path]
    lost = {row["path"] for row in _labels("allm") if row["expected"] not in known}
    # An entry whose paper arXiv lacks here costs a search, a few a narrower one; guesses come twice.
    assert len(searches) <= 1.1 * len(lost)
    assert len(asked) - len(searches) <= 10 + 2 * len(lost)
    assert arxiv_internet.log.peak_in_flight("export.arxiv.org") == 1


@pytest.mark.parametrize("name", ["allm", "ml4code"])
def test_any_changes_of_real_entries_in_any_order_make_the_same_bytes(
    name: str, catalogue: Catalogue, arxiv_internet: Internet
) -> None:
    catalogue.copy(shared("corpus", "entries", name))
    catalogue.on(arxiv_internet)
    catalogue.enrich("run", "--dry-run", *NO_PAUSE)
    waiting: dict[str, list[Change]] = {}
    for item in read_pending(StateFolder(catalogue.root)):
        waiting.setdefault(item.change.path, []).append(item.change)
    random = Random(name)  # the same choice every time

    for path, changes in waiting.items():
        before = read(catalogue.root, path)
        assert isinstance(before, Document)
        chosen = random.sample(changes, random.randint(0, len(changes)))
        together = apply_changes(before, chosen)
        one_by_one = before
        for change in chosen:
            text = apply_changes(one_by_one, [change]).text
            one_by_one = document(text.encode("utf-8", "surrogateescape"), path)
        in_order = apply_changes(before, [change for change in changes if change in chosen])
        assert one_by_one.text == together.text == in_order.text, (path, chosen)
        assert (together.text == before.text) == (not chosen)

    assert sum(map(len, waiting.values())) > 20


def _code(name: str) -> int:
    return 3 if name == "no-front-matter" else 0


def _findings(report: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def _labels(name: str) -> Iterator[dict[str, Any]]:
    """What the identifiers of a catalogue mean, as people have labelled them."""
    with shared("corpus", "arxiv_ids.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["file"] and row["file"].startswith(f"{name}/") and row["field"] != "body":
                yield row | {"path": row["file"].removeprefix(f"{name}/")}


def _contradictions(name: str, content: dict[str, bytes]) -> Iterator[str]:
    """Fields that mean another identifier now than the labels say."""
    for row in _labels(name):
        data = yaml.load(split(content[row["path"]])[0], Loader=yaml.CBaseLoader)
        value: Any = data
        *way, last = parse_path(row["field"])
        for step in way:
            # A link that stood twice is taken out; those behind it have moved up.
            value = value[min(int(step), len(value) - 1)] if isinstance(value, list) else value[step]
        value = value[last]
        if row["raw"] in value:
            continue
        reading = read_arxiv_id(value, today=dt.date(2026, 11, 22))
        version = f"v{reading.arxiv.version}" if reading and reading.arxiv.version else None
        if reading is None or reading.arxiv.id != row["expected"] or version != row["version"]:
            yield f"{row['path']}: {row['raw']} became {value}, {row['expected']} is meant"
        if data.get("arxiv_id", row["expected"]) != row["expected"]:
            yield f"{row['path']}: arxiv_id {data['arxiv_id']}, {row['expected']} is meant"
