"""
Sixteen real catalogues on an internet with real records: what is written is proved
by a reader of its own and byte by byte, not by the code that wrote it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
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
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Change, Path
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

_HEADER = re.compile(
    rb"(---[ \t]*\r?\n)(.*?\r?\n)?(---[ \t]*(?:\r?\n|\Z))|(\+{3}\r?\n)(?P<toml>.*?\r?\n)\+{3}\s", re.DOTALL
)


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

    written = _written_fields(report)
    assert report["tool"]["profile"] == PROFILES.get(name, "generic")
    assert after.keys() == before.keys()
    assert {path for path in before if before[path] != after[path]} == set(written)
    for path, fields in written.items():
        _assert_only_these_fields_differ(before[path], after[path], fields)
    assert list(_contradictions(name, after)) == []
    assert catalogue.content() == after
    # Nothing is asked again; what was written is another address, and asked for the first time.
    values = [value for fields in written.values() for value in fields.values()]
    new = {urlsplit(value).hostname for value in values if str(value).startswith("https://")}
    assert {request.host for request in arxiv_internet.requests[asked:]} <= new
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


def _written_fields(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The new value of every field that the report says was written, by path."""
    fields: dict[str, dict[str, Any]] = {}
    for finding in report["findings"]:
        if finding["status"] == "fixed":
            change = finding["change"]
            fields.setdefault(finding["path"], {})[change["field"]] = change["after"]
    return fields


def _assert_only_these_fields_differ(before: bytes, after: bytes, fields: dict[str, Any]) -> None:
    (old_head, old_body), (new_head, new_body) = _split(before), _split(after)
    load, lines_of_others = (_toml, _toml_lines) if before.startswith(b"+++") else (_yaml, _lines_of_others)
    intended = load(old_head)
    # Items that go are taken out last and from the end: the others are named by where they stood.
    for field, value in fields.items():
        if value is not None:
            _put(intended, field, value)
    for path in sorted((parse_path(field) for field, value in fields.items() if value is None), reverse=True):
        _take_out(intended, path)

    assert new_body == old_body
    assert load(new_head) == intended
    keys = {step for field in fields for step in parse_path(field)[:: 1 if load is _toml else 99]}
    assert lines_of_others(old_head, keys) == lines_of_others(new_head, keys)


def _yaml(head: bytes) -> Any:
    return yaml.load(head, Loader=yaml.CBaseLoader)


def _toml(head: bytes) -> Any:
    """As PyYAML's base loader reads: every scalar a text."""
    return _texts(tomllib.loads(head.decode()))


def _texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    return list(map(_texts, data)) if isinstance(data, list) else str(data)


def _toml_lines(head: bytes, keys: set[Any]) -> list[bytes]:
    """The lines that begin with none of *keys*; what is written here stands on one line each."""
    return [line for line in head.splitlines() if line.split(b"=")[0].strip().decode() not in keys]


def _split(content: bytes) -> tuple[bytes, bytes]:
    found = _HEADER.match(content)
    assert found
    return found["toml"] or found[2] or b"", content[found.end() :]


def _take_out(data: dict[Any, Any], path: Path) -> None:
    *way, last = path
    target: Any = data
    for step in way:
        target = target[step]
    del target[last]


def _put(data: dict[Any, Any], field: str, value: Any) -> None:
    *way, last = parse_path(field)
    target: Any = data
    for step in way:
        target = target[step]
    if isinstance(value, list) and isinstance(target.get(last), list) and isinstance(target[last][0], dict):
        for item, name in zip(target[last], value, strict=True):
            item["name"] = name
    else:
        target[last] = value


def _lines_of_others(head: bytes, keys: set[Any]) -> list[bytes]:
    """The lines that hold no part of *keys*, by PyYAML's own marks."""
    lines = head.splitlines(keepends=True)
    mapping = yaml.compose(head, Loader=yaml.SafeLoader)
    assert mapping
    ours: set[int] = set()
    for key, value in mapping.value:
        if key.value in keys:
            end = value.end_mark.line + (value.end_mark.column > 0)
            ours |= set(range(key.start_mark.line, max(end, key.start_mark.line + 1)))
    return [line for number, line in enumerate(lines) if number not in ours and line.strip()]


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
        data = yaml.load(_split(content[row["path"]])[0], Loader=yaml.CBaseLoader)
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
