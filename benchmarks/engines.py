"""
What a run costs by engine: here, and over one, two and four workers of a Dask cluster.

    python -m benchmarks.engines
    python -m benchmarks.engines --entries 2000 --latency 50 --in-flight 100 --workers 1 2 4

Every entry of the catalogue gets repaired, from a record in a snapshot, and has links on the
hosts of `benchmarks.links`, by the same fates. Scheduler and workers are processes of this
machine, started before; a worker asks and judges what it is given, and the driver keeps files
and cache. CPU is told by who spends it, for what the driver spends bounds a cluster.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.catalogue import RETRIEVED_AT, entry, records
from benchmarks.link_server import serving
from benchmarks.link_tools import ROOT, environment
from benchmarks.links import FATES, HOSTS, in_own_network
from enrich.cache import write_snapshot
from enrich.models import Answer, RecordQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

LINKS_PER_ENTRY = 3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    seconds: float
    driver_s: float
    """CPU, with that of processes that it started itself."""
    workers_s: float
    scheduler_s: float
    report: str
    """What was found, without times."""


@dataclass(frozen=True, slots=True)
class Cluster:
    address: str
    scheduler: int
    workers: tuple[int, ...]
    """Their process ids."""


def main() -> None:
    chosen = _arguments()
    if (code := in_own_network("benchmarks.engines")) is not None:
        sys.exit(code)
    compileall.compile_dir(str(ROOT / "enrich"), quiet=2)
    print(
        f"{chosen.entries:,} entries, {chosen.entries * LINKS_PER_ENTRY:,} links at {len(HOSTS)} hosts, "
        f"{chosen.latency} ms, {chosen.in_flight} in flight; {len(os.sched_getaffinity(0))} cores for all "
        f"of it; median of {chosen.repeat}"
    )
    print(
        f"{'':>18} {'seconds':>8} {'entries/s':>9} {'driver CPU s':>12} {'workers CPU s':>13} "
        f"{'scheduler CPU s':>15} {'requests':>8}"
    )
    said = set()
    with tempfile.TemporaryDirectory() as scratch, serving(chosen.latency / 1000) as server:
        for workers in (0, *chosen.workers):
            runs = []
            for turn in range(chosen.repeat):
                folder = Path(scratch, f"{workers}-{turn}")
                write_catalogue(folder, chosen.entries, server.port)
                before = server.requests
                with cluster_of(workers, Path(scratch)) as cluster:
                    measured = _run(folder, cluster, chosen.in_flight)
                runs.append((measured, server.requests - before))
            measured, requests = sorted(runs, key=lambda run: run[0].seconds)[len(runs) // 2]
            said.add(measured.report)
            name = f"dask, {workers} {'worker' if workers == 1 else 'workers'}" if workers else "local"
            print(
                f"{name:>18} {measured.seconds:>8.1f} {chosen.entries / measured.seconds:>9,.0f} "
                f"{measured.driver_s:>12.1f} {measured.workers_s:>13.1f} {measured.scheduler_s:>15.1f} "
                f"{requests:>8,}",
                flush=True,
            )
    print("all say the same" if len(said) == 1 else "THEY DIFFER")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines")
    parser.add_argument("--entries", type=int, default=2_000)
    parser.add_argument("--latency", type=int, default=50, help="milliseconds")
    parser.add_argument("--in-flight", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--repeat", type=int, default=1)
    return parser.parse_args()


def write_catalogue(folder: Path, count: int, port: int) -> None:
    """Entries of `benchmarks.catalogue`, with links in their text; always the same."""
    chance = random.Random(1)
    publications = folder / "_publications"
    publications.mkdir(parents=True)
    for number, record in enumerate(records(count)):
        links = (
            f"- [link](http://{chance.choice(HOSTS)}:{port}/{chance.choice(FATES)}/{number}-{place})\n"
            for place in range(LINKS_PER_ENTRY)
        )
        text = entry(record, number) + "\n" + "".join(links)
        (publications / f"entry{number}.markdown").write_text(text, encoding="utf-8")
    write_snapshot(
        folder / "records.jsonl",
        (Answer(RecordQuery("arxiv", one.id), one, "arxiv", RETRIEVED_AT) for one in records(count)),
    )
    (folder / "enrich.toml").write_text('[cache]\nsnapshots = ["records.jsonl"]\n', encoding="utf-8")


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[Cluster | None]:
    """None where there are to be no *workers*."""
    if not workers:
        yield None
        return
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    started = [_start("scheduler", file, "--host", "127.0.0.1", "--port", "0")]
    try:
        while not (file.exists() and file.read_text().rstrip().endswith("}")):
            time.sleep(0.1)
        one_each = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        started += [_start("worker", file, *one_each) for _ in range(workers)]
        pids = [process.pid for process in started]
        address = json.loads(file.read_text())["address"]
        _until_there(address, workers)
        yield Cluster(address, pids[0], tuple(pids[1:]))
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _start(what: str, file: Path, *options: str) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", "--scheduler-file")
    return subprocess.Popen(
        [*command, str(file), *options],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _until_there(address: str, workers: int) -> None:
    waiting = f"from distributed import Client; Client({address!r}).wait_for_workers({workers})"
    subprocess.run([sys.executable, "-c", waiting], env=environment(), check=True, capture_output=True)


def _run(folder: Path, cluster: Cluster | None, in_flight: int) -> Measured:
    engine = ("--engine", "dask", "--scheduler", cluster.address) if cluster else ("--engine", "local")
    # No copies of what is gone are looked for, nor is every http address asked for over https.
    settings = (
        "--set",
        f"network.concurrency={in_flight}",
        "--set",
        "links.archive=off",
        "--ignore",
        "LNK110",
    )
    report = folder / "report.json"
    command = [sys.executable, "-m", "enrich", "check", "--output-format", "json", "--fail-on", "never", "-q"]
    workers_before, scheduler_before = _cpu_of(cluster.workers) if cluster else 0.0, 0.0
    if cluster:
        scheduler_before = _cpu_of((cluster.scheduler,))
    with report.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen([*command, *settings, *engine], cwd=folder, env=environment(), stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}")
    return Measured(
        seconds,
        used.ru_utime + used.ru_stime,
        _cpu_of(cluster.workers) - workers_before if cluster else 0.0,
        _cpu_of((cluster.scheduler,)) - scheduler_before if cluster else 0.0,
        _without_times(report),
    )


def _cpu_of(pids: tuple[int, ...]) -> float:
    """Seconds that these processes have used so far."""
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS


def _without_times(report: Path) -> str:
    told = json.loads(report.read_text())
    links = sorted((link["url"], link["status"]) for link in told["links"])
    # The evidence of a broken link tells how many seconds apart it was asked.
    findings = sorted((one["fingerprint"], one["message"], one["status"]) for one in told["findings"])
    return json.dumps([links, findings])


if __name__ == "__main__":
    main()
