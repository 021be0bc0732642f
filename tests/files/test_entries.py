"""Which files are entries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from enrich.errors import UsageError
from enrich.files import find_entries
from tests.files.repository import repository, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "_publications/b.markdown": "",
    "_publications/a.md": "",
    "_publications/old/c.md": "",
    "_publications/data.json": "",
    "README.md": "",
    "drafts/d.md": "",
    "_publications/e.md.template": "",
    ".github/ISSUE.md": "",
}
INCLUDE = ("_publications/**/*.{md,markdown}",)
FOUND = ["_publications/a.md", "_publications/b.markdown", "_publications/old/c.md"]


def find(
    root: Path, *paths: str, include: tuple[str, ...] = INCLUDE, exclude: tuple[str, ...] = ()
) -> list[str]:
    return list(find_entries(root, paths, cwd=root, include=include, exclude=exclude))


@pytest.fixture(params=["git", "no git"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "git":
        return repository(tmp_path / "site", FILES)
    write(tmp_path / "site", FILES)
    return (tmp_path / "site").resolve()


def test_without_paths_the_whole_catalogue_is_meant(root: Path) -> None:
    assert find(root) == FOUND


def test_a_folder_means_the_entries_in_it(root: Path) -> None:
    assert find(root, "_publications/old") == ["_publications/old/c.md"]
    assert find(root, "_publications/old/", "_publications") == FOUND
    assert find(root, ".") == FOUND


def test_a_file_that_is_named_is_taken_whatever_the_patterns_say(root: Path) -> None:
    assert find(root, "README.md", "_publications/a.md", "README.md") == ["README.md", "_publications/a.md"]
    assert find(root, "_publications", str(root / "README.md")) == ["README.md", *FOUND]


def test_what_is_excluded_is_never_an_entry(root: Path) -> None:
    everything = ("*.md", "*.template")

    assert find(root, include=everything) == ["README.md", "_publications/a.md", "_publications/old/c.md"]
    assert find(root, exclude=("old/", "b.*")) == ["_publications/a.md"]
    assert find(root, "drafts/d.md", "README.md", exclude=("README.md",)) == []


def test_hidden_folders_are_entered_only_by_name(root: Path) -> None:
    assert ".github/ISSUE.md" not in find(root, include=("*.md",))
    assert find(root, ".github", include=("*.md",)) == [".github/ISSUE.md"]


@pytest.mark.parametrize("path", ["nope", "_publications/nope.md"])
def test_a_path_that_is_not_there_is_an_error(root: Path, path: str) -> None:
    with pytest.raises(UsageError, match=f"^{path}: no such file or directory$"):
        find(root, path)


def test_a_path_out_of_the_catalogue_is_an_error(root: Path) -> None:
    write(root.parent, {"other.md": ""})

    with pytest.raises(UsageError, match=r"^\.\./other\.md: outside of the catalogue at "):
        find(root, "../other.md")


def test_paths_are_relative_to_where_one_stands(root: Path) -> None:
    found = list(find_entries(root, ["a.md", "old"], cwd=root / "_publications", include=INCLUDE))

    assert found == ["_publications/a.md", "_publications/old/c.md"]


def test_a_name_with_a_newline_is_a_name(root: Path) -> None:
    write(root, {"_publications/new\nline.md": ""})

    assert "_publications/new\nline.md" in find(root)


def test_a_link_out_of_the_catalogue_is_passed_over(root: Path) -> None:
    write(root.parent, {"secret.md": ""})
    (root / "_publications" / "link.md").symlink_to(root.parent / "secret.md")
    (root / "_publications" / "broken.md").symlink_to("nowhere.md")

    assert find(root) == FOUND


def test_a_link_to_a_folder_is_not_entered(root: Path) -> None:
    (root / "_publications" / "loop").symlink_to(root / "_publications")

    assert find(root) == FOUND


def test_an_entry_with_two_names_is_one_entry(root: Path) -> None:
    (root / "_publications" / "0.md").symlink_to("a.md")
    (root / "_publications" / "readme.md").symlink_to("../README.md")

    assert find(root) == [*FOUND, "_publications/readme.md"]
    assert find(root, "_publications/0.md", "_publications/a.md") == ["_publications/a.md"]


def test_a_catalogue_is_found_through_a_link_to_it(root: Path) -> None:
    (root.parent / "link").symlink_to(root)

    assert find(root, "../link/_publications/a.md", "../link/_publications/old") == [FOUND[0], FOUND[2]]


def test_what_is_no_file_is_no_entry(root: Path) -> None:
    os.mkfifo(root / "_publications" / "pipe.md")
    (root / "_publications" / "folder.md").mkdir()

    assert find(root) == FOUND


def test_what_git_ignores_or_has_deleted_is_no_entry(tmp_path: Path) -> None:
    root = repository(tmp_path / "site", FILES | {".gitignore": "_site/\n"})
    write(root, {"_site/_publications/a.md": "", "_publications/new.md": ""})
    (root / "_publications" / "a.md").unlink()

    found = find(root, include=("*.md", "*.markdown"))

    assert found == [
        "README.md",
        "_publications/b.markdown",
        "_publications/new.md",
        "_publications/old/c.md",
    ]


def test_a_catalogue_in_a_folder_that_git_ignores_is_found_all_the_same(tmp_path: Path) -> None:
    top = repository(tmp_path / "home", {".gitignore": "*\n"})
    write(top / "papers", FILES)

    assert find(top / "papers") == FOUND


def test_nothing_is_read_before_it_is_asked_for(root: Path) -> None:
    entries = find_entries(root, ["nope"], cwd=root)

    with pytest.raises(UsageError):
        next(entries)
