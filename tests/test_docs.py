"""
The documents say what is: generated pages are what the code says, commands work, examples exist.

`ENRICH_UPDATE_DOCS=1` writes the generated pages anew.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

import pytest
import yaml

from enrich.cli.arguments import parse_arguments, whole_parser
from enrich.cli.manual import commands
from enrich.config import parse
from tests.docs.markdown import blocks
from tests.docs.pages import command_line_page, configuration_page, json_page, rules_page
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cli.md", command_line_page()),
        ("configuration.md", configuration_page()),
        ("json.md", json_page()),
        ("rules.md", rules_page()),
    ],
    ids=["cli.md", "configuration.md", "json.md", "rules.md"],
)
def test_a_generated_page_is_what_the_code_says(name: str, text: str) -> None:
    path = ROOT / "docs" / name
    if os.environ.get("ENRICH_UPDATE_DOCS"):
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_parses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = {command.name.split()[1] for command in commands(whole_parser())}
    lines = [line for block in blocks(text) if block.language == "sh" for line in block.body.splitlines()]
    lines += [line for block in blocks(text) if block.language == "console" for line in block.commands]
    mentioned = re.findall(r"`(enrich [^`]+)`", text)
    lines += [line for line in mentioned if line.removeprefix("enrich ") not in names]

    for line in lines:
        for command in re.split(r"&&|\|\||;|\|", re.sub(r"\s[#>].*", "", line)):
            words = shlex.split(command)
            if words and words[0].rpartition("/")[2] == "enrich":
                _parse(words[1:])


def _parse(words: list[str]) -> None:
    if words != ["--version"]:
        parse_arguments(words)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_configuration_in_a_document_is_one(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for block in re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        parse(block, path.name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_in_a_document_leads_to_a_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target


def test_every_page_is_in_the_navigation_of_the_site_once() -> None:
    def pages(part: object) -> list[str]:
        if isinstance(part, dict):
            part = [*part.values()]
        return [page for each in part for page in pages(each)] if isinstance(part, list) else [str(part)]

    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]

    assert sorted(pages(navigation)) == sorted(path.name for path in ROOT.glob("docs/*.md"))


@pytest.mark.parametrize("path", [*ROOT.glob("docs/*.md")], ids=lambda path: path.name)
def test_no_page_of_the_site_links_out_of_it_by_a_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\]\((\.\.[^)]*)\)", text) == []
