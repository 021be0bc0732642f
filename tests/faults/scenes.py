"""Commands that write, each with a catalogue in which it has something to do."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.cache import Cache
from enrich.ledger import StateFolder, Verdict, add_decisions, decision_about, read_pending
from enrich.models import Answer, LinkCheck, LinkQuery, LinkStatus, Record, RecordQuery
from enrich.naming import to_json
from tests.end_to_end.queues import SNAPSHOT
from tests.internet import OK, status
from tests.internet.samples import SAMPLES
from tests.mirror.snapshots import line, mirror_of, write
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

ONLINE = ("--set", "sources.arxiv.pace=0s", "--set", "sources.arxiv.batch=2", "--set", "network.processes=0",
          "--set", "links.retry=0", "--set", "links.archive=off")  # fmt: skip


MIRROR = ("--set", "mirror.path=.enrich_cache/arxiv.sqlite")


@dataclass(frozen=True, slots=True)
class Scene:
    name: str
    args: tuple[str, ...]
    arrange: Callable[[Catalogue], None]
    """What was done before."""
    is_online: bool = False
    code: int = 0
    again: tuple[int, ...] = (0,)
    """How the same command may end where all is done already."""
    rows: tuple[str, str] | None = None
    """A database, and a question to it that has the same answer wherever the command came to its end."""


def examples(catalogue: Catalogue) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()


def waiting(catalogue: Catalogue) -> None:
    examples(catalogue)
    catalogue.enrich("run", "--offline", "--dry-run")


def written(catalogue: Catalogue) -> None:
    examples(catalogue)
    catalogue.enrich("run", "--offline")


def accepted(catalogue: Catalogue) -> None:
    waiting(catalogue)
    state = StateFolder(catalogue.root)
    add_decisions(state, (decision_about(item.change, Verdict.ACCEPTED) for item in read_pending(state)))


def answered(catalogue: Catalogue) -> None:
    """A review page's answers lie beside the catalogue."""
    waiting(catalogue)
    decisions = [
        {
            "id": item.change.id,
            "verdict": ("accepted", "rejected")[number % 2],
            "path": item.change.path,
            "field": item.change.fix.field,
            "after": to_json(item.change.fix.after),
        }
        for number, item in enumerate(read_pending(StateFolder(catalogue.root)))
    ]
    page = json.dumps({"version": 1, "plan": "0" * 12, "decisions": decisions})
    catalogue.write("../decisions.json", page)


def online(catalogue: Catalogue) -> None:
    """Six papers, each with a link that works and one that doesn't."""
    for number in range(6):
        catalogue.write(
            f"_publications/entry{number}.md",
            f"---\ntitle: A Paper About Gpt-{number}\nauthors: Alex Baker-whitcomb, Bob Mcgrew\nyear: 2024\n"
            "additional_links:\n"
            f"  - {{name: Paper, url: 'https://arxiv.org/abs/hf2410.{number + 1:05}'}}\n"
            f"  - {{name: Code, url: 'https://code.example/{number}'}}\n"
            f"  - {{name: Data, url: 'https://data.example/{number}'}}\n"
            "---\nText.\n",
        )
    catalogue.commit()


def people(internet: Internet) -> None:
    """Who is asked in the scenes that are online."""
    internet.arxiv.load(
        {
            "id": f"2410.{number + 1:05}",
            "title": f"A Paper About GPT-{number}",
            "authors": ["Alex Baker-Whitcomb", "Bob McGrew"],
            "categories": ["cs.CL"],
            "primary_category": "cs.CL",
            "published": "2024-10-01",
        }
        for number in range(6)
    )
    internet.host("code.example", default=OK)
    internet.host("data.example", default=status(404))


def bare(catalogue: Catalogue) -> None:
    catalogue.copy(ROOT / "examples")
    (catalogue.root / "enrich.toml").unlink()
    catalogue.commit()


def old(catalogue: Catalogue) -> None:
    """Answers in the cache that are no longer fresh."""
    examples(catalogue)
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    with Cache.open(catalogue.root / ".enrich_cache", now=lambda: long_ago) as cache:
        for number in range(200):
            url = f"https://code.example/{number}"
            cache.put(Answer(LinkQuery(url), LinkCheck(LinkStatus.OK, "200 OK"), "web", long_ago))
            record = Record("arxiv", f"2410.{number:05}", f"A Paper About GPT-{number}", ("Ada Sleepwell",))
            cache.put(Answer(RecordQuery("arxiv", record.id), record, "arxiv", long_ago))


def downloaded(catalogue: Catalogue) -> None:
    """A mirror of six papers, and a newer snapshot: two are as they were, two have changed, two are new."""
    examples(catalogue)
    folder = catalogue.root / ".enrich_cache"
    folder.mkdir()
    mirror_of(folder, SAMPLES[:4])
    newer = [line(one, "2026-11-09", title=f"{one['title']}, Again") for one in SAMPLES[2:]]
    write(catalogue.root / "newer.jsonl", newer)


def exported(catalogue: Catalogue) -> None:
    written(catalogue)
    catalogue.write("known.jsonl", "")


SCENES = (
    Scene("run", ("run", *ONLINE), online, is_online=True),
    Scene("run --offline", ("run", "--offline", "--allow-dirty"), examples),
    Scene("run, again", ("run", "--offline", "--allow-dirty", "--refresh"), written),
    Scene("check", ("check", "--offline", "--fail-on", "never"), waiting),
    Scene("apply --safe", ("apply", "--safe"), waiting),
    Scene("apply", ("apply",), accepted),
    Scene("undo", ("undo",), written),
    Scene("review --import", ("review", "--import", "../decisions.json"), answered),
    Scene("baseline create", ("baseline", "create", "--offline"), examples),
    Scene("init", ("init", "--yes"), bare, again=(0, 2)),
    Scene("cache clear", ("cache", "clear"), written),
    Scene("cache prune", ("cache", "prune"), old, rows=("v1.sqlite", "SELECT key, kept FROM answers")),
    Scene(
        "mirror import",
        ("mirror", "import", "newer.jsonl", *MIRROR),
        downloaded,
        rows=("arxiv.sqlite", "SELECT id, datestamp, title, digest, record FROM papers"),
    ),
    Scene("cache export", ("cache", "export", "known.jsonl"), exported),
)
