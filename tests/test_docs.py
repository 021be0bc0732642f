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

from enrich import rules
from enrich.cli.arguments import parse_arguments
from enrich.config import parse, reference
from enrich.reports.explanation import sections
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.rule import Rule

DOCUMENTS = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"))


def rules_page() -> str:
    """`docs/rules.md`: the text of `enrich explain` for every rule."""
    parts = ["# Rules\n\nE error, W warning, I info, N notice. ○: not in the default set.\n"]
    table = ["| rule | name | | what |", "|-|-|-|-|"]
    for rule in sorted(rules.RULES, key=lambda rule: rule.code):
        mark = rule.severity.name[0] + ("" if rule.on_by_default else " ○")
        what = " ".join(dict(sections(rule.page))["What"].split())
        table.append(f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {mark} | {what} |")
    parts.append("\n".join(table) + "\n")
    parts += [_rule(rule) for rule in sorted(rules.RULES, key=lambda rule: rule.code)]
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    told = dict(sections(rule.page))
    lines = [f"## {rule.code} {rule.name}\n"]
    for name in ("What", "Why", "Applicability", "Source"):
        lines.append(f"**{name}.** {' '.join(told[name].split())}\n")
        if name == "Why":
            lines.append(f"```\n{_dedented(told['Example'])}\n```\n")
    return "\n".join(lines)


def _dedented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.strip("\n").split("\n"))


def configuration_page() -> str:
    return (
        "# Configuration\n\n"
        "`enrich.toml`, `.enrich.toml`, or `[tool.enrich]` in `pyproject.toml`: "
        "the first found from the first path up to the top of the repository.\n"
        "`--set KEY=VALUE` goes over the file. "
        "Mistakes are shown all at once, and nothing runs.\n\n"
        f"{reference().strip()}\n"
    )


@pytest.mark.parametrize(
    ("name", "text"), [("rules.md", rules_page()), ("configuration.md", configuration_page())]
)
def test_a_generated_page_is_what_the_code_says(name: str, text: str) -> None:
    path = ROOT / "docs" / name
    if os.environ.get("ENRICH_UPDATE_DOCS"):
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_parses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`(enrich [^`]+)`", text)

    for line in (*(line for block in blocks for line in block.splitlines()), *inline):
        for command in re.split(r"&&|;|\|", line.split("#")[0]):
            words = shlex.split(command)
            if words and words[0].rpartition("/")[2] == "enrich":
                parse_arguments(words[1:])


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
