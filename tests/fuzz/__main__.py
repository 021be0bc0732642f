"""
Bytes that nobody expects, given to everything that reads what others wrote: `python -m tests.fuzz`.

    --minutes N     in all, divided among the targets; default 10
    --target NAME   only this one; may be given several times
    --seed N        where to begin; default 1
    --again N:K     the K-th input of that seed alone, to see what comes of it (with --target)
    --guided        led by coverage, where `atheris` is installed; one target, until it is stopped
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from tests.fuzz.guiding import guide
from tests.fuzz.running import Outcome, again, fuzz
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from tests.fuzz.targets import Target


def main() -> int:
    """The exit code: 1 where something crashed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", action="append", choices=[target.name for target in TARGETS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=int, metavar="K")
    parser.add_argument("--guided", action="store_true")
    args = parser.parse_args()
    targets = [target for target in TARGETS if not args.target or target.name in args.target]
    if args.guided:
        return guide(targets[0], 60 * args.minutes)
    if args.again is not None:
        again(targets[0], args.seed, args.again)
        return 0
    outcomes = [_fuzzed(target, args, len(targets)) for target in targets]
    for line in table(outcomes):
        print(line)  # noqa: T201
    return 1 if any(outcome.crashes for outcome in outcomes) else 0


def _fuzzed(target: Target, args: argparse.Namespace, number: int) -> Outcome:
    until = time.monotonic() + 60 * args.minutes / number
    outcome = fuzz(target, args.seed, lambda: time.monotonic() < until)
    for crash in outcome.crashes.values():
        print(crash, file=sys.stderr, flush=True)  # noqa: T201
    return outcome


def table(outcomes: list[Outcome]) -> list[str]:
    """As Markdown."""
    lines = ["| what is read | inputs | different crashes | slowest, s |", "|-|--:|--:|--:|"]
    return lines + [
        f"| {one.name} | {one.inputs:,} | {len(one.crashes)} | {one.slowest_s:.2f} |" for one in outcomes
    ]


if __name__ == "__main__":
    sys.exit(main())
