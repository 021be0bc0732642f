"""What enrich would write into an entry, shown before it has asked anybody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enrich.cache import Cache, Memory, Snapshot
from enrich.errors import StateError
from enrich.files import read
from enrich.models import Answer, Document, Failure, Plan, Reason, Record, RecordQuery
from enrich.network import open_cache
from enrich.planning import advance, context_for, identifiers_of, open_entry
from enrich.text import unified_diff
from enrich.worker import MOST_ROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.cli.catalogue import Catalogue
    from enrich.models import Query
    from enrich.proposing import Subject
    from enrich.rule import Context
    from enrich.setting import Setting

MOST = 3
"""Entries that are shown."""
STOOD_IN = dt.date(2000, 1, 1)
"""For a date that nobody was asked for."""


def previews(setting: Setting, catalogue: Catalogue) -> Iterator[str]:
    """
    Diffs of up to three entries that state an arXiv identifier.

    What cache and snapshots don't know stands for itself: the entry's own title and authors,
    and values that nobody could take for real. Writes nothing, not even a cache.
    """
    context = context_for(
        setting.config, catalogue.shape, setting.started_at.date(), select=("MET",), customs=catalogue.customs
    )
    memory = _memory(setting)
    shown = 0
    for one in catalogue.sample:
        document = read(setting.root, one.document.path)
        diff = _preview(document, context, memory) if isinstance(document, Document) else ""
        if diff:
            yield diff
            shown += 1
        if shown == MOST:
            return


def _memory(setting: Setting) -> Memory:
    cache: Cache | None = None
    if any(setting.cache_folder.glob("*.sqlite")):
        try:
            cache = open_cache(setting)
        except StateError:
            cache = None
    return Memory(cache, snapshot=Snapshot.load(setting.snapshots), offline=True)


def _preview(document: Document, context: Context, memory: Memory) -> str:
    subject = open_entry(document, context)
    if isinstance(subject, Plan):
        return ""
    stands_in = _stands_in(subject, context)
    answers: dict[Query, Answer] = {}
    for _ in range(MOST_ROUNDS):
        step = advance(subject, answers, context)
        if isinstance(step, Plan):
            return unified_diff(document.path, document.text, step.text, 1) if step.written else ""
        answers |= {query: _told(query, stands_in, memory, context) for query in step.queries}
    return ""


def _told(query: Query, stands_in: Record | None, memory: Memory, context: Context) -> Answer:
    known = memory.get(query)
    if known is not None:
        return known
    retrieved = dt.datetime.combine(context.today, dt.time(), dt.UTC)
    if stands_in and query == RecordQuery(stands_in.scheme, stands_in.id):
        return Answer(query, stands_in, stands_in.scheme, retrieved)
    return Answer(query, Failure(Reason.NETWORK, "offline"), "offline", retrieved)


def _stands_in(subject: Subject, context: Context) -> Record | None:
    """A record that agrees with the entry in everything."""
    entry = subject.entry
    names = (name.partition(":") for name in sorted(identifiers_of(entry, context.today)))
    arxiv = next((rest for scheme, _, rest in names if scheme == "arxiv"), None)
    if arxiv is None or entry.title is None or entry.authors is None:
        return None
    return Record(
        "arxiv",
        arxiv,
        entry.title.value,
        entry.authors.names,
        published=STOOD_IN,
        categories=("xx.XX",),
        primary_category="xx.XX",
    )
