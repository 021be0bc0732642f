"""`enrich config`: whether the configuration is right, what holds and who said so, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich.cli.setting import setting_of
from enrich.files import find_home
from enrich.reports.parts.page import put
from enrich.setting import overrides_of

if TYPE_CHECKING:
    import argparse
    from typing import TextIO


def configure(args: argparse.Namespace, out: TextIO) -> int:
    """Raises ConfigError with every mistake."""
    if args.action == "schema":
        out.write(configuration.json_schema_text())
        return 0
    setting = setting_of(args)
    if args.action == "check":
        name = setting.config_name
        put(out, f"{name} is right." if name else "There is no configuration; every option has its default.")
    elif args.origin:
        home = find_home((), Path.cwd(), args.config)
        name = home.config or "enrich.toml"
        overrides = overrides_of(args.set)
        for said in configuration.origins(setting.config, home.text, name, overrides):
            put(out, f"{said.key} = {said.value} # {said.origin}")
    else:
        out.write(configuration.config_text(setting.config))
    return 0
