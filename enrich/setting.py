"""Where enrich works, and with what configuration."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.ledger import StateFolder

if TYPE_CHECKING:
    import datetime as dt

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
