"""A catalogue of any size, with the defects of real ones, and the records that repair it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enrich.cache import write_snapshot
from enrich.matching import capitalised
from enrich.models import Answer, Record, RecordQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORDS = (
    "learning", "to", "read", "GPT-style", "models", "with", "LoRA", "adapters", "in", "the", "wild", "for",
    "BERT", "retrieval", "and", "code", "repair", "under", "shift", "via", "in-context", "graph", "attention",
)  # fmt: skip
_GIVEN = ("Alex", "Mei-Ling", "Aleksander", "Jean-Baptiste", "Seung-won", "Bob", "Ilya", "Sharon")
_FAMILY = ("Baker-Whitcomb", "McGrew", "Mądry", "O'Connell", "Hwang", "LaFontaine", "D'Andigné", "Li")
_BODY = "An entry has a text of some length. " * 30

RETRIEVED_AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def records(count: int) -> Iterator[Record]:
    """*count* works of 2410.00001 and on, each with a title and authors of its own."""
    for number in range(count):
        words = [_WORDS[(number * 7 + step * step) % len(_WORDS)] for step in range(9)]
        title = f"{' '.join(words)} {number}".capitalize().replace("gpt", "GPT").replace("lora", "LoRA")
        authors = tuple(
            f"{_GIVEN[(number + step) % 8]} {_FAMILY[(number * 3 + step * 5) % 8]}" for step in range(6)
        )
        yield Record(
            "arxiv", f"24{10 + number // 90_000}.{number % 90_000 + 1:05}", title, authors,
            published=dt.date(2024, 10, 1), version=1,
            categories=("cs.CL", "cs.LG"), primary_category="cs.CL",
        )  # fmt: skip


def entry(record: Record, number: int) -> str:
    """An entry for *record*: one in three has a mangled identifier, all lost capitals."""
    prefix = "hf" if number % 3 == 0 else ""
    return (
        "---\nlayout: publication\n"
        f"title: {capitalised(record.title)}\n"
        f"authors: {', '.join(capitalised(name) for name in record.authors)}\n"
        f"conference: No Venue\nyear: 2024\nbibkey: entry{number}\n"
        "additional_links:\n"
        f"  - {{name: Paper, url: 'https://arxiv.org/abs/{prefix}{record.id}'}}\n"
        f'tags: ["Benchmark"]\n---\n{_BODY}\n'
    )


def write_catalogue(folder: Path, count: int) -> None:
    """*count* entries in `_publications/`, a snapshot of their records, a configuration that names it."""
    publications = folder / "_publications"
    publications.mkdir(parents=True)
    for number, record in enumerate(records(count)):
        (publications / f"entry{number}.markdown").write_text(entry(record, number), encoding="utf-8")
    answers = (
        Answer(RecordQuery("arxiv", record.id), record, "arxiv", RETRIEVED_AT) for record in records(count)
    )
    write_snapshot(folder / "records.jsonl", answers)
    (folder / "enrich.toml").write_text('[cache]\nsnapshots = ["records.jsonl"]\n', encoding="utf-8")
