"""
What it costs to start: CPU and wall time of short commands, and what each of them loads.

    python -m benchmarks.startup
    python -m benchmarks.startup --repeat 20 --modules 40

Every line is the least of several runs of the real program, so that what else the
machine does counts little; CPU is that of the process and of the git it calls.
Modules are compiled before, as pip leaves them.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.catalogue import write_catalogue

ROOT = Path(__file__).parents[1]
SIZE = 4_722
LOST = "_publications/entry1.markdown"
"""An entry whose capitals are lost: its record makes five changes."""
SOUND = "_publications/sound.markdown"
"""An entry without a fault."""
PROFILE = '[catalogue]\nprofile = "jekyll-links"\n'
"""Set, since 200 entries and more are read to find it out."""
PYTHON = (sys.executable,)
ENRICH = (sys.executable, "-m", "enrich")
CHECK = (*ENRICH, "check", "--offline")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = _environ(folder / "compiled")
        one, many = folder / "one", folder / "many"
        for place, count in ((one, 2), (many, SIZE)):
            _catalogue(place, count)
        cases = {
            "python -c pass": (one, (*PYTHON, "-c", "pass")),
            "enrich --version": (one, (*ENRICH, "--version")),
            "enrich --help": (one, (*ENRICH, "--help")),
            "check FILE, nothing found, of 3 entries": (one, (*CHECK, SOUND)),
            f"check FILE, nothing found, of {SIZE:,}": (many, (*CHECK, SOUND)),
            "check FILE, five changes, of 3 entries": (one, (*CHECK, LOST)),
            f"check FILE, five changes, of {SIZE:,}": (many, (*CHECK, LOST)),
            f"check --changed-from, three of {SIZE:,}": (many, (*CHECK, "--changed-from", "HEAD")),
        }
        print(f"{'CPU ms':>7} {'wall ms':>8} {'modules':>8}")
        for what, (place, command) in cases.items():
            loaded = _loaded(command, place, environ)
            cpu, wall = _least(command, place, environ, options.repeat)
            print(f"{1000 * cpu:>7.0f} {1000 * wall:>8.0f} {len(loaded):>8}  {what}")
        _print_budget(_loaded((*CHECK, SOUND), one, environ), options.modules)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--modules", type=int, default=25, help="so many of the slowest are listed")
    return parser.parse_args()


def _environ(compiled: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ENRICH"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(compiled)}


def _catalogue(place: Path, count: int) -> None:
    """*count* entries in git, three of them changed since."""
    write_catalogue(place, count)
    with (place / "enrich.toml").open("a", encoding="utf-8") as file:
        file.write(PROFILE)
    (place / SOUND).write_text(
        "---\ntitle: Learning to read\nauthors: Alex Baker\nconference: ICSE\nyear: 2024\n"
        "additional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/2510.00002'}\n---\nText.\n",
        encoding="utf-8",
    )
    _commit(place)
    for number in range(min(3, count)):
        path = place / f"_publications/entry{number}.markdown"
        path.write_text(f"{path.read_text(encoding='utf-8')}More.\n", encoding="utf-8")


def _commit(place: Path) -> None:
    for args in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "entries"),
    ):
        subprocess.run(["git", *args], cwd=place, check=True)


def _least(
    command: tuple[str, ...], place: Path, environ: dict[str, str], repeat: int
) -> tuple[float, float]:
    """Seconds of CPU and of wall time, each the least of *repeat* runs."""
    runs = [_timed(command, place, environ) for _ in range(repeat)]
    return min(cpu for cpu, _ in runs), min(wall for _, wall in runs)


def _timed(command: tuple[str, ...], place: Path, environ: dict[str, str]) -> tuple[float, float]:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=place, env=environ, capture_output=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def _loaded(command: tuple[str, ...], place: Path, environ: dict[str, str]) -> dict[str, int]:
    """Modules that *command* imports, and the microseconds that each takes alone, the least of five runs."""
    timed = (command[0], "-X", "importtime", *command[1:])
    least: dict[str, int] = {}
    for _ in range(5):
        done = subprocess.run(timed, cwd=place, env=environ, capture_output=True, text=True, check=False)
        for line in done.stderr.splitlines():
            columns = line.removeprefix("import time:").split("|")
            if len(columns) == 3 and columns[0].strip().isdigit():
                spent, name = int(columns[0]), columns[2].strip()
                least[name] = min(spent, least.get(name, spent))
    return least


def _print_budget(loaded: dict[str, int], most: int) -> None:
    packages: Counter[str] = Counter()
    for name, spent in loaded.items():
        packages[".".join(name.split(".")[:2]) if name.startswith("enrich") else name.split(".")[0]] += spent
    print(f"\nwhat an offline check loads, {sum(loaded.values()) / 1000:.0f} ms under -X importtime:")
    for name, spent in packages.most_common(most):
        print(f"{spent / 1000:>7.1f} ms  {name}")


if __name__ == "__main__":
    main()
