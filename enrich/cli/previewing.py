"""How an entry is read, and what enrich would write into it, shown before it has asked anybody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from enrich.cache import Cache, Memory, Snapshot
from enrich.errors import StateError
from enrich.files import read
from enrich.models import Answer, Document, Failure, Plan, Reason, Record, RecordQuery
from enrich.network import open_cache
from enrich.planning import advance, context_for, identifiers_of, open_entry
from enrich.proposing import Subject
from enrich.reports.parts.cells import cut
from enrich.text import printable, unified_diff
from enrich.words import dataclass
from enrich.worker import MOST_ROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.cli.catalogue import Catalogue
    from enrich.models import Entry, Query
    from enrich.rule import Context
    from enrich.setting import Setting

MOST = 3
"""Entries that are shown …"""
MOST_LOOKED_AT = 60
"""… of so many, spread over the catalogue."""
STOOD_IN = dt.date(2000, 1, 1)
"""For a date that nobody was asked for."""


_NAME = 9
_ROOM = 80 - 4 - _NAME
"""Columns for a field."""


@dataclass(frozen=True, slots=True)
class Preview:
    path: str
    fields: tuple[str, ...]
    """A line for each: how the entry is read."""
    is_telling: bool
    """It states what its work is."""
    diff: str
    """Empty where nothing can be said before anybody is asked."""


def previews(setting: Setting, catalogue: Catalogue) -> tuple[Preview, ...]:
    """
    Up to three entries, those first that state an arXiv identifier.

    What cache and snapshots don't know stands for itself: the entry's own title and authors,
    and values that nobody could take for real. Writes nothing, not even a cache.
    """
    seen = list(islice(_previews(setting, catalogue), MOST_LOOKED_AT))
    return tuple(sorted(seen, key=lambda one: (not one.diff, not one.is_telling))[:MOST])


def _previews(setting: Setting, catalogue: Catalogue) -> Iterator[Preview]:
    """Ends with the third that has a diff."""
    context = context_for(
        setting.config, catalogue.shape, setting.started_at.date(), select=("MET",), customs=catalogue.customs
    )
    memory = _memory(setting)
    shown = 0
    for one in catalogue.sample:
        document = read(setting.root, one.document.path)
        subject = open_entry(document, context) if isinstance(document, Document) else None
        if not isinstance(subject, Subject):
            continue
        diff = _diff(subject, context, memory)
        stated = sorted(identifiers_of(subject.entry, context.today))
        yield Preview(subject.entry.path, tuple(_fields(subject.entry, stated)), bool(stated), diff)
        shown += bool(diff)
        if shown == MOST:
            return


def _fields(entry: Entry, stated: Sequence[str]) -> Iterator[str]:
    names = entry.authors.names if entry.authors else ()
    roles = Counter(link.role.value for link in entry.links)
    for name, value in (
        ("title", entry.title.value if entry.title else ""),
        ("authors", f"{len(names)}: {', '.join(names)}" if names else ""),
        ("year", entry.year.value if entry.year else ""),
        ("venue", entry.venue.value if entry.venue else ""),
        ("states", ", ".join(stated)),
        ("links", ", ".join(f"{role} {count:,}" for role, count in sorted(roles.items()))),
    ):
        yield f"    {name:<{_NAME}}{cut(printable(value), _ROOM) or '–'}"


def _memory(setting: Setting) -> Memory:
    cache: Cache | None = None
    if any(setting.cache_folder.glob("*.sqlite")):
        try:
            cache = open_cache(setting)
        except StateError:
            cache = None
    return Memory(cache, snapshot=Snapshot.load(setting.snapshots), offline=True)


def _diff(subject: Subject, context: Context, memory: Memory) -> str:
    document = subject.entry.document
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
    if arxiv is None or entry.title is None:
        return None
    return Record(
        "arxiv",
        arxiv,
        entry.title.value,
        entry.authors.names if entry.authors else (),
        published=STOOD_IN,
        categories=("xx.XX",),
        primary_category="xx.XX",
    )
