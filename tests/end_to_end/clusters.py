"""A Dask cluster as people start it: a scheduler and two workers, each a process, on some internet."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from tests.end_to_end.catalogues import clean_environ

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATIENCE_S = 120
"""Until a scheduler says where it is."""


@dataclass(slots=True)
class DaskCluster:
    folder: Path
    environ: Mapping[str, str]
    size: int = 2
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _scheduler: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_scheduler()
        for worker in self.workers:
            _kill(worker)

    @property
    def address(self) -> str:
        """Of its scheduler; whatever of the cluster is not alive is started."""
        file = self.folder / "scheduler.json"
        if self._scheduler is None:
            file.unlink(missing_ok=True)
            self._scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        limit = time.monotonic() + PATIENCE_S
        while not file.exists() and time.monotonic() < limit:
            time.sleep(0.05)
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < self.size:
            options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
            self.workers.append(self._start("worker", *options))
        address: str = json.loads(file.read_text())["address"]
        return address

    def kill_scheduler(self) -> None:
        if self._scheduler is not None:
            _kill(self._scheduler)
            self._scheduler = None

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        environ = {**clean_environ(), **self.environ}
        del environ["PYTHONWARNINGS"]
        with (self.folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard"),
                    *("--scheduler-file", str(self.folder / "scheduler.json"), *options),
                ],
                cwd=self.folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """As `kill -9` does: nothing is said to anybody."""
    process.kill()
    process.wait()


def said_by(cluster: DaskCluster) -> str:
    """All that its processes logged."""
    return "".join(
        log.read_text(encoding="utf-8", errors="replace") for log in sorted(cluster.folder.glob("*.log"))
    )
