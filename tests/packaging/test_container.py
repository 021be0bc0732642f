"""The container, as far as it can be built without one: what it copies is enough to build what it runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_what_is_copied_is_enough_to_build_what_runs(tmp_path: Path) -> None:
    _, build, _ = DOCKERFILE.split("\nFROM ")
    for *sources, target in (line.split() for line in re.findall(r"^COPY (.+)$", build, re.MULTILINE)):
        for source in sources:
            place = tmp_path / target / source.rpartition("/")[2] if target == "./" else tmp_path / target
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
            copy(ROOT / source, place)

    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert "enrich/cli/__init__.py" in ZipFile(wheel).namelist()
    assert (tmp_path / "requirements.txt").exists()


def test_a_linter_of_containers_finds_nothing() -> None:
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("no hadolint")

    done = subprocess.run([hadolint, str(ROOT / "Dockerfile")], check=False, capture_output=True, text=True)

    assert done.stdout == ""


def test_nobody_is_root_in_it() -> None:
    last = [line for line in DOCKERFILE.splitlines() if line.startswith("USER ")][-1]

    assert last.split()[1].isdigit()
    assert last != "USER 0"
