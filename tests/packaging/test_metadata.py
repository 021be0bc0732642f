"""What the project says of itself is the same everywhere."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Any

import yaml

from enrich.version import VERSION
from tests.shared_data import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_citation_is_one_and_names_this_version() -> None:
    subprocess.run(
        [
            sys.executable, "-m", "check_jsonschema",
            "--builtin-schema", "vendor.citation-file-format", str(ROOT / "CITATION.cff"),
        ],
        check=True,
    )  # fmt: skip
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert citation["version"] == VERSION
    assert citation["license"] == PROJECT["license"]


def test_every_requirement_has_a_floor_and_the_oldest_python_is_classified() -> None:
    from packaging.requirements import Requirement

    floors = {
        requirement.name: [one.version for one in requirement.specifier if one.operator == ">="]
        for requirement in map(Requirement, PROJECT["dependencies"])
    }

    assert [name for name, versions in floors.items() if len(versions) != 1] == []
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {oldest}" in PROJECT["classifiers"]
