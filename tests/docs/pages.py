"""Pages of the reference, made from the code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enrich import rules
from enrich.cli.arguments import EXIT_CODES, whole_parser
from enrich.cli.manual import commands
from enrich.config import reference
from enrich.reports.explanation import sections
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from enrich.cli.manual import Command, Option
    from enrich.rule import Rule

_SHARED_GROUP = "setup"
"""The group of options that every command has: told once."""


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
    """`docs/configuration.md`: every option with its default."""
    return (
        "# Configuration\n\n"
        "`enrich.toml`, `.enrich.toml`, or `[tool.enrich]` in `pyproject.toml`: "
        "the first found from the first path up to the top of the repository.\n"
        "`--set KEY=VALUE` goes over the file. "
        "Mistakes are shown all at once, and nothing runs.\n\n"
        f"{reference().strip()}\n"
    )


def command_line_page() -> str:
    """`docs/cli.md`: what `--help` says of every command."""
    every = commands(whole_parser())
    shared = dict(every[0].groups)[_SHARED_GROUP]
    lines = [
        "# Command line\n",
        "`--help` after a command says the same; `man enrich` too, where the manual of the wheel is found.\n",
        "Every option has a variable: `ENRICH_OFFLINE=1` stands for `--offline`.",
        "An option goes over its variable, a variable over the configuration.\n",
        "## Exit codes\n",
        "| code | |\n|-:|-|",
        *(f"| {code} | {what} |" for code, what in EXIT_CODES),
        "\nWhere several apply, the first of 130, 70, 4, 1 and 3 is taken; after SIGTERM it is 143.\n",
        "## Options of every command\n",
        _options(shared),
        *(_command(command, shared) for command in every),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(command: Command, shared: tuple[Option, ...]) -> str:
    groups = [
        (title, options) for title, options in command.groups if (title, options) != (_SHARED_GROUP, shared)
    ]
    lines = [f"## {command.name}\n", f"```text\n{command.synopsis}\n```\n", f"{command.text}\n"]
    for title, options in groups:
        lines += [f"**{title}**\n"] if title else []
        lines.append(_options(options))
    return "\n".join(lines)


def _options(options: tuple[Option, ...]) -> str:
    rows = (f"| `{_cell(option.spelling)}` | {_cell(option.text)} |" for option in options)
    return "\n".join(("| | |\n|-|-|", *rows)) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def json_page() -> str:
    """`docs/json.md`: the schemas of what programs read, as tables."""
    parts = [
        "# JSON\n\n"
        "`--output-format json` and `--report json=FILE` write one document, `json-lines` a line for each "
        "entry; `enrich resolve ITEM --format json` writes a line for each item.\n"
        "Times are UTC, columns count code points from 1; only a key that may lack is ever left out.\n"
        "The schemas themselves lie in the package, in `enrich/schemas/`.\n"
    ]
    for name in ("report", "resolve"):
        document = json.loads((ROOT / f"enrich/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        parts.append(f"## {document['title']}\n\n{document['description']}\n")
        parts += _tables("", document, document.get("$defs", {}))
    return "\n".join(parts)


def _tables(name: str, shape: dict[str, Any], defs: dict[str, Any]) -> list[str]:
    """A table for *shape*, if it is an object, and those of all that is defined beside it."""
    made = []
    if properties := shape.get("properties"):
        made.append(f"### {name}\n" if name else "")
        if name and (said := shape.get("description")):
            made.append(f"{said}\n")
        needed = shape.get("required", ())
        rows = [_row(key, value, key in needed) for key, value in properties.items()]
        made.append("\n".join(("| key | value | |", "|-|-|-|", *rows)) + "\n")
    for key, value in defs.items():
        made += _tables(key, value, {})
    return [text for text in made if text]


def _row(key: str, value: dict[str, Any], required: bool) -> str:
    said = value.get("description", "")
    return f"| `{key}`{'' if required else ' (may lack)'} | {_kind(value)} | {_cell(said)} |"


def _kind(value: dict[str, Any]) -> str:
    """In words of JSON Schema; what is defined elsewhere by its name."""
    if target := value.get("$ref"):
        return f"*{target.rpartition('/')[2]}*"
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if choices := value.get("enum"):
        return ", ".join(f"`{json.dumps(choice)}`" for choice in choices)
    if either := value.get("anyOf") or value.get("oneOf"):
        return " or ".join(_kind(one) for one in either)
    named = value.get("type", "any")
    names = " or ".join(named) if isinstance(named, list) else named
    if items := value.get("items"):
        return f"{names} of {_kind(items)}"
    if properties := value.get("properties"):
        return f"{names}: {', '.join(f'`{key}`' for key in properties)}"
    return str(names)
