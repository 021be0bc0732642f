"""
Every fault at every act of every command that writes: `python -m tests.faults`.

    --scene NAME    only this one; may be given several times
    --fault NAME    only this one; likewise
    --step N        at each N-th act only
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.faults import injecting
from tests.faults.scenes import SCENES
from tests.faults.sweeping import FAULTS, Tally, stage, sweep


def main() -> int:
    """The exit code: 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--scene", action="append", choices=[scene.name for scene in SCENES])
    parser.add_argument("--fault", action="append", choices=list(FAULTS))
    parser.add_argument("--step", type=int, default=1)
    args = parser.parse_args()
    if injecting.library() is None:
        sys.exit("needs Linux and a C compiler")
    tallies = []
    for scene in SCENES:
        if args.scene and scene.name not in args.scene:
            continue
        folder = Path(tempfile.mkdtemp(prefix="enrich-faults-"))
        with stage(folder, scene) as place:
            place.prepare()
            for name, fault in FAULTS.items():
                if not args.fault or name in args.fault:
                    tallies.append(sweep(place, name, fault, step=args.step, told=_tell))
        shutil.rmtree(folder)
    for line in table(tallies):
        print(line)  # noqa: T201
    return 1 if any(tally.lost for tally in tallies) else 0


def _tell(fault: str) -> None:
    print(fault, file=sys.stderr, flush=True)  # noqa: T201


def table(tallies: list[Tally]) -> list[str]:
    """As Markdown: a line for each command, a column for each fault."""
    names = list(dict.fromkeys(tally.fault for tally in tallies))
    lines = [f"| command | {' | '.join(names)} | asked again | lost |", f"|-|{'--:|' * (len(names) + 2)}"]
    for scene in dict.fromkeys(tally.scene for tally in tallies):
        own = {tally.fault: tally for tally in tallies if tally.scene == scene}
        met = " | ".join(f"{own[name].met}" for name in names)
        lost = sum(len(tally.lost) for tally in own.values())
        again = sum(tally.asked_again for tally in own.values())
        lines.append(f"| `{scene}` | {met} | {again} | {lost or 'nothing'} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
