"""The scripts of the sample workflows, run with a stand-in for GitHub's `gh` and a real remote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.samples import SAMPLES
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

GH = """#!{python}
import json, os, sys
from pathlib import Path

home = Path(os.environ["GH_HOME"])
arguments = sys.argv[1:]
with (home / "calls").open("a") as file:
    file.write(json.dumps(arguments) + "\\n")
text = " ".join(arguments)
pulls = json.loads((home / "pulls.json").read_text())
if arguments[:2] == ["pr", "list"] and "--jq" in arguments:
    print("\\n".join(one["headRefName"] for one in pulls if one["state"] == "OPEN"))
elif arguments[:2] == ["pr", "list"]:
    print(json.dumps(pulls))
elif arguments[:2] == ["pr", "create"]:
    body = Path(arguments[arguments.index("--body-file") + 1]).read_text()
    branch = arguments[arguments.index("--head") + 1]
    number = len(pulls) + 1
    new = dict(number=number, state="OPEN", body=body, headRefName=branch, isCrossRepository=False)
    pulls.append(new)
    (home / "pulls.json").write_text(json.dumps(pulls))
elif "/pulls" in text:
    print(os.environ.get("GH_NUMBER", ""))
elif "/comments" in text and "--paginate" in arguments:
    print(os.environ.get("GH_COMMENT", ""))
