"""Where enrich works, and with what configuration: read once, at the edge."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich import rules
from enrich.files import find_home
from enrich.ledger import StateFolder
from enrich.version import VERSION
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    def mirror_file(self) -> Path:
        if self.config.mirror.path:
            return self.root / Path(self.config.mirror.path).expanduser()
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        return Path(base) / "enrich" / "arxiv.sqlite"

    @property
    def snapshots(self) -> tuple[Path, ...]:
        return tuple(self.root / path for path in self.config.cache.snapshots)


def setting_in(
    folder: Path,
    paths: Sequence[str] = (),
    *,
    config: str | None = None,
    overrides: Iterable[str] = (),
    cache_dir: str | None = None,
) -> Setting:
    """
    What a command has that works in *folder* on *paths*.

    *config* is the path of a configuration file, else it is looked for from *paths* upwards;
    *overrides* go over it and over the environment, `links.timeout=5s`.
    Raises UsageError for a path that isn't there, ConfigError for a configuration with mistakes.
    """
    home = find_home(paths, folder, config)
    name = home.config or "enrich.toml"
    read = configuration.parse(home.text, name, overrides=overrides_of(overrides), version=VERSION)
    configuration.check_rules(rules.RULES, read, home.text, name)
    if cache_dir:
        read = replace(read, cache=replace(read.cache, dir=str((folder / cache_dir).absolute())))
    return Setting(home.root, read, home.config, dt.datetime.now(dt.UTC))


def overrides_of(given: Iterable[str]) -> tuple[configuration.Override, ...]:
    """What the environment and *given* say, in the order in which they go over each other."""
    return (
        *configuration.from_environment(os.environ),
        *(configuration.Override("--set", text) for text in given),
    )
