"""Where a command works, and with what configuration: read once, at the edge."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich import rules
from enrich.files import find_home
from enrich.setting import Setting
from enrich.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence


def overrides_of(args: argparse.Namespace, environ: Mapping[str, str]) -> tuple[configuration.Override, ...]:
    """What variables and `--set` say, in the order in which they go over each other."""
    given = (configuration.Override("--set", text) for text in args.set)
    return (*configuration.from_environment(environ), *given)


def setting_of(args: argparse.Namespace, paths: Sequence[str] = ()) -> Setting:
    """Raises UsageError for a path that isn't there, ConfigError for a configuration with mistakes."""
    home = find_home(paths, Path.cwd(), args.config)
    overrides = overrides_of(args, os.environ)
    name = home.config or "enrich.toml"
    config = configuration.parse(home.text, name, overrides=overrides, version=VERSION)
    configuration.check_rules(rules.RULES, config)
    if args.cache_dir:
        config = replace(config, cache=replace(config.cache, dir=str(Path(args.cache_dir).absolute())))
    return Setting(home.root, config, home.config, dt.datetime.now(dt.UTC))
