"""
Everything that must hold before a change is good: `python -m tests`.

Lint, format, types, all tests, and every branch of the pure floors.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.test_floors import PURE

ROOT = Path(__file__).parents[1]
_WORKERS = ("-n", str(2 * (os.cpu_count() or 1)), "--dist", "worksteal")
"""More than there are cores: the tests of the whole program mostly wait, as it does, for a second look."""


def main() -> int:
    """The exit code of the first step that fails, or 0."""
    python = [sys.executable, "-m"]
    pure = ",".join(f"enrich/{name}.py,enrich/{name}/*" for name in sorted(PURE))
    steps = (
        [*python, "ruff", "check"],
        [*python, "ruff", "format", "--check"],
        [*python, "mypy"],
        [*python, "pytest", "-q", *_WORKERS, "--hypothesis-profile=same", "--cov", "--cov-report="],
        [*python, "coverage", "report", "--fail-under=100", f"--include={pure}"],
    )
    for step in steps:
        print("+", *step[2:], flush=True)  # noqa: T201
        code = subprocess.run(step, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