"""


def script(workflow: str, step: str) -> dict[str, Any]:
    text = (ROOT / "examples" / "ci" / workflow).read_text(encoding="utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    (found,) = (one for one in job["steps"] if one.get("name") == step)
    assert "${{" not in found["run"]
    return dict(found)


class Github:
    """A repository with its pull requests, and steps that run on a checkout of it."""

    def __init__(self, catalogue: Catalogue, tmp_path: Path) -> None:
        self.home = tmp_path / "github"
        self.home.mkdir()
        (self.home / "pulls.json").write_text("[]")
        self.checkout = catalogue
        self.remote = tmp_path / "remote.git"
        subprocess.run(["git", "init", "--quiet", "--bare", str(self.remote)], check=True)
        catalogue.git("branch", "--move", "main")
        catalogue.git("remote", "add", "origin", str(self.remote))
        catalogue.git("push", "--quiet", "origin", "main")
        catalogue.git("fetch", "--quiet", "origin")
        bin_folder = tmp_path / "bin"
        bin_folder.mkdir()
        for name, text in {
            "gh": GH.replace("{python}", sys.executable),
            "enrich": f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -P -m enrich "$@"\n',
        }.items():
            (bin_folder / name).write_text(text)
            (bin_folder / name).chmod(0o755)
        self.environ = {
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "GH_HOME": str(self.home),
            "RUNNER_TEMP": str(tmp_path),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "ENRICH_SET": NO_PAUSE[1],
            **catalogue.environ,
        }

    def run(self, step: dict[str, Any], **variables: str) -> str:
        plain = {name: value for name, value in step["env"].items() if "${{" not in value}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.checkout.root,
            env={**self.environ, **plain, **variables},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    @property
    def pulls(self) -> list[dict[str, Any]]:
        return list(json.loads((self.home / "pulls.json").read_text()))

    def decide(self, number: int, state: str) -> None:
        pulls = self.pulls
        pulls[number - 1]["state"] = state
        (self.home / "pulls.json").write_text(json.dumps(pulls))

    @property
    def calls(self) -> list[list[str]]:
        return [json.loads(line) for line in (self.home / "calls").read_text().splitlines()]


@pytest.fixture
def github(catalogue: Catalogue, sample_internet: Internet, tmp_path: Path) -> Github:
    catalogue.on(sample_internet)
    for paper in SAMPLES[:3]:
        title = " ".join(word.capitalize() for word in paper["title"].replace("$", "").split())
        catalogue.write(
            f"_publications/{paper['id']}.md",
            f"---\ntitle: {json.dumps(title)}\nauthors: {json.dumps(', '.join(paper['authors']))}\n"
            f"year: {paper['published'][:4]}\nadditional_links:\n"
            f"  - {{name: Paper, url: 'https://arxiv.org/abs/hf{paper['id']}'}}\n---\nText.\n",
        )
    catalogue.commit()
    return Github(catalogue, tmp_path)


PROPOSE = script("pull-requests.yml", "Propose")


def propose(github: Github) -> str:
    return github.run(PROPOSE, DEFAULT_BRANCH="main", GH_TOKEN="t")


def test_every_kind_of_change_gets_a_branch_and_a_pull_request_of_its_own(github: Github) -> None:
    propose(github)

    assert [pull["headRefName"] for pull in github.pulls] == ["enrich/identifiers", "enrich/metadata"]
    assert "IDN201" in github.pulls[0]["body"]
    changed = github.checkout.git("diff", "--stat", "main", "enrich/identifiers", "--", "_publications")
    assert "3 files changed, 3 insertions(+), 3 deletions(-)" in changed
    heads = github.checkout.git("ls-remote", "--heads", "origin").split()[1::2]
    assert heads == ["refs/heads/enrich/identifiers", "refs/heads/enrich/metadata", "refs/heads/main"]


def test_what_is_open_is_not_proposed_again_and_no_more_than_two_are_open(github: Github) -> None:
    propose(github)
    propose(github)

    assert len(github.pulls) == 2


@pytest.mark.parametrize(
    ("group", "branches"),
    [("none", ["enrich/changes"]), ("rule", ["enrich/malformed-arxiv-id"])],
)
def test_the_catalogue_says_how_many_and_how_large_they_are(
    github: Github, group: str, branches: list[str]
) -> None:
    github.checkout.write(
        "enrich.toml", f"[pull-request]\ngroup-by = '{group}'\nmax-open = 1\nlimit-entries = 2\n"
    )
    github.checkout.commit()
    github.checkout.git("push", "--quiet", "origin", "main")

    propose(github)

    assert [pull["headRefName"] for pull in github.pulls] == branches
    changed = github.checkout.git("diff", "--name-only", "main", branches[0], "--", "_publications")
    assert len(changed.splitlines()) == 2


def test_a_pull_request_that_was_closed_is_a_no(github: Github) -> None:
    propose(github)
    github.decide(1, "CLOSED")

    propose(github)

    assert [pull["headRefName"] for pull in github.pulls] == ["enrich/identifiers", "enrich/metadata"]


def test_a_pull_request_that_was_merged_is_not_made_again(github: Github) -> None:
    propose(github)
    github.checkout.git("switch", "--quiet", "--discard-changes", "main")
    github.checkout.git("merge", "--quiet", "--no-ff", "--no-edit", "enrich/identifiers")
    github.checkout.git("push", "--quiet", "origin", "main")
    github.checkout.git("fetch", "--quiet", "origin")
    github.decide(1, "MERGED")

    propose(github)

    assert len(github.pulls) == 2


COMMENT = script("comment.yml", "Comment")


def saved(github: Github) -> None:
    report = github.home.parent / "enrich-report" / "report.json"
    report.parent.mkdir()
    github.checkout.enrich("check", "--offline", "--report", f"json={report}", code=1)


@pytest.mark.parametrize(
    ("known", "call"), [("", ["pr", "comment", "7"]), ("99", ["api", "--method", "PATCH"])]
)
def test_the_comment_is_made_once_and_written_anew_after_that(
    github: Github, known: str, call: list[str]
) -> None:
    saved(github)

    github.run(
        COMMENT, GH_REPO="o/r", HEAD="fork:a b;$(touch owned)", GH_TOKEN="t", GH_NUMBER="7", GH_COMMENT=known
    )

    assert github.calls[-1][:3] == call
    assert "head=fork:a b;$(touch owned)" in github.calls[0]
    assert not (github.checkout.root / "owned").exists()
    assert "## enrich: ❌ Failed" in (github.home.parent / "comment.md").read_text()


def test_without_an_open_pull_request_nothing_is_said(github: Github) -> None:
    saved(github)

    github.run(COMMENT, GH_REPO="o/r", HEAD="fork:branch", GH_TOKEN="t", GH_NUMBER="")

    assert len(github.calls) == 1
