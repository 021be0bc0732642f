"""Where the configuration is found, and what that makes the catalogue's root."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from enrich.errors import ConfigError, UsageError
from enrich.files import Home, find_home
from tests.files.repository import repository, write

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_configuration_from_the_first_path_up_is_the_one(tmp_path: Path) -> None:
    files = {"enrich.toml": "[links]", "papers/.enrich.toml": "[rules]", "papers/2024/a.md": ""}
    root = repository(tmp_path / "site", files)

    assert find_home(["papers/2024/a.md", "."], root) == Home(root / "papers", ".enrich.toml", "[rules]")
    assert find_home([], root / "papers" / "2024") == Home(root / "papers", ".enrich.toml", "[rules]")
    assert find_home([], root) == Home(root, "enrich.toml", "[links]")


def test_of_several_in_one_folder_the_most_particular_counts(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.enrich]", ".enrich.toml": "", "enrich.toml": ""})

    assert find_home([], tmp_path).config == "enrich.toml"
    (tmp_path / "enrich.toml").unlink()
    assert find_home([], tmp_path).config == ".enrich.toml"
    (tmp_path / ".enrich.toml").unlink()
    assert find_home([], tmp_path).config == "pyproject.toml"


def test_a_pyproject_of_somebody_else_is_passed_by(tmp_path: Path) -> None:
    write(tmp_path, {"enrich.toml": "", "tool/pyproject.toml": "[project]\nname = 'x'", "tool/a.md": ""})

    assert find_home(["tool/a.md"], tmp_path) == Home(tmp_path.resolve(), "enrich.toml", "")


def test_nothing_above_the_work_tree_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {"enrich.toml": "[links]"})
    root = repository(tmp_path / "site", {"papers/a.md": ""})

    assert find_home(["papers"], root) == Home(root)


def test_without_configuration_and_git_the_root_is_where_one_stands(tmp_path: Path) -> None:
    write(tmp_path, {"papers/a.md": ""})

    home = find_home(["papers/a.md"], tmp_path)

    assert home == Home(tmp_path.resolve())


def test_a_path_elsewhere_is_a_catalogue_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"here/a.md": "", "there/b.md": ""})

    assert find_home(["../there"], tmp_path / "here") == Home((tmp_path / "there").resolve())
    assert find_home(["../there/b.md"], tmp_path / "here") == Home((tmp_path / "there").resolve())


def test_a_path_that_does_not_exist_yet_finds_its_catalogue(tmp_path: Path) -> None:
    write(tmp_path, {"enrich.toml": ""})

    assert find_home(["no/such/file.md"], tmp_path).config == "enrich.toml"


def test_a_configuration_that_is_named_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"enrich.toml": "[links]", "ci/strict.toml": "[rules]"})

    found = find_home([], tmp_path, "ci/strict.toml")

    assert found == Home(tmp_path.resolve() / "ci", "strict.toml", "[rules]")
    with pytest.raises(UsageError, match=r"^nope\.toml: no such file$"):
        find_home([], tmp_path, "nope.toml")


def test_a_configuration_in_another_encoding_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "enrich.toml").write_bytes(b"[network]\ncontact = '\xe9'\n")

    with pytest.raises(ConfigError, match=r"enrich\.toml:2: not UTF-8"):
        find_home([], tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_configuration_that_one_may_not_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "enrich.toml").touch(mode=0)

    with pytest.raises(UsageError, match=r"enrich\.toml: Permission denied"):
        find_home([], tmp_path)


def test_a_folder_called_like_a_configuration_is_none(tmp_path: Path) -> None:
    (tmp_path / "enrich.toml").mkdir()

    assert find_home([], tmp_path).config is None
