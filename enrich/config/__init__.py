"""
What a curator decided, read once at the edge into a frozen `Config`.

Pure: text in, frozen object out. `options` is the one table of all options; it
knows no rule, no source and no file.
"""

from __future__ import annotations

from enrich.config.addresses import FromEnvironment
from enrich.config.mapping import FieldMapping
from enrich.config.options import (
    Cache,
    Catalogue,
    Config,
    HostSettings,
    Ignore,
    Links,
    Metadata,
    Network,
    Rules,
    Source,
    Sources,
)
from enrich.config.origins import Said, origins
from enrich.config.reading import Override, from_environment, holds_configuration, parse
from enrich.config.schema import config_text, json_schema, json_schema_text, reference, toml
from enrich.config.selection import NamedRule, check_rules, expand, selected

__all__ = [
    "Cache",
    "Catalogue",
    "Config",
    "FieldMapping",
    "FromEnvironment",
    "HostSettings",
    "Ignore",
    "Links",
    "Metadata",
    "NamedRule",
    "Network",
    "Override",
    "Rules",
    "Said",
    "Source",
    "Sources",
    "check_rules",
    "config_text",
    "expand",
    "from_environment",
    "holds_configuration",
    "json_schema",
    "json_schema_text",
    "origins",
    "parse",
    "reference",
    "selected",
    "toml",
]
