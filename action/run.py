"""
One step of the action: installs what enrich needs, calls it, tells the runner what came of it.

Knows the runner by its environment alone, and needs nothing but Python. Everything that
is installed stands with its hash in `requirements.txt` beside this file, and enrich itself
is the checkout of the action: whoever pins the action pins the tool.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)
HERE = Path(__file__).resolve().parent
IN_PULL_REQUESTS = ("pull_request", "merge_group")


def main() -> int:
    if sys.version_info < OLDEST:
        print(f"::error title=enrich::needs Python {'.'.join(map(str, OLDEST))}; use actions/setup-python")
        return 2
    temp = Path(os.environ["RUNNER_TEMP"])
    program = on_path(temp / "enrich-bin", installed(temp / "enrich-python"), temp / "enrich-cache")
    if given("COMMAND") == "none":
        return 0
    report = temp / "enrich-report.json"
    command = [str(program), given("COMMAND"), f"--report=json={report}", *arguments()]
    code = subprocess.run(command, check=False).returncode
    tell(code, report)
    return code


def installed(folder: Path) -> Path:
    """The interpreter of a new environment that has all that enrich needs."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "--only-binary=:all:", "-r", str(HERE / "requirements.txt")], check=True)
    return python


def on_path(folder: Path, python: Path, cache: Path) -> Path:
    """The program, also for later steps. `-P`: a folder `enrich` in the catalogue is not it."""
    folder.mkdir(exist_ok=True)
    program = folder / "enrich"
    places = f"PYTHONPATH={shlex.quote(str(HERE.parent))} ENRICH_CACHE_DIR={shlex.quote(str(cache))}"
    program.write_text(f'#!/bin/sh\n{places} exec {shlex.quote(str(python))} -P -m enrich "$@"\n')
    program.chmod(0o755)
    with Path(os.environ["GITHUB_PATH"]).open("a", encoding="utf-8") as file:
        file.write(f"{folder}\n")
    return program


def arguments() -> list[str]:
    """The inputs as arguments. Values stand behind `=`, so that none of them is taken for an option."""
    options = [f"--report={line}" for line in lines("REPORTS")]
    if changed_from := base():
        options.append(f"--changed-from={changed_from}")
    options += [f"--{name}={value}" for name in ("fail-on", "config") if (value := given(name))]
    if given("STRICT_NETWORK").lower() == "true":
        options.append("--strict-network")
    return [*options, *lines("EXTRA_ARGS"), "--", *lines("PATHS")]


def base() -> str:
    """Everything is looked at where `auto` is no pull request."""
    wanted = given("CHANGED_FROM")
    is_change = os.environ.get("GITHUB_EVENT_NAME") in IN_PULL_REQUESTS
    return "" if wanted == "auto" and not is_change else wanted


def given(name: str) -> str:
    return os.environ.get(f"ENRICH_ACTION_{name.upper().replace('-', '_')}", "").strip()


def lines(name: str) -> list[str]:
    return [line.strip() for line in given(name).splitlines() if line.strip()]


def tell(code: int, report: Path) -> None:
    """The outputs; a run that did not get to its report has an exit code alone."""
    outputs: dict[str, object] = {"exit-code": code}
    if report.exists():
        told = json.loads(report.read_text(encoding="utf-8") or "{}")
        summary = told.get("summary", {})
        written = {finding["path"] for finding in told.get("findings", ()) if finding["status"] == "fixed"}
        outputs["errors"] = summary.get("findings", {}).get("error", 0)
        outputs["not-verified"] = summary.get("unverified", 0)
        outputs["changed-files"] = len(written)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())


if __name__ == "__main__":
    sys.exit(main())
