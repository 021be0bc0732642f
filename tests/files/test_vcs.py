"""Whether entries are as the last commit or enrich itself left them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from enrich.errors import WriteRefused
from enrich.vcs import Unclean, guard, listed_files, no_git, unclean, work_tree
from tests.files.repository import git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = {"_publications/a.md": "a", "_publications/b.md": "b", "notes/c.md": "c"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "catalogue", CLEAN)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def refusal(
    root: Path, *paths: str, command: str = "enrich run", written: dict[str, str] | None = None
) -> str:
    with pytest.raises(WriteRefused) as caught:
        guard(root, paths, command=command, last_written=lambda: written or {})
    assert caught.value.exit_code == 4
    return str(caught.value)


# -- what git says ---------------------------------------------------------------------------


def test_committed_files_are_clean(root: Path) -> None:
    assert unclean(root, CLEAN) == ()
    assert unclean(root, ()) == ()


def test_every_way_of_not_being_committed_counts(root: Path) -> None:
    write(root, {"_publications/a.md": "changed", "_publications/b.md": "staged"})
    write(root, {"new.md": "n", "added.md": "n"})
    git(root, "add", "_publications/b.md", "added.md")
    (root / ".git" / "info" / "exclude").write_text("ignored.md\nhidden/\n")
    write(root, {"ignored.md": "i", "hidden/d/e.md": "h"})
    (root / "notes" / "c.md").unlink()
    paths = [*CLEAN, "new.md", "added.md", "ignored.md", "hidden/d/e.md"]

    assert unclean(root, paths) == (
        Unclean(" M", "_publications/a.md"),
        Unclean("M ", "_publications/b.md"),
        Unclean("A ", "added.md"),
        Unclean("!!", "hidden/d/e.md"),
        Unclean("!!", "ignored.md"),
        Unclean("??", "new.md"),
        Unclean(" D", "notes/c.md"),
    )


def test_other_files_do_not_matter(root: Path) -> None:
    write(root, {"_publications/b.md": "changed", "_publications/new.md": "n", "README.md": "r"})

    assert unclean(root, ["_publications/a.md"]) == ()


def test_a_merge_that_is_not_done_counts(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "other")
    write(root, {"notes/c.md": "theirs"})
    git(root, "commit", "-q", "-am", "theirs")
    git(root, "checkout", "-q", "-")
    write(root, {"notes/c.md": "ours"})
    git(root, "commit", "-q", "-am", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "-q", "other")

    assert unclean(root, CLEAN) == (Unclean("UU", "notes/c.md"),)


def test_a_renamed_file_is_an_added_one(root: Path) -> None:
    git(root, "mv", "notes/c.md", "notes/d.md")

    assert unclean(root, ["notes/d.md"]) == (Unclean("A ", "notes/d.md"),)


def test_a_root_below_the_top_of_the_work_tree_has_its_own_paths(root: Path) -> None:
    write(root, {"_publications/a.md": "changed", "notes/c.md": "changed"})

    assert unclean(root / "_publications", ["a.md", "b.md"]) == (Unclean(" M", "a.md"),)
    assert listed_files(root / "_publications", ".") == ("a.md", "b.md")


def test_names_of_any_kind_are_understood(root: Path) -> None:
    names = ["new\nline.md", "ünï.md", "sp ace.md", 'quo"te.md', "-dash.md", "star*.md", "tab\t.md"]
    names += [":(top)x.md", " lead.md"]
    names.append(os.fsdecode(b"byte\xff.md"))
    write(root, dict.fromkeys(names, "x"))

    assert {file.path for file in unclean(root, names)} == set(names)
    assert set(listed_files(root, ".") or ()) == {*CLEAN, *names}


def test_a_name_with_stars_means_itself_alone(root: Path) -> None:
    write(root, {"[a]/x.md": "x", "a/x.md": "x"})

    assert listed_files(root, "[a]") == ("[a]/x.md",)


def test_a_repository_in_the_catalogue_is_foreign(root: Path) -> None:
    repository(root / "nested", {"x.md": "x"})

    assert unclean(root, ["nested/x.md"]) == (Unclean("??", "nested/x.md"),)


def test_many_folders_are_asked_about_in_one_question(root: Path) -> None:
    paths = [f"{number}/x.md" for number in range(150)]
    write(root, dict.fromkeys(paths, "x"))

    assert len(unclean(root, paths)) == 150


def test_listed_are_tracked_and_new_files_but_not_ignored_ones(root: Path) -> None:
    write(root, {".gitignore": "*.tmp.md\n", "new.md": "n", "x.tmp.md": "t"})
    (root / "notes" / "c.md").unlink()

    assert listed_files(root, ".") == (".gitignore", *sorted([*CLEAN, "new.md"]))
    assert listed_files(root, "notes") == ("notes/c.md",)


def test_what_git_tells_its_hooks_does_not_mislead(root: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {"z.md": "z"})
    program = (
        "from pathlib import Path; from enrich.vcs import listed_files;"
        "print(listed_files(Path('.').resolve(), '.'))"
    )
    inherited = {"GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / ".git" / "index")}
    command = [sys.executable, "-c", program]

    printed = subprocess.check_output(command, cwd=root, env=os.environ | inherited, text=True)

    assert printed.strip() == str(tuple(sorted(CLEAN)))


# -- without git -----------------------------------------------------------------------------


def test_outside_of_a_work_tree_nothing_is_known_and_that_is_no_error(tmp_path: Path) -> None:
    assert work_tree(tmp_path) is None
    assert no_git(tmp_path) == "not in a git work tree"
    assert listed_files(tmp_path, ".") is None
    guard(tmp_path, ["a.md"], command="enrich run", last_written=dict)


def test_without_the_program_there_is_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert work_tree(root) == root
    assert no_git(root) == "git is not installed"
    assert listed_files(root, ".") is None


def test_without_git_and_without_a_journal_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(WriteRefused) as caught:
        guard(tmp_path, ["a.md"], command="enrich run", last_written=dict, journal_fault="read-only")

    assert str(caught.value) == (
        "there would be no way back: not in a git work tree, and the journal can't be written: read-only\n"
        "Put the catalogue under git, or go on with --allow-no-vcs."
    )
    guard(
        tmp_path,
        ["a.md"],
        command="enrich run",
        last_written=dict,
        journal_fault="read-only",
        allow_no_vcs=True,
    )


def test_where_git_refuses_to_tell_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert refusal(tmp_path, "a.md").startswith("git can't tell whether these files are committed: fatal: ")
    guard(tmp_path, ["a.md"], command="enrich run", last_written=dict, allow_dirty=True)


# -- the guard -------------------------------------------------------------------------------


def test_committed_entries_may_be_written(root: Path) -> None:
    write(root, {"README.md": "new"})

    guard(root, CLEAN, command="enrich run", last_written=dict, journal_fault="read-only")


def test_what_is_not_committed_is_named_with_what_to_do(root: Path) -> None:
    write(root, {"_publications/a.md": "changed", "notes/new\x1b.md": "n"})

    assert refusal(root, *CLEAN, "notes/new\x1b.md") == (
        "these files have changes that are not committed:\n"
        "   M _publications/a.md\n"
        "  ?? notes/new\\x1b.md\n"
        "`enrich run` writes files. Commit or stash first, so that `git diff` shows only its changes,\n"
        "or look first with --dry-run, or go on with --allow-dirty."
    )
    assert refusal(root, *CLEAN, command="enrich apply").endswith("\nor go on with --allow-dirty.")
    guard(root, CLEAN, command="enrich run", last_written=dict, allow_dirty=True)


def test_of_many_files_the_first_are_named_and_the_rest_counted(root: Path) -> None:
    paths = [f"new/{number:04}.md" for number in range(1_500)]
    write(root, dict.fromkeys(paths, "x"))

    lines = refusal(root, *paths).splitlines()

    assert lines[1] == "  ?? new/0000.md"
    assert lines[11] == "  … and 1,490 more"
    assert len(lines) == 14


def test_what_enrich_wrote_last_may_be_written_again(root: Path) -> None:
    write(root, {"_publications/a.md": "by enrich"})
    written = {"_publications/a.md": digest("by enrich")}

    guard(root, CLEAN, command="enrich run", last_written=lambda: written)
    git(root, "add", "-A")
    guard(root, CLEAN, command="enrich run", last_written=lambda: written)


def test_what_a_person_wrote_over_it_may_not(root: Path) -> None:
    write(root, {"_publications/a.md": "by enrich, and me"})
    written = {"_publications/a.md": digest("by enrich"), "_publications/b.md": digest("b")}

    assert "   M _publications/a.md" in refusal(root, *CLEAN, written=written)


def test_what_is_untracked_or_gone_is_not_ours_even_if_enrich_wrote_it(root: Path) -> None:
    write(root, {"new.md": "by enrich"})
    (root / "notes" / "c.md").unlink()
    (root / "_publications" / "a.md").unlink()
    (root / "_publications" / "a.md").symlink_to("nowhere")
    written = {"new.md": digest("by enrich"), "notes/c.md": digest("c"), "_publications/a.md": digest("a")}

    shown = refusal(root, *CLEAN, "new.md", written=written).splitlines()

    assert shown[1:4] == ["   T _publications/a.md", "  ?? new.md", "   D notes/c.md"]


def test_a_catalogue_in_a_folder_that_git_ignores_is_not_committed(root: Path) -> None:
    (root / ".git" / "info" / "exclude").write_text("ignored/\n")
    write(root, {"ignored/papers/a.md": "a"})

    assert unclean(root / "ignored" / "papers", ["a.md"]) == (Unclean("!!", "a.md"),)


def test_the_journal_is_asked_only_where_git_names_a_file(root: Path) -> None:
    def journal() -> dict[str, str]:
        pytest.fail("asked")

    guard(root, CLEAN, command="enrich run", last_written=journal)


def test_an_entry_that_is_a_link_is_guarded_with_its_target(root: Path) -> None:
    (root / "link.md").symlink_to("_publications/a.md")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "link")
    write(root, {"_publications/a.md": "changed"})

    assert "   M _publications/a.md" in refusal(root, "link.md")
