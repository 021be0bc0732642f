"""
What `config.options` says, for editors and for people.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from enrich.config.mistakes import dotted, quoted
from enrich.config.options import ROOT, Config
from enrich.config.tables import Section, leaves, options

if TYPE_CHECKING:
    from enrich.config.kinds import Schema


def json_schema() -> Schema:
    """
    `enrich.toml` as JSON Schema.

    Draft 7, for that is what the TOML plug-ins of editors understand: https://taplo.tamasfe.dev/configuration/directives.html
    """
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "enrich.toml"} | ROOT.schema()


def json_schema_text() -> str:
    """The content of `schemas/config.schema.json`."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def reference() -> str:
    """Every option as a row of a Markdown table, in the order of the file."""
    rows = ["| option | takes | default | what |", "|-|-|-|-|"]
    for at, known, default in leaves(ROOT):
        spelled = "–" if default is None else f"`{toml(known.kind.spell(default))}`"
        cells = (f"`{dotted(str(step) for step in at)}`", known.kind.takes, spelled, known.doc)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def config_text(config: Config) -> str:
    """*config* as an `enrich.toml` that says the same, every option with what it is for."""
    held = cast("dict[str, object]", ROOT.spell(config))
    known = {option.key: option for option in options(Config)}
    top = [
        f"{key} = {toml(held[key])} # {known[key].doc}"
        for key in held
        if not isinstance(known[key].kind, Section)
    ]
    for key in held:
        section = known[key].kind
        if isinstance(section, Section):
            top += ["", f"[{key}] # {known[key].doc}"]
            docs = {option.key: option.doc for option in options(section.of)}
            top += (
                f"{name} = {toml(value)} # {docs[name]}" for name, value in cast("Any", held[key]).items()
            )
    return "\n".join(top) + "\n"


def toml(value: object) -> str:
    """A value of a configuration as TOML, on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{dotted([key])} = {toml(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(toml(item) for item in value) + "]"
        case str():
            return quoted(value)
        case bool():
            return str(value).lower()
        case _:
            return str(value)
