"""
What the cache costs when it is large: written, opened, looked up, counted, pruned.

    python -m benchmarks.cache
    python -m benchmarks.cache --answers 1000000

Nine in ten answers are about links, one is a record; half of the links are no longer
fresh when it is pruned. Seconds are of CPU, user and system together.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.catalogue import records
from enrich.cache import Cache
from enrich.models import Answer, Hop, LinkCheck, LinkQuery, LinkStatus, RecordQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import AnswerOutcome, Query

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
LOOKED_UP = 10_000
_ABSTRACT = "We show that an abstract has about a thousand characters, which is what this one has. " * 12


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cache")
    parser.add_argument("--answers", type=int, nargs="+", default=[10_000, 100_000])
    for count in parser.parse_args().answers:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), count)


def _measure(folder: Path, count: int) -> None:
    print(f"\n{count:,} answers")
    cache = Cache.open(folder, now=lambda: NOW)
    with _told("written", count):
        for number in range(count):
            cache.put(_answer(number))
        cache.flush()
    cache.close()
    size = _size(folder)
    print(f"{size / 1e6:>9,.1f} MB   {size / count:,.0f} bytes an answer")
    with _told("opened"):
        cache = Cache.open(folder, now=lambda: NOW)
    chosen = random.Random(1).sample(range(count), min(LOOKED_UP, count))
    with _told("looked up", len(chosen)):
        found = sum(cache.get(_question(number)) is not None for number in chosen)
    print(f"{found:>9,} of {len(chosen):,} are fresh")
    with _told("asked whether much is known, as a run does"):
        cache.count_links(1_000)
    with _told("counted, as `enrich cache info` does"):
        cache.stats()
    with _told("pruned, as `enrich cache prune` does"):
        pruned = cache.prune()
    print(f"{pruned.links:>9,} answers dropped, {(pruned.before - pruned.after) / 1e6:,.1f} MB freed")
    cache.close()


def _question(number: int) -> Query:
    if number % 10 == 0:
        return RecordQuery("arxiv", f"24{10 + number // 900_000}.{number // 10 % 90_000 + 1:05}")
    return LinkQuery(f"https://www.host{number % 997}.org/papers/{number}/some-page.html")


def _answer(number: int) -> Answer:
    at = NOW - dt.timedelta(days=20 if number % 2 else 1)
    return Answer(_question(number), _outcome(number), "benchmark", at)


_RECORD = replace(next(records(1)), abstract=_ABSTRACT)


def _outcome(number: int) -> AnswerOutcome:
    if number % 10 == 0:
        return replace(_RECORD, id=f"24{10 + number // 900_000}.{number // 10 % 90_000 + 1:05}")
    if number % 10 == 1:
        there = f"https://www.host{number % 997}.org/moved/{number}"
        return LinkCheck(LinkStatus.MOVED, "moved", code=200, final_url=there, chain=(Hop(there, 301),))
    return LinkCheck(LinkStatus.OK, "200 OK", code=200)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.sqlite*"))


@contextmanager
def _told(what: str, count: int = 0) -> Iterator[None]:
    before = _cpu_s()
    yield
    spent = _cpu_s() - before
    each = f"   {1e6 * spent / count:,.0f} µs each" if count else ""
    print(f"{spent:>9,.3f} s    {what}{each}", flush=True)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
