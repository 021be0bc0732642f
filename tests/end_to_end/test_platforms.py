"""What a run tells files and platforms beside the screen."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

ENTRY = """---
title: {title}
authors: OpenAI, Aaron Hurst
year: 2024
additional_links:
  - {{name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}}
---
Text.
"""
HOSTILE = "'GPT-4o, 100% | a `test` ::error::x ##[error]y @octocat'"


@pytest.fixture
def offline(catalogue: Catalogue) -> Catalogue:
    catalogue.write("docs/enrich.toml", "")
    catalogue.write("docs/_publications/a.md", ENTRY.format(title=HOSTILE))
    catalogue.commit()
    return catalogue


def test_the_screen_and_any_number_of_files_are_told_at_once(offline: Catalogue) -> None:
    out, _ = offline.outcome(
        "check", "docs", "--offline", "--output-format", "concise",
        "--report", "sarif=out/enrich.sarif", "--report", "junit=out/junit.xml", "--report", "gitlab=q.json",
        code=1,
    )  # fmt: skip

    assert out.startswith("_publications/a.md:6:47: E IDN201 ")
    sarif = json.loads((offline.root / "out/enrich.sarif").read_text())
    (found,) = sarif["runs"][0]["results"]
    location = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "docs/_publications/a.md"
    assert ET.parse(offline.root / "out/junit.xml").getroot().attrib["failures"] == "1"
    (finding,) = json.loads((offline.root / "q.json").read_text())
    assert finding["check_name"] == "enrich/malformed-arxiv-id"


def test_in_github_actions_annotations_and_summary_are_added(offline: Catalogue) -> None:
    summary = offline.root / "summary.md"
    summary.write_text("of another program\n")
    offline.environ = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}

    out, err = offline.outcome("check", "docs", "--offline", code=1)
    offline.outcome("check", "docs", "--offline", "--annotations", "off", code=1)

    (command,) = (line for line in err.splitlines() if line.startswith("::"))
    assert command == (
        "::error file=docs/_publications/a.md,line=6,col=47,endColumn=59,title=IDN201 malformed-arxiv-id::"
        "`hf2410.21276` is not an arXiv identifier%0Aleft for a person; not fixed%0A"
        "arXiv could not be asked about the likely repairs"
    )
    assert "error[IDN201]" in out
    assert "::error" not in out
    told = summary.read_text()
    assert told.startswith("of another program\n## enrich: ❌ Failed\n")
    assert told.count("## enrich") == 1


def test_annotations_can_be_the_answer_itself(offline: Catalogue) -> None:
    offline.environ = {"GITHUB_ACTIONS": "true"}

    out, err = offline.outcome("check", "docs", "--offline", "--output-format", "github", code=1)

    assert out.startswith("::error file=docs/_publications/a.md")
    assert "::error" not in err


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("sarif", "--report sarif: takes FORMAT=FILE"),
        ("sarif=", "--report sarif=: takes FORMAT=FILE"),
        ("pdf=a.pdf", "no format `pdf`; choose from summary, full"),
        ("junit=docs", "the report can't be written: Is a directory"),
    ],
)
def test_a_report_that_can_not_be_written_is_said_before_anything_is_asked(
    offline: Catalogue, report: str, told: str
) -> None:
    out, err = offline.outcome("check", "docs", "--offline", "--report", report, code=2)

    assert told in err
    assert out == ""


def test_reports_of_the_configuration_are_written_below_the_root(offline: Catalogue) -> None:
    offline.write("docs/enrich.toml", '[report]\nreports = ["json=out/run.json"]\n')

    offline.outcome("check", "docs", "--offline", code=1)

    document = json.loads((offline.root / "docs/out/run.json").read_text())
    assert document["findings"][0]["rule"] == "IDN201"
