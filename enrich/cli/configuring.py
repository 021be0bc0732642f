"""`enrich config`: whether the configuration is right, what holds and who said so, and its schema."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich.cli.setting import setting_of
from enrich.errors import UsageError
from enrich.files import find_home
from enrich.reports.parts.page import put
from enrich.setting import overrides_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import TextIO

    from enrich.config import Said
    from enrich.setting import Setting


def configure(args: argparse.Namespace, out: TextIO) -> int:
    """Raises ConfigError with every mistake, UsageError for a key that is none."""
    if args.action == "schema":
        out.write(configuration.json_schema_text())
        return 0
    setting = setting_of(args)
    if args.action == "check":
        name = setting.config_name
        put(out, f"{name} is right." if name else "There is no configuration; every option has its default.")
    elif args.key:
        put(out, *_value(args.key, _said(args, setting)))
    elif args.origin:
        put(out, *(f"{said.key} = {said.value} # {said.origin}" for said in _said(args, setting)))
    else:
        out.write(configuration.config_text(setting.config))
    return 0


def _said(args: argparse.Namespace, setting: Setting) -> tuple[Said, ...]:
    home = find_home((), Path.cwd(), args.config)
    name = home.config or "enrich.toml"
    return tuple(configuration.origins(setting.config, home.text, name, overrides_of(args.set)))


def _value(key: str, known: Iterable[Said]) -> list[str]:
    """As a shell wants it: words without quotes, a list one a line."""
    values = {said.key: said.value for said in known}
    if key not in values:
        from difflib import get_close_matches

        close = get_close_matches(key, values, n=1)
        raise UsageError(f"no option `{key}`" + (f"; did you mean `{close[0]}`?" if close else ""))
    value = tomllib.loads(f"value = {values[key]}")["value"]
    if isinstance(value, list):
        return [item if isinstance(item, str) else configuration.toml(item) for item in value]
    return [value if isinstance(value, str) else values[key]]
