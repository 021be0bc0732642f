"""What only several processes can show: kills, and two runs at one time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from enrich.cache import Cache
from enrich.models import RecordQuery
from tests.cache.answers import MONDAY, URL

ROOT = Path(__file__).parents[2]

PUT_FOR_EVER = """
import itertools, sys
from pathlib import Path
from enrich.cache import Cache
from tests.cache.answers import GPT, MONDAY, work

with Cache.open(Path(sys.argv[1]), now=lambda: MONDAY) as cache:
    for n in itertools.count():
        cache.put(work(GPT, name=f"2401.{n:06d}"))
        print(n, flush=True)
"""
PUT_AND_COUNT = """
import sys
from pathlib import Path
from enrich.cache import Cache
from tests.cache.answers import DAY, BROKEN, GPT, MONDAY, URL, link, work

with Cache.open(Path(sys.argv[1]), now=lambda: MONDAY) as cache:
    assert not cache.warnings
    for n in range(200):
        cache.put(work(GPT, name=f"{sys.argv[2]}.{n:05d}"))
        cache.put(link(BROKEN, MONDAY + (int(sys.argv[2]) * 1000 + n) * DAY / 1_000_000))
"""


def _start(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("after", [1, 40, 700])
def test_a_killed_run_has_lost_nothing_that_it_was_told(tmp_path: Path, after: int) -> None:
    last = -1
    with _start(PUT_FOR_EVER, tmp_path) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = int(line)
            if last >= after:
                process.send_signal(signal.SIGKILL)
                break
        rest = [line for line in process.stdout.read().splitlines() if line.isdecimal()]
        last = max([last, *map(int, rest[:-1])])

    with Cache.open(tmp_path, now=lambda: MONDAY) as cache:
        assert cache.warnings == []
        assert all(cache.get(RecordQuery("arxiv", f"2401.{n:06d}")) for n in range(last + 1))
        assert cache._database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_runs_at_one_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    processes = [_start(PUT_AND_COUNT, tmp_path / "new", name) for name in ("1", "2", "3")]

    assert [process.wait() for process in processes] == [0, 0, 0]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    with Cache.open(tmp_path / "new", now=lambda: MONDAY) as cache:
        shown = cache.show(URL)
        assert shown is not None
        assert shown.history.failures == 600
        assert sum(1 for _ in cache.works()) == 600
