"""Whether the file is there that a relative link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich.files import Targets
from enrich.models import Fault, FileQuery, LinkStatus
from tests.files.repository import git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "notes/a.md": "",
    "notes/b c.pdf": "",
    "notes/100%25.pdf": "",
    "files/there.pdf": "",
    "files/made.qmd": "",
    "jekyll/_config.yml": "",
    "jekyll/_publications/a.md": "",
    "jekyll/files/there.pdf": "",
    "quarto/_quarto.yml": "",
    "quarto/a/index.qmd": "",
    "quarto/a/there.pdf": "",
    "quarto/named/index.qmd": "---\noutput-file: talk.pdf\n---\n",
    "hugo/hugo.toml": "",
    "hugo/content/a/index.md": "",
    "loose/_posts/a.md": "",
    ".gitignore": "*.local.pdf\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "site", FILES)


def status(root: Path, entry: str, target: str) -> LinkStatus:
    check = Targets(root).check(FileQuery(entry, target))
    assert (check.fault is Fault.MISSING_FILE) is (check.status is LinkStatus.BROKEN)
    return check.status


@pytest.mark.parametrize(
    ("entry", "target"),
    [
        ("notes/a.md", "b%20c.pdf"),
        ("notes/a.md", "b c.pdf"),
        ("notes/a.md", "100%25.pdf"),
        ("notes/a.md", "../files/there.pdf#page=2"),
        ("jekyll/_publications/a.md", "/files/there.pdf"),
        ("quarto/a/index.qmd", "there.pdf"),
        ("quarto/a/index.qmd", "/a/there.pdf"),
    ],
)
def test_a_file_that_is_there_is_there(root: Path, entry: str, target: str) -> None:
    assert status(root, entry, target) is LinkStatus.OK


@pytest.mark.parametrize(
    ("entry", "target", "missing"),
    [
        ("notes/a.md", "missing.pdf", "notes/missing.pdf"),
        ("notes/a.md", "../files/missing.pdf", "files/missing.pdf"),
        ("jekyll/_publications/a.md", "/files/missing.pdf", "jekyll/files/missing.pdf"),
        ("quarto/a/index.qmd", "missing.pdf", "quarto/a/missing.pdf"),
    ],
)
def test_a_file_that_certainly_is_not_there_is_missing(
    root: Path, entry: str, target: str, missing: str
) -> None:
    assert status(root, entry, target) is LinkStatus.BROKEN
    assert Targets(root).check(FileQuery(entry, target)).detail == f"there is no file {missing}"


@pytest.mark.parametrize(
    ("entry", "target"),
    [
        ("notes/a.md", "../raw/missing.pdf"),
        ("notes/a.md", "../../missing.pdf"),
        ("notes/a.md", "/files/missing.pdf"),
        ("notes/a.md", "kept.local.pdf"),
        ("notes/a.md", "../files/made.pdf"),
        ("notes/a.md", f"{'a' * 5_000}.pdf"),
        ("jekyll/_publications/a.md", "missing.pdf"),
        ("jekyll/_publications/a.md", "/baseurl/missing.pdf"),
        ("quarto/named/index.qmd", "talk.pdf"),
        ("quarto/a/gone.qmd", "missing.pdf"),
        ("hugo/content/a/index.md", "missing.pdf"),
        ("hugo/content/a/index.md", "/missing.pdf"),
        ("loose/_posts/a.md", "missing.pdf"),
        ("nowhere/a.md", "missing.pdf"),
    ],
)
def test_what_is_not_certain_is_not_judged(root: Path, entry: str, target: str) -> None:
    assert status(root, entry, target) is LinkStatus.UNSUPPORTED


def test_a_link_of_the_file_system_that_leaves_the_catalogue_is_not_followed(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"")
    (root / "notes" / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    (root / "notes" / "up").symlink_to(tmp_path)

    assert status(root, "notes/a.md", "out.pdf") is LinkStatus.UNSUPPORTED
    assert status(root, "notes/a.md", "up/secret.pdf") is LinkStatus.UNSUPPORTED
    assert status(root, "notes/a.md", "up/missing.pdf") is LinkStatus.UNSUPPORTED


def test_the_root_of_the_site_may_lie_above_the_catalogue(root: Path) -> None:
    below = root / "jekyll" / "_publications"

    assert status(below, "a.md", "/files/there.pdf") is LinkStatus.UNSUPPORTED
    assert status(root / "quarto" / "a", "index.qmd", "missing.pdf") is LinkStatus.BROKEN


def test_what_a_sparse_checkout_leaves_out_is_not_missing(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", "files/there.pdf")
    (root / "files" / "there.pdf").unlink()

    assert status(root, "notes/a.md", "../files/there.pdf") is LinkStatus.UNSUPPORTED


def test_without_git_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    write(tmp_path / "plain", {"notes/a.md": ""})

    assert status(tmp_path / "plain", "notes/a.md", "b.pdf") is LinkStatus.BROKEN
