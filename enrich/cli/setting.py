"""Where a command works, and with what configuration: read once, at the edge."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich import rules
from enrich.files import find_home
from enrich.ledger import StateFolder
from enrich.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from enrich.config import Config


@dataclass(frozen=True, slots=True)
class Setting:
    root: Path
    """The catalogue's, absolute."""
    config: Config
    config_name: str | None
    """Of its file, in the root."""
    started_at: dt.datetime
    """UTC."""

    @property
    def state(self) -> StateFolder:
        return StateFolder(self.root)

    @property
    def cache_folder(self) -> Path:
        folder = self.config.cache.dir
        if folder == "user":
            base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
            return Path(base) / "enrich"
        return self.root / (folder or ".enrich_cache")

    @property
    def snapshots(self) -> tuple[Path, ...]:
        return tuple(self.root / path for path in self.config.cache.snapshots)


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
