"""The archives hold what they need, and the same source makes the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from enrich.version import VERSION
from tests.end_to_end.catalogues import clean_environ
from tests.shared_data import ROOT

OF_THE_REPOSITORY_ALONE = (".ci/", ".github/", ".gitignore")
"""Known to git, and of no use to whoever has only the archive."""


class Archives(NamedTuple):
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    return built(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def python(archives: Archives, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The interpreter of a new environment with the wheel.

    What the wheel needs it takes from this one, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    made = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(made), "--disable-pip-version-check"]
    options = ["--quiet", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "install", *options, str(archives.wheel)], check=True)
    (own,) = (place for place in sys.path if place.endswith("site-packages"))
    there = said(made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(there, "others.pth").write_text(f"{own}\n")
    return made


def built(source: Path, folder: Path) -> Archives:
    """Both archives of *source*, as they are made at a moment that is told."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
    )
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Archives(wheel, sdist)


def said(python: Path, *args: str, code: int = 0, cwd: Path | None = None) -> str:
    environ = {name: value for name, value in clean_environ().items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), *args], cwd=cwd, env=environ, check=False, capture_output=True, text=True
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_the_source_archive_makes_the_same_archives_byte_for_byte(archives: Archives, tmp_path: Path) -> None:
    with tarfile.open(archives.sdist) as tar:
        tar.extractall(tmp_path, filter="data")

    again = built(tmp_path / f"enrich-{VERSION}", tmp_path / "again")

    assert again.wheel.read_bytes() == archives.wheel.read_bytes()
    assert again.sdist.read_bytes() == archives.sdist.read_bytes()


def test_the_source_archive_holds_every_file_of_the_repository(archives: Archives) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    known = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with tarfile.open(archives.sdist) as tar:
        held = {name.partition("/")[2] for name in tar.getnames()}

    expected = {name for name in known.stdout.decode().split("\0") if (ROOT / name).is_file()}
    assert {name for name in expected - held if not name.startswith(OF_THE_REPOSITORY_ALONE)} == set()
    assert held - expected <= {"PKG-INFO", ".gitignore"}


def test_the_wheel_holds_the_package_and_its_manual_and_no_test(archives: Archives) -> None:
    with ZipFile(archives.wheel) as wheel:
        names = set(wheel.namelist())

    tops = {name.split("/")[0] for name in names}
    assert tops == {"enrich", f"enrich-{VERSION}.dist-info", f"enrich-{VERSION}.data"}
    assert "enrich/py.typed" in names
    assert {name.partition("/data/")[2] for name in names if ".data/" in name} == {
        "share/bash-completion/completions/enrich",
        "share/fish/vendor_completions.d/enrich.fish",
        "share/man/man1/enrich.1",
        "share/zsh/site-functions/_enrich",
    }


def test_an_installed_wheel_says_its_version_and_where_it_is(python: Path, tmp_path: Path) -> None:
    where = said(python, "-c", "import enrich; print(enrich.__file__)", cwd=tmp_path)

    assert said(python, "-m", "enrich", "--version", cwd=tmp_path) == f"enrich {VERSION}\n"
    assert Path(where.strip()).is_relative_to(python.parents[1])


def test_an_installed_wheel_has_the_files_that_it_reads(python: Path, tmp_path: Path) -> None:
    entry = (ROOT / "examples/_publications/devlin2018bert.markdown").read_bytes()
    (tmp_path / "_publications").mkdir()
    (tmp_path / "_publications/devlin2018bert.markdown").write_bytes(entry)

    command = ("check", "--offline", "--report", "html=page.html", "--output-format", "json")
    report = json.loads(said(python, "-m", "enrich", *command, code=1, cwd=tmp_path))
    schema = json.loads(said(python, "-m", "enrich", "config", "schema", cwd=tmp_path))

    assert "IDN201" in {finding["rule"] for finding in report["findings"]}
    assert "<script" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert schema["title"] == "enrich.toml"
