"""Packages that npm fetches for a test; it is skipped where they can't be had."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a package such as `axe-core@4`, as it was published; none of its code runs meanwhile."""

    @functools.cache
    def fetched(name: str) -> Path:
        program = shutil.which("npm")
        if program is None:
            pytest.skip("no npm")
        folder = tmp_path_factory.mktemp("npm")
        try:
            command = [program, "pack", "--silent", "--ignore-scripts", name]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
        except (subprocess.SubprocessError, OSError):
            pytest.skip(f"npm can't fetch {name}")
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
        return folder / "package"

    return fetched
