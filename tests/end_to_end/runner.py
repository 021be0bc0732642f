"""As much of a GitHub runner as a composite action needs: contexts, environment files, steps in turn."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
_EXPRESSION = re.compile(r"\$\{\{\s*([a-z._-]+)\s*\}\}")


@dataclass(slots=True)
class Ran:
    exit_code: int
    log: str
    outputs: dict[str, str]
    summary: str


@dataclass(slots=True)
class Runner:
    """One job on a checkout at *workspace*."""

    workspace: Path
    temp: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, **inputs: str) -> Ran:
        """The action's own steps; those of others (cache, artifact) are theirs to test."""
        given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        contexts = {f"inputs.{name}": self._filled(value, {}) for name, value in given.items()}
        (step,) = (one for one in ACTION["runs"]["steps"] if "run" in one)
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input would become part of a script"
        variables = {name: self._filled(value, contexts) for name, value in step["env"].items()}
        return self._run(step["run"], variables)

    def _filled(self, text: str, contexts: Mapping[str, str]) -> str:
        known = {"github.token": "ghs_token", "runner.temp": str(self.temp), **contexts}
        return _EXPRESSION.sub(lambda found: known[found[1]], text)

    def _run(self, script: str, variables: Mapping[str, str]) -> Ran:
        names = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
        files = {name: self.temp / name.lower() for name in names}
        for file in files.values():
            file.write_text("")
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        runners = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(self.temp),
            **{name: str(file) for name, file in files.items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.workspace,
            env={**kept, **self.environ, **runners, **variables},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines() if line)
        return Ran(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text())
