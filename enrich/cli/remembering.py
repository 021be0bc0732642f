"""`enrich cache`: what is remembered, how old it is, and how to share or forget it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.cache import Memory, Snapshot
from enrich.checking import is_arxiv_host
from enrich.cli.setting import setting_of
from enrich.identifiers import read_arxiv_id
from enrich.links import canonical_url
from enrich.network import open_cache
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.reports.remembered import write_pruned, write_remembered, write_stats

if TYPE_CHECKING:
    import argparse
    from typing import TextIO


def _name_of(text: str, today: dt.date) -> str:
    """Under which the cache knows it: a paper is known by its identifier, whatever its address."""
    reading = read_arxiv_id(text, today=today)
    url = canonical_url(text)
    if reading and (url is None or is_arxiv_host(url)):
        return f"arxiv:{reading.arxiv.id}"
    return url or text


def remember(args: argparse.Namespace, out: TextIO) -> int:
    setting = setting_of(args)
    links = setting.config.links
    with open_cache(setting) as cache:
        match args.action:
            case "info":
                stats = cache.stats(confirm_after=links.confirm_after, confirm_days=links.confirm_days)
                snapshots = [(path.name, len(Snapshot.load([path]))) for path in setting.snapshots]
                write_stats(stats, snapshots, out)
            case "show":
                found = cache.show(_name_of(args.url, setting.started_at.date()))
                write_remembered(args.url, found, links.confirm_after, out)
                return 0 if found else 1
            case "export":
                memory = Memory(cache, snapshot=Snapshot.load(setting.snapshots))
                exported = memory.export(Path(args.file), abstracts=args.abstracts)
                put(out, f"Wrote {args.file}: {counted(exported.written, 'answer')}.")
                if exported.withheld:
                    put(out, f"{exported.withheld:,} left out: their sources' terms forbid to share them.")
            case "prune":
                older_than = None if args.older_than is None else dt.timedelta(seconds=args.older_than)
                write_pruned(
                    cache.prune(older_than=older_than, dry_run=args.dry_run), out, dry_run=args.dry_run
                )
            case "clear":
                cache.clear()
                put(out, f"Forgot every answer in {cache.path}.")
    return 0
