"""`enrich report`: a saved report in another format, on a machine that has nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from enrich.reports import FORMATS
from enrich.reports.comment import LARGEST

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

GPT = "_publications/2024gpt.markdown"


@pytest.fixture
def saved(examples_waiting: Catalogue) -> Catalogue:
    text = examples_waiting.enrich("run", "--offline", "--output-format", "json")
    examples_waiting.write("../elsewhere/run.json", text)
    return examples_waiting


def test_the_text_of_a_pull_request_is_learned_from_when_it_is_closed(saved: Catalogue) -> None:
    text = saved.enrich("report", "../elsewhere/run.json", "--format", "pull-request")
    saved.git("checkout", "--quiet", ".")
    saved.git("clean", "-xdfq")
    closed = {
        "number": 1,
        "state": "CLOSED",
        "body": text,
        "headRefName": "enrich/identifiers",
        "isCrossRepository": False,
    }

    out, _ = saved.outcome("review", "--import", "-", given=json.dumps([closed]))
    before = saved.content()
    ran = saved.enrich("run", "--offline")

    assert text.startswith("enrich proposes 18 safe changes in 3 entries.\n")
    assert out == "Learned from 1 closed pull request: 18 changes will not be proposed again.\n"
    assert "18 changes were taken back by hand; they will not be made again." in ran
    assert saved.content() == before


def test_rules_can_be_chosen(saved: Catalogue) -> None:
    text = saved.enrich("report", "../elsewhere/run.json", "--format", "pull-request", "--select", "IDN")

    assert text.startswith("enrich proposes 2 safe changes in 2 entries.\n")
    assert re.findall(r"^\| ([A-Z]{3}\d{3}) ", text, re.MULTILINE) == ["IDN201"]


@pytest.mark.parametrize("name", [*FORMATS, "comment"])
def test_every_format_can_be_had_without_a_catalogue(saved: Catalogue, name: str) -> None:
    place = saved.root.parent / "elsewhere"
    before = sorted(place.iterdir())
    saved.root = place

    out, _ = saved.outcome("report", "run.json", "--format", name)

    assert out or name == "github"
    assert sorted(place.iterdir()) == before
    if name == "json":
        assert out == (place / "run.json").read_text()


def test_a_report_can_come_by_standard_input(saved: Catalogue) -> None:
    text = (saved.root.parent / "elsewhere" / "run.json").read_text()

    out, _ = saved.outcome("report", "-", "--format", "comment", given=text)

    assert out.startswith("## enrich: ")
    assert out.endswith("<!-- enrich: comment -->\n")


def test_a_strangers_report_may_not_be_large(saved: Catalogue) -> None:
    saved.write("large.json", b" " * (LARGEST + 1))

    _, err = saved.outcome("report", "large.json", "--format", "comment", code=2)

    assert err == "error: large.json: larger than 256 KiB, no comment is made of it\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{}", "`version` is missing"),
        (b"\xff", "not UTF-8"),
        (None, "No such file or directory"),
    ],
)
def test_what_is_no_report_is_an_error(catalogue: Catalogue, content: bytes | None, why: str) -> None:
    if content is not None:
        catalogue.write("x.json", content)

    _, err = catalogue.outcome("report", "x.json", "--format", "full", code=2)

    assert err == f"error: x.json: {why}\n"
