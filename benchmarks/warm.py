"""
What a run costs over entries that are as they were, and whose answers are all fresh.

    python -m benchmarks.warm
    python -m benchmarks.warm --entries 1000 10000 100000 --repeat 5

Each entry has a paper on arXiv and three links; the first run repairs all of them and is
committed. Nobody is asked: the answers are put into the cache before. CPU is that of the
process and of the git that it calls, the least of several runs on one core.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.catalogue import entry, records
from enrich.cache import Cache
from enrich.models import Answer, Fault, Hop, LinkCheck, LinkQuery, LinkStatus, RecordQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import AnswerOutcome, Query

ROOT = Path(__file__).parents[1]
HOSTS = 250
CONFIGURATION = '[catalogue]\nprofile = "jekyll-links"\n[links]\narchive = "off"\n'
ENRICH = (sys.executable, "-m", "enrich")
COMMANDS = (("check",), ("check", "--output-format", "json"), ("run",), ("diff",))
NO_NETWORK = "http://127.0.0.1:1"


def main() -> None:
    options = _options()
    print(f"{'entries':>8} {'CPU s':>6} {'wall s':>7} {'MiB':>5}  command")
    for count in options.entries:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, count)
            for command in COMMANDS:
                _print(count, timed(folder, command), f"enrich {' '.join(command)}, the first time")
                runs = [timed(folder, command) for _ in range(options.repeat)]
                _print(count, tuple(map(min, zip(*runs, strict=True))), f"enrich {' '.join(command)}")
            _touch(folder)
            _print(count, timed(folder, ("check",)), "enrich check, every file touched")
            size = sum(file.stat().st_size for file in folder.glob(".enrich_cache/*.sqlite*"))
            print(f"the cache has {size / count / 1000:.1f} kB an entry", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warm")
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


def prepare(folder: Path, count: int) -> tuple[float, float, float]:
    """
    *count* entries in git that enrich has repaired, and every answer about them in the cache.

    What the repairing took, as `timed` tells. Its journal is gone, as in a clone.
    """
    publications = folder / "_publications"
    publications.mkdir(parents=True)
    for number, record in enumerate(records(count)):
        header, fence, body = entry(record, number).replace("No Venue", "ICSE").rpartition("tags:")
        links = "".join(f"  - {{name: Code, url: '{url}'}}\n" for url in _links(number)[:1])
        text = "".join(f"See [this]({url}).\n" for url in _links(number)[1:])
        (publications / f"entry{number}.markdown").write_text(
            f"{header}{links}{fence}{body}{text}", encoding="utf-8"
        )
    (folder / "enrich.toml").write_text(CONFIGURATION, encoding="utf-8")
    _git(folder, "init", "-q")
    _commit(folder)
    fill(folder / ".enrich_cache", count)
    measured = timed(folder, ("run",))
    _commit(folder)
    shutil.rmtree(folder / ".enrich" / "journal")
    return measured


def fill(cache: Path, count: int) -> None:
    with Cache.open(cache, now=lambda: dt.datetime.now(dt.UTC)) as kept:
        for query, outcome in _answers(count):
            kept.put(Answer(query, outcome, "benchmark", dt.datetime.now(dt.UTC)))


def _answers(count: int) -> Iterator[tuple[Query, AnswerOutcome]]:
    for number, record in enumerate(records(count)):
        yield RecordQuery("arxiv", record.id), record
        for position, url in enumerate(_links(number)):
            yield LinkQuery(url), _check(url, 3 * number + position)


def _check(url: str, number: int) -> LinkCheck:
    """One in twenty is gone, one in twenty has moved."""
    if number % 20 == 0:
        return LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)
    if number % 20 == 1:
        there = url.replace("/page/", "/moved/")
        return LinkCheck(
            LinkStatus.MOVED, f"moved to {there}", code=200, final_url=there, chain=(Hop(url, 301),)
        )
    return LinkCheck(LinkStatus.OK, "200 OK", code=200)


def _links(number: int) -> list[str]:
    return [
        f"https://www.host{(number * step) % HOSTS}.org/page/{name}-{number}"
        for step, name in ((1, "code"), (7, "text"), (11, "more"))
    ]


def _touch(folder: Path) -> None:
    """As a fresh checkout does: the same bytes with another time."""
    for file in folder.glob("_publications/*"):
        file.touch()


def _commit(folder: Path) -> None:
    _git(folder, "add", "-A")
    _git(folder, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "entries")


def _git(folder: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=folder, check=True)


def timed(folder: Path, command: tuple[str, ...]) -> tuple[float, float, float]:
    """Seconds of CPU, seconds, MiB."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ENRICH"))}
    environ = {**kept, "PYTHONPATH": str(ROOT), "HTTP_PROXY": NO_NETWORK, "HTTPS_PROXY": NO_NETWORK}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    core = str(min(os.sched_getaffinity(0)))
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(
            ("taskset", "--cpu-list", core, *ENRICH, *command),
            cwd=folder, env=environ, stdout=nowhere, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - began, used.ru_maxrss / 1024


def _print(count: int, measured: tuple[float, ...], what: str) -> None:
    cpu, wall, peak = measured
    print(f"{count:>8,} {cpu:>6.2f} {wall:>7.2f} {peak:>5.0f}  {what}", flush=True)


if __name__ == "__main__":
    main()
