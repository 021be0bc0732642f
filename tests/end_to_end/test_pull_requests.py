"""A pull request fails for what it brings, in real repositories, as runners check them out."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.internet.internet import Internet

DEAD, OLD_DEAD, FINE = "https://acme.org/dead", "https://acme.org/old-dead", "https://acme.org/fine"
QUICK = ("--set", "links.archive=off", "--output-format", "concise")


def entry(*links: str, title: str = "A Title", note: str = "") -> str:
    listed = "".join(f"  - {{name: Code, url: '{link}'}}\n" for link in links)
    return f"---\ntitle: {title}\nyear: 2024\nadditional_links:\n{listed}{note}---\nText.\n"


@pytest.fixture
def main(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """A catalogue whose main branch holds a dead link, and a branch to change it on."""
    internet.host("acme.org").get("/fine", status=200)
    catalogue.on(internet)
    catalogue.git("checkout", "--quiet", "-b", "main")
    for name in ("a", "b", "c"):
        catalogue.write(f"_publications/{name}.md", entry(FINE, title=f"Entry {name}"))
    catalogue.write("_publications/old.md", entry(OLD_DEAD, FINE, title="Old"))
    catalogue.commit()
    catalogue.git("checkout", "--quiet", "-b", "change")
    return catalogue


def check(catalogue: Catalogue, *args: str, base: str = "main", code: int = 0) -> tuple[str, str]:
    return catalogue.outcome("check", "--changed-from", base, *QUICK, *args, code=code)


def test_a_dead_link_that_a_change_brings_fails(main: Catalogue, internet: Internet) -> None:
    main.write("_publications/a.md", entry(FINE, DEAD, title="Entry a"))
    main.commit()

    out, err = check(main, code=1)

    assert out == "_publications/a.md:6:24: E LNK101 404 Not Found\n"
    assert err.startswith("1 error in 1 entry, 2 links")
    assert internet.log.count("acme.org", "/old-dead") == 0


def test_an_old_dead_link_in_an_entry_that_is_touched_warns(main: Catalogue) -> None:
    main.write("_publications/old.md", entry(FINE, OLD_DEAD, title="Old", note="# a comment\n"))
    main.commit()

    out, _ = check(main)
    told = json.loads(check(main, "--output-format", "json")[0])

    assert out == "_publications/old.md:6:24: W LNK101 404 Not Found\n"
    (found,) = (finding for finding in told["findings"] if finding["rule"] == "LNK101")
    assert found["severity"] == "warning"


def test_what_a_change_does_not_touch_is_not_asked(main: Catalogue, internet: Internet) -> None:
    main.write("README.md", "no entry")
    main.commit()

    out, err = check(main)

    assert (out, err) == ("", "No entries changed since `main`.\n")
    assert internet.log.requests == []


def test_a_new_entry_fails_for_all_that_is_wrong_with_it_and_its_title_steers_nothing(
    main: Catalogue,
) -> None:
    title = "'GPT, 100% | a `test` ::error::x ##[error]y @octocat'"
    main.write("_publications/new.md", entry(OLD_DEAD, title=title))
    main.commit()
    summary = main.root.parent / "summary.md"
    main.environ = {**main.environ, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}

    out, err = check(main, code=1)

    assert out == "_publications/new.md:5:24: E LNK101 404 Not Found\n"
    assert [line.split("::")[1][:5] for line in err.splitlines() if line.startswith("::")] == ["error"]
    assert "1 entry changed since `` main ``; 1 link is new." in summary.read_text()


def test_what_is_not_committed_yet_is_part_of_the_change(main: Catalogue) -> None:
    main.write("_publications/untracked.md", entry(DEAD))

    out, _ = check(main, code=1)

    assert out == "_publications/untracked.md:5:24: E LNK101 404 Not Found\n"


def test_a_renamed_entry_brings_nothing_new(main: Catalogue) -> None:
    main.git("mv", "_publications/old.md", "_publications/renamed.md")
    main.commit()

    out, _ = check(main)

    assert out == "_publications/renamed.md:5:24: W LNK101 404 Not Found\n"


def test_a_deleted_entry_is_not_looked_at(main: Catalogue) -> None:
    main.git("rm", "--quiet", "_publications/old.md")
    main.commit()

    assert check(main)[1] == "No entries changed since `main`.\n"


def test_what_main_got_meanwhile_is_not_the_changes(main: Catalogue) -> None:
    main.git("checkout", "--quiet", "main")
    main.write("_publications/b.md", entry(DEAD, title="Entry b"))
    main.commit()
    main.git("checkout", "--quiet", "change")
    main.write("_publications/a.md", entry(FINE, title="Another Title"))
    main.commit()

    out, err = check(main)

    assert out == ""
    assert " in 1 entry, 1 link" in err


def test_unreadable_front_matter_fails_whoever_touches_it(main: Catalogue) -> None:
    main.write("_publications/a.md", '---\ntitle: "open\nyear: 2024\n---\n')
    main.commit()

    assert "E FMT401" in check(main, code=1)[0]


def test_a_new_link_that_could_not_be_verified_fails_only_where_that_is_asked_for(
    main: Catalogue, internet: Internet
) -> None:
    internet.host("shy.org").get("/", status=403)
    main.write("_publications/a.md", entry(FINE, "https://shy.org/", title="Entry a"))
    main.commit()

    _, err = check(main)
    _, strict = check(main, "--strict-network", code=3)

    assert "Not verified: 1 link (1 blocked). They are neither good nor broken" in err
    assert "and do not fail the check" in err
    assert "and do not fail the check" not in strict


# -- checkouts of runners ---------------------------------------------------------------------


def clone(source: Catalogue, to: Path, *args: str) -> Catalogue:
    subprocess.run(
        ["git", "clone", "--quiet", *args, f"file://{source.root}", str(to)], check=True, capture_output=True
    )
    return Catalogue(to, source.environ)


@pytest.fixture
def merged(main: Catalogue) -> Catalogue:
    """The merge commit that a runner of a pull request checks out."""
    main.write("_publications/a.md", entry(FINE, DEAD, title="Entry a"))
    main.commit()
    main.git("checkout", "--quiet", "main")
    main.write("_publications/b.md", entry(DEAD, title="Entry b"))
    main.commit()
    main.git("merge", "--quiet", "--no-ff", "--no-edit", "change")
    return main


def on_github(catalogue: Catalogue, **variables: str) -> Catalogue:
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"}
    catalogue.environ = {**catalogue.environ, **environ, **variables}
    return catalogue


def test_two_commits_are_enough_for_a_pull_request_on_github(merged: Catalogue, tmp_path: Path) -> None:
    runner = on_github(clone(merged, tmp_path / "runner", "--depth=2"))

    out, _ = check(runner, base="auto", code=1)

    assert out == "_publications/a.md:6:24: E LNK101 404 Not Found\n"


def test_a_base_that_is_out_of_reach_is_an_error_with_its_cure(merged: Catalogue, tmp_path: Path) -> None:
    runner = on_github(clone(merged, tmp_path / "runner", "--depth=1"))

    out, err = check(runner, base="auto", code=2)

    assert out == ""
    assert "fetch-depth: 0" in err


def test_a_branch_in_a_shallow_clone_is_an_error_with_its_cure(merged: Catalogue, tmp_path: Path) -> None:
    runner = clone(merged, tmp_path / "runner", "--depth=1", "--no-single-branch", "--branch=change")

    _, err = check(runner, base="origin/main", code=2)

    assert "does not reach back to where the branch left it; use `fetch-depth: 0`" in err


def test_a_push_is_compared_with_what_was_pushed_before(merged: Catalogue, tmp_path: Path) -> None:
    before = merged.git("rev-parse", "HEAD^1").strip()
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"before": before}))
    variables = {"GITHUB_EVENT_NAME": "push", "GITHUB_BASE_REF": "", "GITHUB_EVENT_PATH": str(event)}

    out, _ = check(on_github(merged, **variables), base="auto", code=1)

    assert out == "_publications/a.md:6:24: E LNK101 404 Not Found\n"


@pytest.mark.parametrize("event", ["", "[]", '{"before": 3}', f'{{"before": "{"0" * 40}"}}'])
def test_an_event_without_a_base_is_no_empty_change(merged: Catalogue, tmp_path: Path, event: str) -> None:
    file = tmp_path / "event.json"
    file.write_text(event)
    variables = {"GITHUB_EVENT_NAME": "push", "GITHUB_BASE_REF": "", "GITHUB_EVENT_PATH": str(file)}

    _, err = check(on_github(merged, **variables), base="auto", code=2)

    assert "this event has no base" in err


def test_a_merge_request_on_gitlab_names_its_base(merged: Catalogue) -> None:
    base = merged.git("merge-base", "change", "main^1").strip()
    variables = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    merged.environ = {**merged.environ, **variables}
    merged.git("checkout", "--quiet", "change")

    out, _ = check(merged, base="auto", code=1)
    merged.environ = {**merged.environ, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "1" * 40}
    _, missing = check(merged, base="auto", code=2)
    merged.environ = {
        **merged.environ,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "",
        "CI_COMMIT_BEFORE_SHA": "0" * 40,
    }
    _, none = check(merged, base="auto", code=2)

    assert out == "_publications/a.md:6:24: E LNK101 404 Not Found\n"
    assert "GIT_DEPTH: 0" in missing
    assert "this pipeline has no base" in none


def test_at_home_a_change_is_compared_with_the_remotes_branch(merged: Catalogue, tmp_path: Path) -> None:
    home = clone(merged, tmp_path / "home", "--branch=change")
    home.git("remote", "set-head", "origin", "main")

    assert check(home, base="auto")[1] == "No entries changed since `origin/main`.\n"


@pytest.mark.parametrize("ref", ["nowhere", "--help", "a b"])
def test_a_revision_that_is_not_there_is_an_error(main: Catalogue, ref: str) -> None:
    _, err = main.outcome("check", f"--changed-from={ref}", *QUICK, code=2)

    assert f"--changed-from {ref}: no such revision here" in err


def test_without_git_nothing_can_be_compared(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(entry(FINE))

    _, err = Catalogue(tmp_path).outcome("check", "--offline", "--changed-from", "main", code=2)

    assert "--changed-from main: not in a git work tree" in err


def test_file_names_of_any_kind_are_compared(main: Catalogue) -> None:
    names = ("with space.md", "ümlaut.md", "new\nline.md", "blob missing.md", "-dash.md")
    main.git("checkout", "--quiet", "main")
    for name in names:
        main.write(f"_publications/{name}", entry(OLD_DEAD, title="Old"))
    main.commit()
    main.git("checkout", "--quiet", "-B", "change")
    for name in names:
        main.write(f"_publications/{name}", entry(OLD_DEAD, title="Old", note="# touched\n"))
    main.commit()

    told = json.loads(check(main, "--output-format", "json", code=1)[0])

    found = {f["path"]: f["severity"] for f in told["findings"] if f["rule"] == "LNK101"}
    assert found == {f"_publications/{n}": "error" if "\n" in n else "warning" for n in names}
