"""The unmodified program on a disk that refuses, or killed, at a chosen act; see `preload.c`."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end_to_end.catalogues import clean_environ

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

SOURCE = Path(__file__).with_name("preload.c")
PATIENCE_S = 300
"""For one run of the program: long enough for a busy machine, short enough to find one that hangs."""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    """`kill`, `half`, `once`, `stays`; see `preload.c`."""
    number: int = 0
    """Of the error, where the act fails."""


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str
    acts: tuple[str, ...]
    """What was done on the disk: `rename _publications/a.md`; `!` stands before what was meddled with."""

    @property
    def met(self) -> str | None:
        """The act that was meddled with first; None where the program never came to it."""
        return next((act[1:] for act in self.acts if act.startswith("!")), None)


@functools.cache
def library() -> Path | None:
    """What is preloaded; None where there is no compiler, or where programs load otherwise than on Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    made = Path(tempfile.mkdtemp(prefix="enrich-faults-")) / "preload.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", os.fspath(made), os.fspath(SOURCE), "-ldl"]
    done = subprocess.run(command, check=False, capture_output=True)
    return made if done.returncode == 0 else None


def with_clock(ahead: dt.timedelta) -> dict[str, str]:
    """The variables under which a program takes it for so much later than it is, or earlier."""
    preloaded = library()
    assert preloaded, "no compiler"
    return {"LD_PRELOAD": os.fspath(preloaded), "FAULT_CLOCK_S": str(int(ahead.total_seconds()))}


def run(
    root: Path,
    *args: str,
    fault: Fault | None = None,
    at: int = 0,
    environ: Mapping[str, str] | None = None,
) -> Ran:
    """`enrich` *args* on the catalogue at *root*; its act number *at* below *root* meets *fault*."""
    preloaded = library()
    assert preloaded, "no compiler"
    log = root.with_name(f"{root.name}.acts")
    log.unlink(missing_ok=True)
    given = {"LD_PRELOAD": os.fspath(preloaded), "FAULT_ROOT": os.fspath(root), "FAULT_LOG": os.fspath(log)}
    if fault:
        given |= {"FAULT_KIND": fault.kind, "FAULT_AT": str(at), "FAULT_ERRNO": str(fault.number)}
    done = subprocess.run(
        [sys.executable, "-m", "enrich", *args],
        cwd=root,
        env={**clean_environ(), **(environ or {}), **given},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
    )
    acts = log.read_text("utf-8", "surrogateescape").splitlines() if log.exists() else []
    out, err = (stream.decode("utf-8", "backslashreplace") for stream in (done.stdout, done.stderr))
    return Ran(done.returncode, out, err, tuple(acts))
