"""The cluster of `examples/dask/compose.yml`, each of its commands a process here, on some internet."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import yaml

from tests.end_to_end.catalogues import clean_environ
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(
    (ROOT / "examples/dask/compose.yml").read_text(encoding="utf-8")
)["services"]
PATIENCE_S = 120
"""Until a scheduler says where it is."""


@dataclass(slots=True)
class DaskCluster:
    folder: Path
    environ: Mapping[str, str]
    size: int = SERVICES["worker"]["deploy"]["replicas"]
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
            self._scheduler = self._start("scheduler", "--scheduler-file", str(file), "--host", "127.0.0.1")
        limit = time.monotonic() + PATIENCE_S
        # It is there before it is written.
        while not (file.exists() and file.read_text().rstrip().endswith("}")) and time.monotonic() < limit:
            time.sleep(0.05)
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        address: str = json.loads(file.read_text())["address"]
        while len(self.workers) < self.size:
            self.workers.append(
                self._start("worker", "--local-directory", str(self.folder), scheduler=address)
            )
        return address

    def kill_scheduler(self) -> None:
        if self._scheduler is not None:
            _kill(self._scheduler)
            self._scheduler = None

    def _start(self, what: str, *options: str, scheduler: str = "") -> subprocess.Popen[bytes]:
        """As the compose file does, but at a port that is free."""
        program, command, *rest = SERVICES[what]["command"]
        assert (program, command) == ("dask", what)
        elsewhere = {"tcp://scheduler:8786": scheduler, "8786": "0"}
        given = [elsewhere.get(word, word) for word in rest]
        environ = {**clean_environ(), **self.environ}
        del environ["PYTHONWARNINGS"]
        with (self.folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *given, *options],
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
