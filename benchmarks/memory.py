"""
The peak memory of whole runs over catalogues of several sizes, and what it grows by.

    python -m benchmarks.memory
    python -m benchmarks.memory --entries 1000 10000 100000 --command check

A first `run` repairs every entry; a `check` after it finds all of them as they were. Both are
those of the real program, with every answer in the cache, so that nobody is asked.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks.warm import prepare, timed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory")
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000])
    sizes = parser.parse_args().entries
    peaks: dict[str, list[float]] = {}
    print(f"{'entries':>8} {'CPU s':>7} {'peak MiB':>9}")
    for count in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            measured = {"run, every entry written": prepare(folder, count)}
            measured["check, every entry looked at"] = timed(folder, ("check",))
            measured["check, every entry as it was"] = timed(folder, ("check",))
            for what, (cpu, _, peak) in measured.items():
                peaks.setdefault(what, []).append(peak)
                print(f"{count:>8,} {cpu:>7.1f} {peak:>9.0f}  {what}", flush=True)
    for what, found in peaks.items():
        for (size, peak), (larger, more) in pairwise(zip(sizes, found, strict=True)):
            print(f"{(more - peak) * 2**10 / (larger - size):>8.1f} KiB an entry from {size:,} on: {what}")


if __name__ == "__main__":
    main()
